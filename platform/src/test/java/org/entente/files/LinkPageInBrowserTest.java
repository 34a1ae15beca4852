package org.entente.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.entente.identity.keycloak.NodePackages;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** The page of a link to put files, in a real browser: see {@code web/scripts/link-upload.mjs} for what is done there. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
class LinkPageInBrowserTest {

    private static final int SIZE = 40 * 1024 * 1024;

    @LocalServerPort
    int port;

    @Autowired
    Files files;

    @Autowired
    FileLinks links;

    @Autowired
    FilesTown town;

    @TempDir
    Path computer;

    private Visitor anne;
    private FileNode folder;
    private FileLinks.Made link;
    private byte[] bytes;
    private Process browser;

    @BeforeEach
    void aLinkToPutFiles() {
        anne = town.agent(town.member("Givors"), "Anne", null);
        folder = files.makeFolder(anne, town.home(anne), "Dépôts");
        link = links.make(anne, folder.id(), true, null, null, null, new FileLinks.Bound(10, 200_000_000));
        bytes = new byte[SIZE];
        new Random(5).nextBytes(bytes);
    }

    @AfterEach
    void theBrowserIsClosed() {
        if (browser != null) {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
    }

    private BufferedReader puts(boolean pause) throws Exception {
        Path film = java.nio.file.Files.write(computer.resolve("film d’été.mp4"), bytes);
        ProcessBuilder node = new ProcessBuilder("node", "scripts/link-upload.mjs")
                .directory(NodePackages.installed().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        node.environment().put("LINK", "http://127.0.0.1:" + port + link.path());
        node.environment().put("FILE", film.toString());
        node.environment().put("PAUSE", pause ? "yes" : "");
        browser = node.start();
        return new BufferedReader(new InputStreamReader(browser.getInputStream(), UTF_8));
    }

    @Test
    void aFileArrivesWholeThoughItsLineBreaks() throws Exception {
        BufferedReader said = puts(false);
        assertThat(said.readLine()).isEqualTo("Fichiers reçus : 1.");
        assertThat(said.readLine()).as("what it may receive yet").contains("encore recevoir 9 fichiers");

        FileNode film = files.find(anne, folder.id(), List.of("film d’été.mp4")).orElseThrow();
        try (var in = files.read(anne, film.id(), 0, Long.MAX_VALUE)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void whoseLinkEndsInTheMiddleIsToldSo() throws Exception {
        BufferedReader said = puts(true);
        assertThat(said.readLine()).isEqualTo("half");
        links.end(anne, folder.id(), link.link().id());
        browser.getOutputStream().write('\n');
        browser.getOutputStream().flush();

        assertThat(said.readLine())
                .isEqualTo(
                        "Ce lien n’est plus valable. Demandez-en un autre à qui vous l’a envoyé. Fichiers reçus : 0.");
        assertThat(town.names(anne, folder.id())).isEmpty();
    }
}
