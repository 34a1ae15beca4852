package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What phones (SEARCH, RFC 5323) and the desktop client (OCS) find by name, on the wire. */
class SearchTest extends OcsTown {

    @BeforeEach
    void filesOfTwoPeople() throws Exception {
        made(nadia, "Marchés");
        put(nadia, MINE + "/March%C3%A9s/Avis%20d%E2%80%99attribution.txt", "a");
        put(nadia, MINE + "/avis.txt", "b");
        put(nadia, MINE + "/autre.txt", "c");
        put(paul, MINE + "/avis%20de%20Paul.txt", "d");
    }

    private static String asked(String scope, String depth, String where, String limit) {
        return """
                <?xml version="1.0"?>
                <d:searchrequest xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:basicsearch>
                <d:select><d:prop><d:displayname/><oc:fileid/><d:getetag/></d:prop></d:select>
                <d:from><d:scope><d:href>%s</d:href><d:depth>%s</d:depth></d:scope></d:from>
                <d:where>%s</d:where><d:orderby/>%s
                </d:basicsearch></d:searchrequest>""".formatted(scope, depth, where, limit);
    }

    private static String named(String words) {
        return "<d:like><d:prop><d:displayname/></d:prop><d:literal>%" + words + "%</d:literal></d:like>";
    }

    private HttpResponse<String> search(Device device, String at, String body) throws Exception {
        return send(device, "SEARCH", at, body, "Content-Type", "text/xml");
    }

    @Test
    void aPhoneFindsByNameWhatItsPersonMaySee() throws Exception {
        String user = nadia.visitor().capacity().toString();
        HttpResponse<String> everywhere =
                search(nadia, "/remote.php/dav/", asked("/files/" + user, "infinity", named("AVIS"), ""));
        assertThat(names(everywhere)).containsExactlyInAnyOrder("Avis d’attribution.txt", "avis.txt");
        assertThat(everywhere.body())
                .contains("/remote.php/dav/files/" + user + "/Mes%20fichiers/avis.txt", "<oc:fileid>");

        assertThat(names(search(
                        nadia,
                        "/remote.php/dav",
                        asked("/files/" + nadia.address() + "/Mes fichiers/Marchés", "infinity", named("avis"), ""))))
                .containsExactly("Avis d’attribution.txt");
        assertThat(names(search(nadia, MINE, asked("", "1", "<d:or>" + named("avis") + "</d:or>", ""))))
                .containsExactly("avis.txt");
        assertThat(names(search(
                        nadia,
                        "/remote.php/dav/",
                        asked(
                                uri("/remote.php/dav/files/" + user + "/").toString(),
                                "infinity",
                                named("a"),
                                "<d:limit><d:nresults>1</d:nresults></d:limit>"))))
                .hasSize(1);
        assertThat(send(nadia, "OPTIONS", MINE, "").headers().firstValue("DASL"))
                .hasValue("<DAV:basicsearch>");
    }

    @Test
    void nobodySearchesInAnothersTree() throws Exception {
        for (Device other : List.of(paul, samir)) {
            String theirs = asked("/files/" + other.visitor().capacity(), "infinity", named("avis"), "");
            assertThat(search(nadia, "/remote.php/dav/", theirs).statusCode()).isEqualTo(404);
            String own = asked("/files/" + other.visitor().capacity(), "infinity", named("attribution"), "");
            assertThat(names(search(other, "/remote.php/dav/", own))).isEmpty();
        }
        share(nadia, "/Mes fichiers/Marchés", paul, 1);
        assertThat(names(search(
                        paul,
                        "/remote.php/dav/",
                        asked("/files/" + paul.visitor().capacity(), "infinity", named("attribution"), ""))))
                .containsExactly("Avis d’attribution.txt");
        Device wrong = new Device(nadia.visitor(), nadia.passwordId(), nadia.address(), "wrong");
        assertThat(search(wrong, "/remote.php/dav/", asked("/files/x", "infinity", named("a"), ""))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anotherQuestionIsRefusedRatherThanAnsweredWrongly() throws Exception {
        String scope = "/files/" + nadia.visitor().capacity();
        for (String where : List.of(
                "",
                named("a") + named("b"),
                "<d:and>" + named("a") + named("b") + "</d:and>",
                "<d:not>" + named("a") + "</d:not>",
                "<d:like><d:prop><d:displayname/></d:prop><d:literal>%%</d:literal></d:like>",
                named("x".repeat(300)))) {
            assertThat(search(nadia, "/remote.php/dav/", asked(scope, "infinity", where, ""))
                            .statusCode())
                    .as(where)
                    .isEqualTo(422);
        }
        assertThat(search(nadia, "/remote.php/dav/", asked(scope, "2", named("a"), ""))
                        .statusCode())
                .isEqualTo(400);
        assertThat(search(nadia, "/remote.php/dav/", asked("/files/%zz", "infinity", named("a"), ""))
                        .statusCode())
                .isEqualTo(400);
        assertThat(search(nadia, "/remote.php/dav/", asked("/../..", "infinity", named("a"), ""))
                        .statusCode())
                .isIn(400, 404);
        assertThat(search(
                                nadia,
                                "/remote.php/dav/",
                                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")
                        .statusCode())
                .isEqualTo(400);
        assertThat(names(search(nadia, "/remote.php/dav/", asked(scope, "infinity", named("'; DROP TABLE x"), ""))))
                .isEmpty();
    }

    @Test
    void theDesktopClientFindsFilesByItsOwnSearch() throws Exception {
        HttpResponse<String> providers = ocs(nadia, "GET", "/ocs/v2.php/search/providers");
        assertThat(JsonPath.<List<String>>read(providers.body(), "$.ocs.data[*].id"))
                .containsExactly("files");

        HttpResponse<String> hits = find(nadia, "avis", "&limit=1");
        assertThat(OcsTown.<List<Object>>data(hits, ".entries")).hasSize(1);
        assertThat(OcsTown.<Boolean>data(hits, ".isPaginated")).isTrue();
        int cursor = OcsTown.<Integer>data(hits, ".cursor"); // the desktop client reads a number
        HttpResponse<String> rest = find(nadia, "avis", "&cursor=" + cursor);
        assertThat(OcsTown.<Boolean>data(rest, ".isPaginated")).isFalse();
        assertThat(List.of(
                        OcsTown.<String>data(hits, ".entries[0].title"),
                        OcsTown.<String>data(rest, ".entries[0].title")))
                .containsExactlyInAnyOrder("avis.txt", "Avis d’attribution.txt");
        assertThat(OcsTown.<String>data(rest, ".entries[0].resourceUrl"))
                .startsWith(uri("/files/").toString());
        assertThat(OcsTown.<String>data(rest, ".entries[0].attributes.path")).startsWith("/Mes fichiers/");

        assertThat(OcsTown.<List<Object>>data(find(samir, "avis", ""), ".entries"))
                .isEmpty();
        for (String wrong : List.of("&cursor=x", "&limit=-1", "&limit=x")) {
            assertThat(find(nadia, "avis", wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(find(nadia, "", "").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> find(Device device, String words, String more) throws Exception {
        return ocs(device, "GET", "/ocs/v2.php/search/providers/files/search?term=" + words + more);
    }

    @Test
    void openingInTheBrowserLeadsToThePortal() throws Exception {
        assertThat(page("/March%C3%A9s")).startsWith(uri("/files/").toString()).doesNotContain("about");
        assertThat(page("/avis.txt")).matches(Pattern.quote(uri("/files/about/").toString()) + "[0-9a-f-]{36}");
    }

    private String page(String path) throws Exception {
        String asked =
                "<d:propfind xmlns:d=\"DAV:\" xmlns:oc=\"http://owncloud.org/ns\"><d:prop><oc:privatelink/></d:prop></d:propfind>";
        return send(nadia, "PROPFIND", MINE + path, asked, "Depth", "0")
                .body()
                .replaceAll("(?s).*<oc:privatelink>(.*)</oc:privatelink>.*", "$1");
    }
}
