package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures, films and what is recent, as the apps of Nextcloud for phones ask for them (SEARCH, RFC 5323), on the wire. */
class GalleryTest extends OcsTown {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private static final String DESCENDING =
            "<d:orderby><d:order><d:prop><d:getlastmodified/></d:prop><d:descending/></d:order></d:orderby>";

    private static final String MEDIA = "<d:or>" + type("image/%") + type("video/%") + "</d:or>";

    @BeforeEach
    void whatNadiaTookInAWeek() throws Exception {
        made(nadia, "Photos");
        assertThat(status(nadia, "MKCOL", MINE + "/Photos/%C3%89t%C3%A9", "")).isEqualTo(201);
        put(nadia, MINE + "/a.jpg", 5);
        put(nadia, MINE + "/Photos/b.png", 4);
        put(nadia, MINE + "/Photos/%C3%89t%C3%A9/c.mp4", 3);
        put(nadia, MINE + "/Photos/%C3%89t%C3%A9/d.jpg", 2);
        put(nadia, MINE + "/Photos/note.txt", 1);
    }

    /** So many days after the first. */
    private void put(Device device, String path, long days) throws Exception {
        String at = String.valueOf(NOON.getEpochSecond() + days * 86_400);
        HttpResponse<String> answer = send(device, "PUT", path, path, "X-OC-Mtime", at);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String type(String literal) {
        return "<d:like><d:prop><d:getcontenttype/></d:prop><d:literal>" + literal + "</d:literal></d:like>";
    }

    private static String modified(String how, Object literal) {
        return "<d:%1$s><d:prop><d:getlastmodified/></d:prop><d:literal>%2$s</d:literal></d:%1$s>"
                .formatted(how, literal);
    }

    private static String equal(String property, String literal) {
        return "<d:eq><d:prop><" + property + "/></d:prop><d:literal>" + literal + "</d:literal></d:eq>";
    }

    private static String and(String... conditions) {
        return "<d:and>" + String.join("", conditions) + "</d:and>";
    }

    /** Seconds since 1970, so many days after the first. */
    private static long day(long days) {
        return NOON.getEpochSecond() + days * 86_400;
    }

    private static String body(String scope, String depth, String where, String order, int limit) {
        return """
                <?xml version="1.0"?>
                <d:searchrequest xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:basicsearch>
                <!-- as iOS comments it -->
                <d:select><d:prop><oc:fileid/><d:getlastmodified/><d:getcontenttype/><nc:has-preview/></d:prop></d:select>
                <d:from><d:scope><d:href>%s</d:href><d:depth>%s</d:depth></d:scope></d:from>%s<d:where>%s</d:where>
                <d:limit><d:nresults>%d</d:nresults></d:limit></d:basicsearch></d:searchrequest>""".formatted(scope, depth, order, where, limit);
    }

    private static String home(Device device) {
        return "/files/" + device.visitor().capacity();
    }

    private HttpResponse<String> search(Device device, String body, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "text/xml";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send(device, "SEARCH", "/remote.php/dav/", body, all);
    }

    private List<String> found(Device device, String scope, String where, int limit) throws Exception {
        return names(search(device, body(scope, "infinity", where, DESCENDING, limit)));
    }

    @Test
    void androidsGalleryGoesBackFromTheLastPage() throws Exception {
        HttpResponse<String> options = send(nadia, "OPTIONS", "/remote.php/dav", "");
        assertThat(options.headers().firstValue("Allow").orElseThrow()).contains("SEARCH");

        HttpResponse<String> first = search(nadia, body(home(nadia), "infinity", MEDIA, DESCENDING, 2));
        assertThat(names(first)).containsExactly("a.jpg", "b.png");
        assertThat(first.body())
                .contains("/remote.php/dav" + home(nadia) + "/Mes%20fichiers/Photos/b.png")
                .contains("<d:getcontenttype>image/png</d:getcontenttype>")
                .contains("Sun, 15 Mar 2026 12:00:00 GMT");
        assertThat(found(nadia, home(nadia), and(modified("lt", day(4)), MEDIA), 150))
                .containsExactly("c.mp4", "d.jpg");
        assertThat(found(nadia, home(nadia), and(modified("lt", day(5)), modified("gt", day(2)), MEDIA), 150))
                .containsExactly("b.png", "c.mp4");
        assertThat(found(nadia, home(nadia), type("image/%"), 150)).containsExactly("a.jpg", "b.png", "d.jpg");
        assertThat(found(
                        nadia, home(nadia), and(equal("oc:owner-id", home(nadia).substring(7)), MEDIA), 150))
                .hasSize(4);
        assertThat(found(nadia, home(nadia), and(equal("oc:owner-id", home(paul).substring(7)), MEDIA), 150))
                .isEmpty();
    }

    @Test
    void iosAsksFolderByFolderByTimesOfItsPlaceAndPageByPage() throws Exception {
        String bounds = and(modified("lte", "2026-03-14T14:00:00+02:00"), modified("gte", "0001-01-01T00:00:00Z"));
        String where = and(MEDIA, bounds);
        String order = DESCENDING.replace(
                "</d:orderby>", "<d:order><d:prop><d:displayname/></d:prop><d:descending/></d:order></d:orderby>");
        String photos = body(home(nadia) + "/Mes fichiers/Photos", "infinity", where, order, 1_000_000);
        assertThat(names(search(nadia, photos))).containsExactly("b.png", "c.mp4", "d.jpg");
        assertThat(found(nadia, home(nadia), and(MEDIA, "<d:or>" + bounds + "</d:or>"), 9))
                .hasSize(3);
        assertThat(names(search(nadia, body(home(nadia) + "/Mes fichiers/Photos/", "1", MEDIA, "<d:orderby/>", 9))))
                .containsExactly("b.png");
        assertThat(names(search(nadia, body(home(nadia) + "/Mes fichiers", "1", MEDIA, "", 9))))
                .containsExactly("a.jpg");

        HttpResponse<String> page = search(nadia, photos, "X-NC-Paginate", "true", "X-NC-Paginate-Count", "2");
        assertThat(names(page)).containsExactly("b.png", "c.mp4");
        assertThat(page.headers().firstValue("X-NC-Paginate")).hasValue("true");
        String token = page.headers().firstValue("X-NC-Paginate-Token").orElseThrow();
        assertThat(names(search(
                        nadia,
                        photos,
                        "X-NC-Paginate",
                        "true",
                        "X-NC-Paginate-Token",
                        token,
                        "X-NC-Paginate-Offset",
                        "2",
                        "X-NC-Paginate-Count",
                        "2")))
                .containsExactly("d.jpg");
        assertThat(search(nadia, photos, "X-NC-Paginate", "true", "X-NC-Paginate-Offset", "-1")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void everyoneSeesPicturesOfTheirOwnAndOfWhatWasSharedWithThem() throws Exception {
        put(paul, MINE + "/paul.jpg", 9);
        assertThat(found(paul, home(paul), MEDIA, 9)).containsExactly("paul.jpg");
        assertThat(found(samir, home(samir), MEDIA, 9)).isEmpty();
        assertThat(search(paul, body(home(nadia), "infinity", MEDIA, "", 9)).statusCode())
                .isEqualTo(404);

        share(nadia, "/Mes fichiers/Photos/Été", paul, 1);
        assertThat(found(paul, home(paul), MEDIA, 9)).containsExactly("paul.jpg", "c.mp4", "d.jpg");
        assertThat(found(paul, home(paul), MEDIA, 2)).containsExactly("paul.jpg", "c.mp4");
        assertThat(found(paul, home(paul) + "/Partagés avec moi", MEDIA, 1)).containsExactly("c.mp4");
        assertThat(found(paul, home(paul) + "/Partagés avec moi/Été", type("image/%"), 9))
                .containsExactly("d.jpg");
        share(nadia, "/Mes fichiers/a.jpg", paul, 1);
        assertThat(found(paul, home(paul), MEDIA, 9)).containsExactly("paul.jpg", "a.jpg", "c.mp4", "d.jpg");
        assertThat(found(samir, home(samir), MEDIA, 9)).isEmpty();
    }

    @Test
    void whatWasThrownAwayIsInNoGallery() throws Exception {
        share(nadia, "/Mes fichiers/Photos", paul, 1);
        assertThat(status(nadia, "DELETE", MINE + "/Photos/b.png", "")).isEqualTo(204);
        assertThat(found(nadia, home(nadia), MEDIA, 2)).containsExactly("a.jpg", "c.mp4");
        assertThat(found(paul, home(paul), MEDIA, 2)).containsExactly("c.mp4", "d.jpg");

        assertThat(status(nadia, "DELETE", MINE + "/Photos/%C3%89t%C3%A9", "")).isEqualTo(204);
        put(nadia, MINE + "/Photos/vieux.gif", -30);
        assertThat(found(nadia, home(nadia), MEDIA, 2)).containsExactly("a.jpg", "vieux.gif");
        assertThat(found(paul, home(paul), MEDIA, 1)).containsExactly("vieux.gif");
        assertThat(status(nadia, "DELETE", MINE + "/Photos", "")).isEqualTo(204);
        assertThat(found(nadia, home(nadia), MEDIA, 2)).containsExactly("a.jpg");
        assertThat(found(paul, home(paul), MEDIA, 2)).isEmpty();
    }

    @Test
    void whatIsRecentMarkedOrOfANumberIsFoundToo() throws Exception {
        String recent = and(modified("lt", day(5)), modified("gt", day(0)), modified("gt", "2026-03-12T12:00:00Z"));
        assertThat(found(nadia, home(nadia), recent, 9)).containsExactly("b.png", "c.mp4");
        assertThat(found(nadia, home(nadia), modified("gte", "Thu, 12 Mar 2026 12:00:00 GMT"), 9))
                .containsExactly("a.jpg", "b.png", "c.mp4", "d.jpg");
        assertThat(found(nadia, home(nadia), equal("d:getcontenttype", "text/plain"), 9))
                .containsExactly("note.txt");

        String number = property("/Photos/b.png", "oc:fileid");
        assertThat(found(nadia, home(nadia), equal("oc:fileid", number), 9)).containsExactly("b.png");
        assertThat(found(paul, home(paul), equal("oc:fileid", number), 9)).isEmpty();

        send(nadia, "PROPPATCH", MINE + "/Photos/b.png", """
                <d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>1</oc:favorite></d:prop></d:set></d:propertyupdate>""");
        assertThat(found(nadia, home(nadia), equal("oc:favorite", "yes"), 9)).containsExactly("b.png");
        String named = "<d:like><d:prop><d:displayname/></d:prop><d:literal>%photos%</d:literal></d:like>";
        put(nadia, MINE + "/photos.txt", 0);
        assertThat(found(nadia, home(nadia), named, 9)).containsExactly("Photos", "photos.txt");
        assertThat(found(nadia, home(nadia), and("<d:is-collection/>", named), 9))
                .containsExactly("Photos");
    }

    private String property(String path, String name) throws Exception {
        String asked =
                "<d:propfind xmlns:d=\"DAV:\" xmlns:oc=\"http://owncloud.org/ns\"><d:prop><%s/></d:prop></d:propfind>"
                        .formatted(name);
        return send(nadia, "PROPFIND", MINE + path, asked, "Depth", "0")
                .body()
                .replaceAll("(?s).*<" + name + ">(.*)</" + name + ">.*", "$1");
    }

    @Test
    void whatIsNotUnderstoodIsRefusedAndSaysWhatIs() throws Exception {
        for (String where : List.of(
                "<d:not>" + MEDIA + "</d:not>",
                "<d:contains>a</d:contains>",
                "<d:and/>",
                type("%/jpeg"),
                type("%"),
                type("image"),
                and(type("image/%"), type("video/%")),
                "<d:or>" + type("image/%") + modified("lt", 5) + "</d:or>",
                modified("eq", 5),
                modified("lt", "hier"),
                modified("lt", "2026-13-45T00:00:00Z"),
                modified("lt", "999999999999999999999"),
                equal("oc:size", "5"),
                equal("oc:fileid", "1' OR 1=1"),
                equal("oc:favorite", "no"),
                and(equal("oc:favorite", "yes"), MEDIA),
                and("<d:is-collection/>", MEDIA),
                "<d:like><d:prop><d:getcontenttype/></d:prop><d:literal>" + "%".repeat(400_000)
                        + "x</d:literal></d:like>")) {
            HttpResponse<String> answer = search(nadia, body(home(nadia), "infinity", where, "", 9));
            assertThat(answer.statusCode()).as(where).isEqualTo(422);
            assertThat(answer.body()).as(where).contains("DAV:getcontenttype");
        }
        for (String order : List.of(
                DESCENDING.replace("descending", "ascending"),
                DESCENDING.replace("getlastmodified", "displayname"),
                "<d:orderby><d:prop><oc:size/></d:prop></d:orderby>")) {
            assertThat(search(nadia, body(home(nadia), "infinity", MEDIA, order, 9))
                            .statusCode())
                    .as(order)
                    .isEqualTo(422);
        }
        assertThat(search(nadia, body(home(nadia), "infinity", MEDIA, DESCENDING, 0))
                        .statusCode())
                .isEqualTo(400);
        assertThat(found(nadia, home(nadia), and(modified("lt", "99999999999"), modified("gt", "-99999999999")), 9))
                .hasSize(5);
    }
}
