package org.entente.wopi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.entente.files.FileNode;
import org.entente.files.Visitor;
import org.entente.identity.keycloak.NodePackages;
import org.entente.identity.session.TestSession;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** From the menu of a file to a version of it, in Chromium, with the office server in its frame. */
class WopiBrowserTest extends WopiTown {

    @Test
    void aPersonOpensADocumentChangesItInTheFrameAndComesBack() throws Exception {
        assumeTrue(
                getClass().getResource("/META-INF/resources/index.html") != null,
                "the browser application is not built (-Dweb.skip)");
        // given
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Lettre.docx", "Bonjour");
        TestSession session = signIn(nadia);
        HttpHeaders headers = new HttpHeaders();
        session.headers(headers);
        office.calls(port);

        // when
        ProcessBuilder node = new ProcessBuilder("node", "scripts/office-server.mjs")
                .directory(NodePackages.installed().toFile())
                .redirectErrorStream(true);
        node.environment()
                .putAll(Map.of(
                        "ORIGIN",
                        "http://127.0.0.1:" + port,
                        "SESSION",
                        session.secret(),
                        "CSRF",
                        String.valueOf(headers.getFirst("X-XSRF-TOKEN")),
                        "FOLDER",
                        String.valueOf(file.parent()),
                        "NAME",
                        file.name(),
                        "OFFICE",
                        office.url()));
        Process walk = node.start();
        String said = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // then
        assertThat(walk.waitFor()).as(said).isZero();
        assertThat(town.read(nadia, files.node(nadia, file.id()))).isEqualTo("Bonsoir");
        assertThat(history.versions(nadia, file.id())).hasSize(1);
    }
}
