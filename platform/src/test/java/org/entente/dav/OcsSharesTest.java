package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.entente.directory.UnitId;
import org.junit.jupiter.api.Test;

/** Shares as Nextcloud's clients make them, on the wire. */
class OcsSharesTest extends OcsTown {

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
        assertThat(OcsTown.<String>data(until, ".expiration")).isEqualTo(day + " 00:00:00");
        assertThat(OcsTown.<Integer>data(until, ".permissions")).isEqualTo(1);
        assertThat(OcsTown.<Object>data(ocs(nadia, "PUT", SHARES + "/" + id, Map.of("expireDate", "")), ".expiration"))
                .isNull();

        assertThat(ocs(nadia, "DELETE", SHARES + "/" + id).statusCode()).isEqualTo(200);
        assertThat(status(paul, "PROPFIND", there, "", "Depth", "0")).isEqualTo(404);
        assertThat(ocs(nadia, "GET", SHARES + "/" + id).statusCode()).isEqualTo(404);
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
        assertThat(OcsTown.<List<Object>>data(ocs(samir, "GET", SHARES), "")).isEmpty();
        assertThat(OcsTown.<List<Object>>data(ocs(samir, "GET", SHARES + "?shared_with_me=true"), ""))
                .isEmpty();
        for (String guess : List.of("0", "999999999999", "-1", "1%27", id + "0")) {
            assertThat(ocs(samir, "GET", SHARES + "/" + guess).statusCode())
                    .as(guess)
                    .isEqualTo(404);
        }
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
        assertThat(OcsTown.<List<String>>data(found, ".groups[*].value.shareWith"))
                .containsExactly(unit.toString());
        assertThat(OcsTown.<List<Object>>data(ocs(nadia, "GET", sharees), ".groups[*]"))
                .isEmpty();
        assertThat(OcsTown.<List<Object>>data(ocs(nadia, "GET", sharees), ".users[*]"))
                .isEmpty();

        String path = made(nadia, "Lampes");
        HttpResponse<String> shared = ocs(
                nadia,
                "POST",
                SHARES,
                Map.of("path", path, "shareType", "1", "shareWith", unit.toString(), "permissions", "1"));
        assertThat(OcsTown.<Integer>data(shared, ".share_type")).isEqualTo(1);
        assertThat(OcsTown.<List<String>>data(ocs(lamp, "GET", SHARES + "?shared_with_me=true"), "[*].path"))
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
        assertThat(OcsTown.<String>data(ocs(nadia, "GET", query), "[0].path")).isEqualTo(path);
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

    private <T> T permissions(HttpResponse<String> answer) {
        return data(answer, ".permissions");
    }
}
