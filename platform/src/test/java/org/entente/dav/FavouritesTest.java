package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.UUID;
import org.entente.files.NodeId;
import org.entente.files.SpaceRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Favourites as clients of Nextcloud mark and list them. */
class FavouritesTest extends DavTown {

    private static final String MARK = """
            <d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>%s</oc:favorite></d:prop></d:set></d:propertyupdate>""";

    private static final String ASK = """
            <d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:favorite/></d:prop></d:propfind>""";

    private static final String LIST = """
            <oc:filter-files xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><d:getetag/><oc:favorite/></d:prop>
            <oc:filter-rules>%s</oc:filter-rules></oc:filter-files>""";

    private static final String FAVOURITES = LIST.formatted("<oc:favorite>1</oc:favorite>");

    Device anne;
    String root;

    @BeforeEach
    void somebody() throws Exception {
        anne = agent("Anne");
        root = "/remote.php/dav/files/" + anne.visitor().capacity();
        status(anne, "MKCOL", MINE + "/d", "");
        put(anne, MINE + "/d/un.txt", "1");
        put(anne, MINE + "/deux.txt", "2");
    }

    private HttpResponse<String> mark(Device device, String path, String value) throws Exception {
        return send(device, "PROPPATCH", path, MARK.formatted(value));
    }

    @Test
    void whatIsMarkedIsToldWithEachFileAndListedFlat() throws Exception {
        HttpResponse<String> marked = mark(anne, root + "/Mes%20fichiers/d/un.txt", "1");

        assertThat(marked.statusCode()).isEqualTo(207);
        assertThat(marked.body()).contains("200 OK");
        HttpResponse<String> told = send(anne, "PROPFIND", root + "/Mes%20fichiers/d/", ASK, "Depth", "1");
        assertThat(told.body())
                .containsPattern("un\\.txt</d:href>.*favorite>1<")
                .containsPattern("/d/</d:href>.*favorite>0<");
        HttpResponse<String> list = send(anne, "REPORT", root + "/", FAVOURITES);
        assertThat(list.statusCode()).isEqualTo(207);
        assertThat(list.body()).contains(root + "/Mes%20fichiers/d/un.txt").doesNotContain("deux.txt");
        assertThat(send(anne, "REPORT", root + "/Mes%20fichiers/d/", FAVOURITES).body())
                .contains("un.txt");

        mark(anne, root + "/Mes%20fichiers/d/un.txt", "0");
        assertThat(send(anne, "REPORT", root + "/", FAVOURITES).body()).doesNotContain("<d:response>");
    }

    @Test
    void whoMayOnlyReadMarksForThemselvesAlone() throws Exception {
        Device luc = device(town.agent(anne.visitor().member(), "Luc", null));
        UUID file = jdbc.sql("SELECT id FROM files.node WHERE name = 'deux.txt' AND changed_by = ?")
                .param(anne.visitor().capacity().value())
                .query(UUID.class)
                .single();
        town.share(new NodeId(file), "c:" + luc.visitor().capacity(), SpaceRole.READ);

        assertThat(mark(luc, "/dav/files/Partag%C3%A9s%20avec%20moi/deux.txt", "1")
                        .body())
                .contains("200 OK");

        assertThat(send(luc, "REPORT", "/dav/files/", FAVOURITES).body()).contains("deux.txt");
        assertThat(send(anne, "REPORT", "/dav/files/", FAVOURITES).body()).doesNotContain("deux.txt");
        Device zoe = agent("Zoé");
        assertThat(send(zoe, "REPORT", "/dav/files/", FAVOURITES).body()).doesNotContain("deux.txt");
    }

    @Test
    void otherRulesAreRefusedAndNotPassedOver() throws Exception {
        for (String rules : new String[] {
            "",
            "<oc:favorite>0</oc:favorite>",
            "<oc:systemtag>7</oc:systemtag>",
            "<oc:favorite>1</oc:favorite><oc:systemtag>7</oc:systemtag>"
        }) {
            assertThat(status(anne, "REPORT", root + "/", LIST.formatted(rules)))
                    .as(rules)
                    .isEqualTo(403);
        }
        assertThat(mark(anne, root + "/", "1").statusCode()).isEqualTo(403);
        assertThat(mark(anne, root + "/Mes%20fichiers/nichts", "1").statusCode())
                .isEqualTo(404);
    }
}
