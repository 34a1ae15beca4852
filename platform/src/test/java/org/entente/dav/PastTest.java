package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.directory.MemberId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was thrown away and former contents, where Nextcloud's clients look for them. */
class PastTest extends DavTown {

    private static final Pattern HREF = Pattern.compile("<d:href>([^<]+)</d:href>");

    Device nadia;
    Device paul;
    String bin;
    String versions;

    @BeforeEach
    void twoColleagues() {
        MemberId givors = town.member("Givors");
        nadia = device(town.agent(givors, "Nadia", null));
        paul = device(town.agent(givors, "Paul", null));
        bin = "/remote.php/dav/trashbin/" + nadia.visitor().capacity();
        versions = "/remote.php/dav/versions/" + nadia.visitor().capacity();
    }

    private static List<String> hrefs(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(207);
        Matcher found = HREF.matcher(answer.body());
        return found.results().map(one -> one.group(1)).skip(1).toList(); // the first is the list itself
    }

    @Test
    void whatWasThrownAwayIsTakenBackOrGoneForGood() throws Exception {
        assertThat(status(nadia, "MKCOL", MINE + "/Budget", "")).isEqualTo(201);
        String name = DavPath.encoded("a<b>&\"é.txt");
        put(nadia, MINE + "/Budget/" + name, "un");
        put(nadia, MINE + "/Budget/deux.txt", "deux");
        assertThat(status(nadia, "DELETE", MINE + "/Budget/" + name, "")).isEqualTo(204);
        assertThat(status(nadia, "DELETE", MINE + "/Budget/deux.txt", "")).isEqualTo(204);

        HttpResponse<String> listed = send(nadia, "PROPFIND", bin + "/trash/", "", "Depth", "1");
        assertThat(listed.body())
                .contains("<nc:trashbin-filename>a&lt;b&gt;&amp;&quot;é.txt</nc:trashbin-filename>")
                .contains("<nc:trashbin-original-location>Mes fichiers/Budget/deux.txt</nc:trashbin-original-location>")
                .contains("<nc:trashbin-deletion-time>");
        List<String> thrown = hrefs(listed);
        assertThat(thrown).hasSize(2);
        String two =
                thrown.stream().filter(one -> one.contains("deux")).findFirst().orElseThrow();
        String one =
                thrown.stream().filter(other -> !other.equals(two)).findFirst().orElseThrow();

        // Nobody else's, by whichever address.
        assertThat(status(paul, "PROPFIND", bin + "/trash/", "", "Depth", "1")).isEqualTo(404);
        String own = "/remote.php/dav/trashbin/" + paul.visitor().capacity();
        String stolen = one.replace(bin, own);
        assertThat(hrefs(send(paul, "PROPFIND", own + "/trash/", "", "Depth", "1")))
                .isEmpty();
        assertThat(status(
                        paul,
                        "MOVE",
                        stolen,
                        "",
                        "Destination",
                        uri(own + "/restore/x").toString()))
                .isEqualTo(404);
        assertThat(status(paul, "DELETE", stolen, "")).isEqualTo(404);
        // Only to where it was.
        assertThat(status(
                        nadia,
                        "MOVE",
                        one,
                        "",
                        "Destination",
                        uri(MINE + "/ailleurs").toString()))
                .isEqualTo(502);
        assertThat(status(
                        nadia,
                        "MOVE",
                        one,
                        "",
                        "Destination",
                        uri(bin + "/trash/x").toString()))
                .isEqualTo(403);
        for (String wrong : List.of("/trash/x", "/trash/x.d1", "/trash/%2e%2e/x", "/other", "")) {
            assertThat(status(nadia, "DELETE", bin + wrong, "")).as(wrong).isIn(400, 404);
        }

        assertThat(status(
                        nadia,
                        "MOVE",
                        one,
                        "",
                        "Destination",
                        uri(bin + "/restore/whatever").toString()))
                .isEqualTo(201);
        assertThat(get(nadia, MINE + "/Budget/" + name)).isEqualTo("un");
        assertThat(status(nadia, "DELETE", two, "")).isEqualTo(204);
        assertThat(hrefs(send(nadia, "PROPFIND", bin + "/trash", "", "Depth", "1")))
                .isEmpty();
        assertThat(status(nadia, "DELETE", MINE + "/Budget", "")).isEqualTo(204);
        assertThat(status(nadia, "DELETE", bin + "/trash", "")).isEqualTo(204);
        assertThat(hrefs(send(nadia, "PROPFIND", bin + "/trash", "", "Depth", "1")))
                .isEmpty();
    }

    @Test
    void aFormerContentIsReadAndTheContentAgain() throws Exception {
        put(nadia, MINE + "/note.txt", "ancien");
        jdbc.sql("UPDATE files.node SET changed_at = now() - interval '1 day' WHERE name = 'note.txt'")
                .update();
        put(nadia, MINE + "/note.txt", "nouveau");
        String id =
                send(nadia, "PROPFIND", MINE + "/note.txt", """
                <d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:fileid/><oc:id/></d:prop></d:propfind>""", "Depth", "0").body();
        Matcher number = Pattern.compile("<oc:fileid>([0-9]+)<").matcher(id);
        assertThat(number.find()).isTrue();
        assertThat(id).contains("<oc:id>" + "%016d".formatted(Long.parseLong(number.group(1))) + "e");

        String there = versions + "/versions/" + number.group(1);
        List<String> former = hrefs(send(nadia, "PROPFIND", there, "", "Depth", "1"));
        assertThat(former).hasSize(1);
        assertThat(get(nadia, former.getFirst())).isEqualTo("ancien");

        String own = "/remote.php/dav/versions/" + paul.visitor().capacity();
        assertThat(status(paul, "PROPFIND", there.replace(versions, own), "", "Depth", "1"))
                .isEqualTo(404);
        assertThat(status(paul, "GET", former.getFirst().replace(versions, own), ""))
                .isEqualTo(404);
        assertThat(status(nadia, "GET", there + "/12", "")).isEqualTo(404);
        assertThat(status(nadia, "PROPFIND", versions + "/versions/99999999999999999", "", "Depth", "1"))
                .isEqualTo(404);

        assertThat(status(
                        nadia,
                        "MOVE",
                        former.getFirst(),
                        "",
                        "Destination",
                        uri(versions + "/restore/target").toString()))
                .isEqualTo(201);
        assertThat(get(nadia, MINE + "/note.txt")).isEqualTo("ancien");
    }
}
