package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.entente.directory.MemberId;
import org.entente.directory.UnitId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What Nextcloud's clients call beside WebDAV, on the wire. */
class OcsTest extends DavTown {

    private static final String SHARES = "/ocs/v2.php/apps/files_sharing/api/v1/shares";

    MemberId givors;
    Device nadia;
    Device paul;
    Device samir;

    @BeforeEach
    void threePeopleOfTwoMembers() {
        givors = town.member("Givors");
        nadia = device(town.agent(givors, "Nadia", null));
        paul = device(town.agent(givors, "Paul", null));
        samir = device(town.agent(town.member("Corbas"), "Samir", null));
    }

    private HttpResponse<String> ocs(Device device, String method, String path, Map<String, String> form)
            throws Exception {
        String body = form.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(
                device,
                method,
                path + (path.contains("?") ? "&" : "?") + "format=json",
                body,
                "OCS-APIRequest",
                "true",
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> ocs(Device device, String method, String path) throws Exception {
        return ocs(device, method, path, Map.of());
    }

    private static <T> T data(HttpResponse<String> answer, String path) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonPath.read(answer.body(), "$.ocs.data" + path);
    }

    private String share(Device from, String path, Device to, int permissions) throws Exception {
        return data(
                ocs(
                        from,
                        "POST",
                        SHARES,
                        Map.of(
                                "path",
                                path,
                                "shareType",
                                "0",
                                "shareWith",
                                to.visitor().capacity().toString(),
                                "permissions",
                                String.valueOf(permissions))),
                ".id");
    }

    @Test
    void aProgramIsToldWhatIsHereAndWhoItIs() throws Exception {
        HttpResponse<String> here = ocs(nadia, "GET", "/ocs/v1.php/cloud/capabilities");
        assertThat(here.body()).contains("\"statuscode\":100,");
        assertThat(JsonPath.<Boolean>read(here.body(), "$.ocs.data.capabilities.files_sharing.api_enabled"))
                .isTrue();
        HttpResponse<String> user = ocs(nadia, "GET", "/ocs/v2.php/cloud/user");
        assertThat(user.body()).contains("\"statuscode\":200,");
        assertThat(JsonPath.<String>read(user.body(), "$.ocs.data.id"))
                .isEqualTo(nadia.visitor().capacity().toString());
        assertThat(JsonPath.<String>read(user.body(), "$.ocs.data.displayname")).isEqualTo("Nadia Essai");
        assertThat(JsonPath.<Integer>read(user.body(), "$.ocs.data.quota.used")).isNotNegative();
        // As XML to who does not ask for JSON.
        HttpResponse<String> xml = send(nadia, "GET", "/ocs/v1.php/cloud/user", "", "OCS-APIRequest", "true");
        assertThat(text(xml, "display-name")).isEqualTo("Nadia Essai");
        assertThat(text(xml, "statuscode")).isEqualTo("100");
        for (String none : List.of(
                "/ocs/v2.php/apps/notifications/api/v2/notifications",
                "/ocs/v2.php/apps/user_status/api/v1/user_status",
                "/ocs/v3.php/cloud/user",
                "/ocs/v2.php")) {
            assertThat(ocs(nadia, "GET", none).statusCode()).as(none).isIn(404, 200);
            assertThat(JsonPath.<Integer>read(ocs(nadia, "GET", none).body(), "$.ocs.meta.statuscode"))
                    .as(none)
                    .isEqualTo(404);
        }
        assertThat(data(ocs(nadia, "GET", "/ocs/v2.php/core/navigation/apps"), "")
                        .toString())
                .isEqualTo("[]");
        for (String picture : List.of(
                "/index.php/core/preview?fileId=12&x=64&y=64",
                "/index.php/avatar/" + nadia.visitor().capacity() + "/64",
                "/remote.php/dav/avatars/" + nadia.visitor().capacity() + "/128.png")) {
            assertThat(status(nadia, "GET", picture, "")).as(picture).isEqualTo(404);
        }
        assertThat(status(nadia, "GET", "/index.php/apps/theming/favicon", "")).isEqualTo(302);
    }

    @Test
    void whoIsNotSignedInIsToldWhatThePlaceIsAndNoMore() throws Exception {
        HttpClient stranger = HttpClient.newHttpClient();
        String here = stranger.send(
                        HttpRequest.newBuilder(uri("/ocs/v2.php/cloud/capabilities?format=json"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(JsonPath.<Integer>read(here, "$.ocs.data.version.major")).isEqualTo(28);
        assertThat(here).doesNotContain("files_sharing");
        Device wrong = new Device(nadia.visitor(), nadia.passwordId(), nadia.address(), "wrong");
        HttpResponse<String> refused = ocs(wrong, "GET", "/ocs/v1.php/cloud/user");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(JsonPath.<Integer>read(refused.body(), "$.ocs.meta.statuscode"))
                .isEqualTo(997);
    }

    @Test
    void aPageOfAnotherSiteCallsNothingInAPersonsName() throws Exception {
        String id = share(nadia, made(nadia, "Projet"), paul, 1);
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            String path = method.equals("POST") || method.equals("GET") ? SHARES : SHARES + "/" + id;
            assertThat(status(
                            nadia,
                            method,
                            path,
                            "path=/x&shareType=3",
                            "Content-Type",
                            "application/x-www-form-urlencoded"))
                    .as(method)
                    .isEqualTo(412);
        }
        assertThat(status(nadia, "DELETE", "/ocs/v2.php/core/apppassword", "")).isEqualTo(412);
        assertThat(send(
                                nadia,
                                "DELETE",
                                SHARES + "/" + id,
                                "",
                                "OCS-APIRequest",
                                "true",
                                "Sec-Fetch-Site",
                                "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(ocs(nadia, "GET", SHARES + "/" + id).statusCode()).isEqualTo(200);
    }

    /** A folder in what is their own; its path in the tree. */
    private String made(Device device, String name) throws Exception {
        assertThat(status(device, "MKCOL", MINE + "/" + DavPath.encoded(name), ""))
                .isEqualTo(201);
        return "/Mes fichiers/" + name;
    }

    @Test
    void aFolderIsSharedWithAPersonChangedAndEnded() throws Exception {
        String path = made(nadia, "Marché");
        put(nadia, MINE + "/" + DavPath.encoded("Marché") + "/avis.txt", "avis");
        String id = share(nadia, path, paul, 31);
        assertThat(Long.parseLong(id)).isPositive(); // phones read a number

        // To write, but not to say who else may, though clients ask for everything unless told not to.
        HttpResponse<String> listed = ocs(nadia, "GET", SHARES + "?path=" + DavPath.encoded(path));
        assertThat(JsonPath.<List<String>>read(listed.body(), "$.ocs.data[*].id"))
                .containsExactly(id);
        assertThat(JsonPath.<Integer>read(listed.body(), "$.ocs.data[0].permissions"))
                .isEqualTo(15);
        assertThat(JsonPath.<String>read(listed.body(), "$.ocs.data[0].share_with_displayname"))
                .isEqualTo("Paul Essai");
        HttpResponse<String> withPaul = ocs(paul, "GET", SHARES + "?shared_with_me=true");
        assertThat(JsonPath.<List<String>>read(withPaul.body(), "$.ocs.data[*].path"))
                .containsExactly("/Partagés avec moi/Marché");
        String there = "/remote.php/webdav/" + DavPath.encoded("Partagés avec moi") + "/" + DavPath.encoded("Marché");
        assertThat(status(paul, "PUT", there + "/réponse.txt".replace("é", "%C3%A9"), "oui"))
                .isEqualTo(201);
        String asked = """
                <d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:permissions/></d:prop></d:propfind>""";
        assertThat(send(paul, "PROPFIND", there, asked, "Depth", "0").body()).contains("<oc:permissions>SGCK<");
        assertThat(send(nadia, "PROPFIND", MINE + "/" + DavPath.encoded("Marché"), asked, "Depth", "0")
                        .body())
                .contains("<oc:permissions>RGDNVCK<");

        assertThat(this.<Integer>permissions(ocs(nadia, "PUT", SHARES + "/" + id, Map.of("permissions", "1"))))
                .isEqualTo(1);
        assertThat(status(paul, "PUT", there + "/encore.txt", "non")).isEqualTo(403);
        String day = LocalDate.now().plusDays(30).toString();
        HttpResponse<String> until = ocs(nadia, "PUT", SHARES + "/" + id, Map.of("expireDate", day));
        assertThat(OcsTest.<String>data(until, ".expiration")).isEqualTo(day + " 00:00:00");
        assertThat(OcsTest.<Integer>data(until, ".permissions")).isEqualTo(1);
        assertThat(OcsTest.<Object>data(ocs(nadia, "PUT", SHARES + "/" + id, Map.of("expireDate", "")), ".expiration"))
                .isNull();

        assertThat(ocs(nadia, "DELETE", SHARES + "/" + id).statusCode()).isEqualTo(200);
        assertThat(status(paul, "PROPFIND", there, "", "Depth", "0")).isEqualTo(404);
        assertThat(ocs(nadia, "GET", SHARES + "/" + id).statusCode()).isEqualTo(404);
    }

    private <T> T permissions(HttpResponse<String> answer) {
        return data(answer, ".permissions");
    }

    @Test
    void sharesOfOthersAreNeitherSeenNorChanged() throws Exception {
        String path = made(nadia, "Secret");
        String id = share(nadia, path, paul, 1);
        for (String method : List.of("GET", "PUT", "DELETE")) {
            assertThat(ocs(samir, method, SHARES + "/" + id, Map.of("permissions", "31"))
                            .statusCode())
                    .as(method)
                    .isEqualTo(404);
        }
        // Who it is shared with sees it, and is not the one who says who else may.
        assertThat(ocs(paul, "GET", SHARES + "/" + id).statusCode()).isEqualTo(200);
        assertThat(ocs(paul, "PUT", SHARES + "/" + id, Map.of("permissions", "31"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(ocs(paul, "DELETE", SHARES + "/" + id).statusCode()).isEqualTo(403);
        Map<String, String> again = Map.of(
                "path",
                "/Partagés avec moi/Secret",
                "shareType",
                "0",
                "shareWith",
                samir.visitor().capacity().toString());
        assertThat(ocs(paul, "POST", SHARES, again).statusCode()).isEqualTo(403);
        // Samir's own folder of this name is another one, and he finds nobody else's.
        assertThat(ocs(samir, "GET", SHARES + "?path=" + DavPath.encoded(path)).statusCode())
                .isEqualTo(404);
        assertThat(OcsTest.<List<Object>>data(ocs(samir, "GET", SHARES), "")).isEmpty();
        assertThat(OcsTest.<List<Object>>data(ocs(samir, "GET", SHARES + "?shared_with_me=true"), ""))
                .isEmpty();
        for (String guess : List.of("0", "999999999999", "-1", "1%27", id + "0")) {
            assertThat(ocs(samir, "GET", SHARES + "/" + guess).statusCode())
                    .as(guess)
                    .isEqualTo(404);
        }
    }

    @Test
    void aLinkIsMadeChangedAndEnded() throws Exception {
        String path = made(nadia, "Plans");
        HttpResponse<String> made = ocs(nadia, "POST", SHARES, Map.of("path", path, "shareType", "3"));
        String id = data(made, ".id");
        String url = data(made, ".url");
        assertThat(url).startsWith(uri("/l/").toString());
        HttpClient anybody = HttpClient.newHttpClient();
        HttpRequest open = HttpRequest.newBuilder(URI.create(url)).build();
        assertThat(anybody.send(open, HttpResponse.BodyHandlers.ofString()).body())
                .contains("Plans")
                .doesNotContain("type=\"password\"");

        HttpResponse<String> locked =
                ocs(nadia, "PUT", SHARES + "/" + id, Map.of("password", "soleil-de-mai", "expireDate", "2040-01-31"));
        assertThat(OcsTest.<String>data(locked, ".share_with")).isEqualTo("***");
        assertThat(OcsTest.<String>data(locked, ".expiration")).isEqualTo("2040-01-31 00:00:00");
        assertThat(anybody.send(open, HttpResponse.BodyHandlers.ofString()).body())
                .contains("type=\"password\"");
        // The address is kept as a fingerprint only, and nobody else learns of the link.
        assertThat(OcsTest.<String>data(ocs(nadia, "GET", SHARES + "?path=" + DavPath.encoded(path)), "[0].url"))
                .isEmpty();
        assertThat(ocs(samir, "GET", SHARES + "/" + id).statusCode()).isEqualTo(404);
        assertThat(ocs(samir, "DELETE", SHARES + "/" + id).statusCode()).isEqualTo(404);

        for (Map<String, String> change : List.of(
                Map.of("permissions", "15"),
                Map.of("publicUpload", "true"),
                Map.of("password", "court"),
                Map.of("expireDate", "hier"))) {
            assertThat(ocs(nadia, "PUT", SHARES + "/" + id, change).statusCode())
                    .as(change.toString())
                    .isIn(400, 403);
        }
        HttpResponse<String> drop = ocs(nadia, "PUT", SHARES + "/" + id, Map.of("permissions", "4"));
        assertThat(OcsTest.<Integer>data(drop, ".permissions")).isEqualTo(4);
        assertThat(ocs(nadia, "DELETE", SHARES + "/" + id).statusCode()).isEqualTo(200);
        assertThat(anybody.send(open, HttpResponse.BodyHandlers.ofString()).body())
                .doesNotContain("Plans");
    }

    @Test
    void whoIsOnlyInvitedToASpaceIsNotToldWhoElseThereIs() throws Exception {
        Device guest = device(town.partner(givors, "Paul"));
        String sharees = "/ocs/v2.php/apps/files_sharing/api/v1/sharees?itemType=folder&search=nadia";
        assertThat(ocs(guest, "GET", sharees).statusCode()).isEqualTo(200);

        jdbc.sql("UPDATE directory.affiliation SET source = 'invitation' WHERE id = ?")
                .param(guest.visitor().capacity().value())
                .update();

        HttpResponse<String> refused = ocs(guest, "GET", sharees);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("shareWith");
    }

    @Test
    void oneSharesWithUnitsOfOnesOwnMemberAndPeopleOfTheDirectory() throws Exception {
        String mark = "Éclairage" + System.nanoTime();
        UnitId unit = town.unit(givors, mark, null);
        town.unit(samir.visitor().member(), mark, null);
        Device lamp = device(town.agent(givors, "Lucie", unit));

        String sharees = "/ocs/v1.php/apps/files_sharing/api/v1/sharees?itemType=folder&search=";
        HttpResponse<String> found = ocs(
                nadia,
                "GET",
                sharees
                        + DavPath.encoded(
                                mark.toLowerCase(java.util.Locale.ROOT).replace("é", "e")));
        assertThat(OcsTest.<List<String>>data(found, ".groups[*].value.shareWith"))
                .containsExactly(unit.toString());
        assertThat(OcsTest.<List<Object>>data(ocs(nadia, "GET", sharees), ".groups[*]"))
                .isEmpty();
        assertThat(OcsTest.<List<Object>>data(ocs(nadia, "GET", sharees), ".users[*]"))
                .isEmpty();

        String path = made(nadia, "Lampes");
        HttpResponse<String> shared = ocs(
                nadia,
                "POST",
                SHARES,
                Map.of("path", path, "shareType", "1", "shareWith", unit.toString(), "permissions", "1"));
        assertThat(OcsTest.<Integer>data(shared, ".share_type")).isEqualTo(1);
        assertThat(OcsTest.<List<String>>data(ocs(lamp, "GET", SHARES + "?shared_with_me=true"), "[*].path"))
                .containsExactly("/Partagés avec moi/Lampes");
        for (String nobody :
                List.of("", "nobody", java.util.UUID.randomUUID().toString(), "x'); DROP TABLE files.share; --")) {
            assertThat(ocs(nadia, "POST", SHARES, Map.of("path", path, "shareType", "0", "shareWith", nobody))
                            .statusCode())
                    .as(nobody)
                    .isEqualTo(400);
        }
        for (String kind : List.of("4", "6", "10", "x")) {
            assertThat(ocs(nadia, "POST", SHARES, Map.of("path", path, "shareType", kind, "shareWith", "a@b.example"))
                            .statusCode())
                    .as(kind)
                    .isEqualTo(400);
        }
    }

    @Test
    void whateverANameHoldsIsOnlyAName() throws Exception {
        String name = "a<b>&amp;\"'}],\"id\":0, ]]> é🙂";
        String path = made(nadia, name);
        share(nadia, path, paul, 1);
        String query = SHARES + "?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
        assertThat(OcsTest.<String>data(ocs(nadia, "GET", query), "[0].path")).isEqualTo(path);
        HttpResponse<String> xml = send(nadia, "GET", query, "", "OCS-APIRequest", "true");
        assertThat(text(xml, "path")).isEqualTo(path);
        assertThat(text(xml, "share_type")).isEqualTo("0");
        for (String broken : List.of("path=%", "path=%zz&shareType=3", "{")) {
            assertThat(send(
                                    nadia,
                                    "POST",
                                    SHARES,
                                    broken,
                                    "OCS-APIRequest",
                                    "true",
                                    "Content-Type",
                                    broken.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                            .statusCode())
                    .as(broken)
                    .isEqualTo(400);
        }
        assertThat(send(nadia, "POST", SHARES, "path=" + "x".repeat(70_000), "OCS-APIRequest", "true")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aProgramThatIsSignedOutRevokesItsOwnPassword() throws Exception {
        Device other = device(nadia.visitor());
        assertThat(ocs(nadia, "GET", "/ocs/v2.php/core/getapppassword").statusCode())
                .isEqualTo(403);
        assertThat(ocs(nadia, "DELETE", "/ocs/v2.php/core/apppassword").statusCode())
                .isEqualTo(200);
        assertThat(ocs(nadia, "GET", "/ocs/v2.php/cloud/user").statusCode()).isEqualTo(401);
        assertThat(ocs(other, "GET", "/ocs/v2.php/cloud/user").statusCode()).isEqualTo(200);
    }

    private static String text(HttpResponse<String> answer, String element) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
        return document.getElementsByTagName(element).item(0).getTextContent();
    }
}
