package org.entente.office;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.entente.files.FileHistory;
import org.entente.files.FileNode;
import org.entente.files.NodeId;
import org.entente.files.SpaceRole;
import org.entente.files.Writing;
import org.entente.testing.Documents;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** A real Word document, real browsers: see {@code web/scripts/together.mjs} for what they do. */
@TestPropertySource(
        properties = {
            "entente.office.largest-message=8MB",
            "entente.office.largest-draft=64MB",
            "entente.office.most-sockets=20"
        })
class WrittenInBrowsersTest extends OfficeTown {

    private static final Path WEB =
            Path.of(System.getProperty("entente.home", "..")).resolve("web");

    @Autowired
    FileHistory history;

    private FileNode put(String name, byte[] bytes) throws IOException {
        FileNode made = files.write(
                anne.visitor(), town.home(anne.visitor()), name, new ByteArrayInputStream(bytes), Writing.PLAIN);
        town.share(made.id(), "c:" + bruno.visitor().capacity(), SpaceRole.EDIT);
        town.share(made.id(), "c:" + reader.visitor().capacity(), SpaceRole.READ);
        return made;
    }

    @Test
    void twoWriteInOneDocumentAThirdReadsAndNothingIsLostWhenABrowserDies() throws Exception {
        FileNode document = put("Compte rendu.docx", Documents.one("testWORD_various.docx"));
        FileNode commented = put("Avec remarque.docx", Documents.one("testComment.docx"));
        FileNode broken = put("Abîmé.docx", Documents.one("testWORD_truncated.docx"));

        JsonNode seen = browsers(document.id(), commented.id(), broken.id());

        assertThat(seen.path("failure").asString("")).isEmpty();
        assertThat(seen.get("outside").toString()).as("asked of other places").isEqualTo("[]");
        assertThat(seen.get("refusedByPolicy").toString()).isEqualTo("[]");
        assertThat(seen.get("errors").toString()).isEqualTo("[]");
        assertThat(seen.get("sideways").toString()).isEqualTo("[]");
        String text = text(document, "word/document.xml");
        assertThat(text)
                .contains(
                        "Anne vote le budget.",
                        "Bruno relit le procès-verbal.",
                        "Dernier mot d’Anne.",
                        "Bruno termine.")
                .contains("Row 2 Col 3", "Number bullet 3")
                .doesNotContain("INTRUS");
        assertThat(text(commented, "word/document.xml")).contains("Relu.");
        assertThat(text(commented, "word/comments.xml")).contains("Here is a comment");
        assertThat(history.versions(anne.visitor(), document.id())).hasSize(1);
        assertThat(files.node(anne.visitor(), document.id()).changedBy())
                .isEqualTo(bruno.visitor().capacity());
    }

    private JsonNode browsers(NodeId document, NodeId commented, NodeId broken) throws Exception {
        run("sh", "scripts/maven.sh", "build");
        ProcessBuilder script = new ProcessBuilder("node", "scripts/together.mjs")
                .directory(WEB.toFile())
                .redirectErrorStream(true);
        script.environment()
                .put(
                        "ENTENTE_TOGETHER",
                        JSON.writeValueAsString(Map.of(
                                "origin",
                                here(),
                                "node",
                                document.toString(),
                                "commented",
                                commented.toString(),
                                "broken",
                                broken.toString(),
                                "pictures",
                                Path.of("target/office").toAbsolutePath().toString(),
                                "people",
                                Map.of(
                                        "anne",
                                        anne.session().secret(),
                                        "bruno",
                                        bruno.session().secret(),
                                        "reader",
                                        reader.session().secret()))));
        Process process = script.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return JSON.readTree(said.lines()
                .filter(line -> line.startsWith("SEEN "))
                .findFirst()
                .orElseThrow()
                .substring(5));
    }

    /** What a program says comes to us and nowhere else: the runner of the tests speaks over the same streams. */
    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(WEB.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** What the file says now, as any reader of Word documents takes it out. */
    private String text(FileNode document, String part) throws IOException {
        try (InputStream in = files.read(anne.visitor(), document.id(), 0, Long.MAX_VALUE);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                if (entry.getName().equals(part)) {
                    return new String(zip.readAllBytes(), UTF_8)
                            .replaceAll("</w:p>", "\n")
                            .replaceAll("<[^>]+>", "");
                }
            }
        }
        throw new AssertionError("no text");
    }
}
