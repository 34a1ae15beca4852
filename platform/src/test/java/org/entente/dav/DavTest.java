package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the suites of others do not ask: RFC 6578, RFC 4331, ranges, forms of the header If, the top of the tree. */
class DavTest extends DavTown {

    private static final String SYNC = """
            <d:sync-collection xmlns:d="DAV:"><d:sync-token>%s</d:sync-token><d:sync-level>%s</d:sync-level>%s
            <d:prop><d:getetag/></d:prop></d:sync-collection>""";

    Device anne;

    @BeforeEach
    void somebody() {
        anne = agent("Anne");
    }

    @Test
    void whatHasChangedSinceIsToldAndWhatHasGone() throws Exception {
        status(anne, "MKCOL", MINE + "/d", "");
        put(anne, MINE + "/d/un.txt", "1");
        put(anne, MINE + "/deux.txt", "2");
        HttpResponse<String> first = send(anne, "REPORT", MINE + "/", SYNC.formatted("", "infinite", ""));
        assertThat(first.statusCode()).isEqualTo(207);
        assertThat(first.body()).contains("/d/un.txt").contains("/deux.txt");

        put(anne, MINE + "/d/un.txt", "1 encore");
        status(anne, "DELETE", MINE + "/deux.txt", "");
        HttpResponse<String> second =
                send(anne, "REPORT", MINE + "/", SYNC.formatted(token(first.body()), "infinite", ""));

        assertThat(second.body()).contains("/d/un.txt").containsPattern("deux\\.txt</d:href><d:status>HTTP/1.1 404");
        HttpResponse<String> third =
                send(anne, "REPORT", MINE + "/", SYNC.formatted(token(second.body()), "infinite", ""));
        assertThat(third.body()).doesNotContain("<d:response>");
        HttpResponse<String> stale = send(anne, "REPORT", MINE + "/d/", SYNC.formatted(token(third.body()), "1", ""));
        assertThat(stale.statusCode()).isEqualTo(403);
        assertThat(stale.body()).contains("valid-sync-token");
    }

    @Test
    void manyChangesAreToldInSeveralAnswers() throws Exception {
        for (int i = 0; i < 7; i++) {
            put(anne, MINE + "/f" + i + ".txt", "x");
        }
        String token = "";
        int seen = 0;
        int answers = 0;
        boolean more = true;
        while (more) {
            String body = send(
                            anne,
                            "REPORT",
                            MINE + "/",
                            SYNC.formatted(token, "1", "<d:limit><d:nresults>3</d:nresults></d:limit>"))
                    .body();
            token = token(body);
            seen += body.split("<d:getetag>", -1).length - 1;
            more = body.contains("number-of-matches-within-limits");
            answers++;
        }
        assertThat(seen).isEqualTo(7);
        assertThat(answers).isEqualTo(3);
    }

    private static String token(String body) {
        Matcher token = Pattern.compile("<d:sync-token>([^<]*)</d:sync-token>").matcher(body);
        assertThat(token.find()).as(body).isTrue();
        return token.group(1);
    }

    @Test
    void partsOfAFileAreSentAsAsked() throws Exception {
        String etag = put(anne, MINE + "/a.txt", "0123456789");

        HttpResponse<String> one = send(anne, "GET", MINE + "/a.txt", "", "Range", "bytes=2-4");
        assertThat(one.statusCode()).isEqualTo(206);
        assertThat(one.body()).isEqualTo("234");
        assertThat(one.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
        assertThat(send(anne, "GET", MINE + "/a.txt", "", "Range", "bytes=-3").body())
                .isEqualTo("789");
        assertThat(send(anne, "GET", MINE + "/a.txt", "", "Range", "bytes=7-").body())
                .isEqualTo("789");
        HttpResponse<String> two = send(anne, "GET", MINE + "/a.txt", "", "Range", "bytes=0-1, 8-9");
        assertThat(two.body()).contains("bytes 0-1/10\r\n\r\n01").contains("bytes 8-9/10\r\n\r\n89");
        assertThat(send(anne, "GET", MINE + "/a.txt", "", "Range", "bytes=20-").statusCode())
                .isEqualTo(416);
        assertThat(send(anne, "GET", MINE + "/a.txt", "", "Range", "bytes=0-1", "If-Range", "\"autre\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(anne, "GET", MINE + "/a.txt", "", "Range", "bytes=0-1", "If-Range", etag)
                        .statusCode())
                .isEqualTo(206);
        for (String method : List.of("GET", "HEAD")) {
            HttpResponse<String> had = send(anne, method, MINE + "/a.txt", "", "If-None-Match", etag);
            assertThat(had.statusCode()).isEqualTo(304);
            assertThat(had.headers().firstValue("ETag")).contains(etag);
        }
        assertThat(send(anne, "HEAD", MINE + "/a.txt", "").headers().firstValue("Content-Length"))
                .contains("10");
    }

    @Test
    void theSpaceThatIsLeftIsTold() throws Exception {
        put(anne, MINE + "/a.txt", "0123456789");
        jdbc.sql("UPDATE files.space SET quota = 1000 WHERE capacity = ?")
                .param(anne.visitor().capacity().value())
                .update();

        String body = send(anne, "PROPFIND", MINE + "/", """
                <propfind xmlns="DAV:"><prop><quota-available-bytes/><quota-used-bytes/></prop></propfind>""", "Depth", "0").body();
        assertThat(body).contains("<d:quota-available-bytes>990<").contains("<d:quota-used-bytes>10<");
        HttpResponse<String> full = send(anne, "PUT", MINE + "/b.txt", "x".repeat(1000));
        assertThat(full.statusCode()).isEqualTo(507);
        assertThat(full.body()).contains("quota-not-exceeded");
    }

    @Test
    void whatIsOnlyToBeReadIsNotWrittenTo() throws Exception {
        Visitor bruno = town.agent(town.member("Corbas"), "Bruno", null);
        Device other = device(bruno);
        put(other, MINE + "/projet.txt", "v1");
        var node = town.home(bruno);
        var shared = filesOf(bruno, node, "projet.txt");
        town.share(shared, "c:" + anne.visitor().capacity(), SpaceRole.READ);

        String at = "/dav/files/" + DavPath.encoded(DavTree.SHARED) + "/projet.txt";
        assertThat(send(anne, "PROPFIND", "/dav/files/", "", "Depth", "1").body())
                .contains(DavPath.encoded(DavTree.SHARED));
        assertThat(get(anne, at)).isEqualTo("v1");
        assertThat(status(anne, "PUT", at, "v2")).isEqualTo(403);
        assertThat(status(anne, "DELETE", at, "")).isEqualTo(403);
        assertThat(status(anne, "LOCK", at, lockInfo())).isEqualTo(403);
        assertThat(get(other, MINE + "/projet.txt")).isEqualTo("v1");
    }

    @Test
    void aFileThatWasSharedToBeEditedIsWrittenWhereItIs() throws Exception {
        Visitor bruno = town.agent(town.member("Corbas"), "Bruno", null);
        Device other = device(bruno);
        put(other, MINE + "/projet.txt", "v1");
        put(other, MINE + "/autre.txt", "pas pour Anne");
        town.share(
                filesOf(bruno, town.home(bruno), "projet.txt"),
                "c:" + anne.visitor().capacity(),
                SpaceRole.EDIT);
        String shared = "/dav/files/" + DavPath.encoded(DavTree.SHARED);

        put(anne, shared + "/projet.txt", "v2");

        assertThat(get(other, MINE + "/projet.txt")).isEqualTo("v2");
        assertThat(status(anne, "PUT", shared + "/autre.txt", "x")).isEqualTo(403);
        assertThat(status(anne, "GET", shared + "/autre.txt", "")).isEqualTo(404);
        assertThat(status(anne, "DELETE", shared + "/projet.txt", "")).isEqualTo(403);
        assertThat(status(anne, "MOVE", shared + "/projet.txt", "", "Destination", MINE + "/projet.txt"))
                .isEqualTo(403);
        assertThat(status(anne, "COPY", shared + "/projet.txt", "", "Destination", MINE + "/projet.txt"))
                .isEqualTo(201);
        assertThat(get(other, MINE + "/autre.txt")).isEqualTo("pas pour Anne");
    }

    private org.entente.files.NodeId filesOf(Visitor visitor, org.entente.files.NodeId folder, String name) {
        return new org.entente.files.NodeId(jdbc.sql("SELECT id FROM files.node WHERE parent = ? AND name = ?")
                .params(folder.value(), name)
                .query(java.util.UUID.class)
                .single());
    }

    private static String lockInfo() {
        return "<lockinfo xmlns=\"DAV:\"><lockscope><exclusive/></lockscope><locktype><write/></locktype><owner>Anne</owner></lockinfo>";
    }

    @Test
    void theHeaderIfIsReadInAllItsForms() throws Exception {
        String etag = put(anne, MINE + "/a.txt", "un");
        HttpResponse<String> locked = send(anne, "LOCK", MINE + "/a.txt", lockInfo(), "Timeout", "Second-600");
        String token = locked.headers().firstValue("Lock-Token").orElseThrow();

        assertThat(locked.body()).contains("Second-6").contains("<d:owner>Anne</d:owner>");
        assertThat(status(anne, "PUT", MINE + "/a.txt", "x")).isEqualTo(423);
        assertThat(status(anne, "PUT", MINE + "/a.txt", "x", "If", "(Not " + token + ")"))
                .isEqualTo(412);
        assertThat(status(anne, "PUT", MINE + "/a.txt", "x", "If", "(<DAV:no-lock>)"))
                .isEqualTo(412);
        assertThat(status(anne, "PUT", MINE + "/a.txt", "x", "If", "(" + token + " [\"autre\"])"))
                .isEqualTo(412);
        assertThat(status(anne, "PUT", MINE + "/a.txt", "x", "If", "(Not <DAV:no-lock>)"))
                .isEqualTo(423);
        assertThat(status(anne, "PUT", MINE + "/a.txt", "deux", "If", "(" + token + " [" + etag + "])"))
                .isEqualTo(204);
        assertThat(status(anne, "PUT", MINE + "/a.txt", "trois", "If", "(" + token + ") (Not <DAV:no-lock>)"))
                .isEqualTo(204);
        assertThat(status(
                        anne, "PUT", MINE + "/a.txt", "quatre", "If", "<" + uri(MINE + "/a.txt") + "> (" + token + ")"))
                .isEqualTo(204);
        assertThat(status(anne, "PUT", MINE + "/a.txt", "cinq", "If", "<http://evil.example/a.txt> (" + token + ")"))
                .isEqualTo(412);
        assertThat(status(anne, "MOVE", MINE + "/a.txt", "", "Destination", MINE + "/b.txt"))
                .isEqualTo(423);
        assertThat(status(anne, "DELETE", MINE + "/a.txt", "")).isEqualTo(423);
        assertThat(status(
                        device(anne.visitor()),
                        "UNLOCK",
                        MINE + "/a.txt",
                        "",
                        "Lock-Token",
                        "<urn:uuid:00000000-0000-0000-0000-000000000000>"))
                .isEqualTo(409);
        assertThat(status(anne, "UNLOCK", MINE + "/a.txt", "", "Lock-Token", token))
                .isEqualTo(204);
        assertThat(status(anne, "DELETE", MINE + "/a.txt", "")).isEqualTo(204);
    }

    @Test
    void aFolderOfFiftyThousandIsListedWithoutEverBeingInMemory() throws Exception {
        status(anne, "MKCOL", MINE + "/grand", "");
        put(anne, MINE + "/grand/modele.txt", "x");
        jdbc.sql("""
                        INSERT INTO files.node (space, parent, name, folder, content, size, sha256, media_type, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                        SELECT n.space, n.parent, 'fichier ' || i || '.txt', false, n.content, n.size, n.sha256, n.media_type, n.made_at, n.modified_at, n.changed_at, n.changed_by, n.seq, n.tree_seq
                        FROM files.node n, generate_series(1, 50000) i WHERE n.name = 'modele.txt' AND n.changed_by = ?""").param(anne.visitor().capacity().value()).update();
        var request = java.net.http.HttpRequest.newBuilder(uri(MINE + "/grand/"))
                .header("Authorization", anne.basic())
                .header("Depth", "1")
                .method("PROPFIND", java.net.http.HttpRequest.BodyPublishers.noBody())
                .build();
        long entries = 0;
        long most = 0;
        System.gc();
        long before = used();
        try (var client = java.net.http.HttpClient.newHttpClient();
                InputStream in = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            byte[] chunk = new byte[64 * 1024];
            String rest = "";
            long chunks = 0;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                String text = rest + new String(chunk, 0, read, UTF_8);
                entries += text.split("<d:response>", -1).length - 1;
                rest = text.substring(Math.max(0, text.length() - 11));
                if (++chunks % 100 == 0) {
                    System.gc();
                    most = Math.max(most, used() - before);
                }
            }
        }
        assertThat(entries).isEqualTo(50_002);
        assertThat(most).as("bytes in use while it is written").isLessThan(40_000_000);
        HttpResponse<String> deep = send(anne, "PROPFIND", MINE + "/", "", "Depth", "infinity");
        assertThat(deep.statusCode()).isEqualTo(403);
        assertThat(deep.body()).contains("propfind-finite-depth");
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void aPropertyOfOursIsNotSetAndNothingElseIsThen() throws Exception {
        put(anne, MINE + "/a.txt", "x");
        String body = send(anne, "PROPPATCH", MINE + "/a.txt", """
                <d:propertyupdate xmlns:d="DAV:" xmlns:x="urn:x"><d:set><d:prop><x:couleur>bleu</x:couleur><d:getetag>y</d:getetag></d:prop></d:set></d:propertyupdate>""").body();

        assertThat(body)
                .contains("403 Forbidden")
                .contains("424 Failed Dependency")
                .contains("cannot-modify-protected-property");
        assertThat(send(anne, "PROPFIND", MINE + "/a.txt", "", "Depth", "0").body())
                .doesNotContain("bleu");
    }
}
