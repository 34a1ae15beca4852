package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.entente.testing.Documents;
import org.entente.testing.TestOffice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Office documents are looked at as PDF by whoever may open them, and by nobody else. */
class PreviewsTest extends BrowserOfAnne {

    @Autowired
    FileHistory history;

    @BeforeEach
    void anOfficeProgram() {
        assumeTrue(
                TestOffice.installed(), "LibreOffice is not installed (Debian: apt install libreoffice-core-nogui …)");
    }

    private FileNode write(String name, byte[] bytes) throws IOException {
        return write(anne, home, name, bytes);
    }

    private String state(Visitor visitor, FileNode file) throws Exception {
        return mvc.perform(get("/api/files/nodes/{n}/preview", file.id()).with(actors.signIn(visitor.capacity())))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private void awaitState(Visitor visitor, FileNode file, String state) throws Exception {
        await().atMost(Duration.ofMinutes(2)).until(() -> !state(visitor, file).contains("WAITING"));
        assertThat(state(visitor, file)).contains(state);
    }

    @Test
    void aDocumentIsMadeOnceAndShownToWhoMayOpenIt() throws Exception {
        FileNode file = write("rapport.docx", Documents.one("testWORD.docx"));
        Visitor stranger = town.agent(givors, "Zoé", null);

        awaitState(anne, file, "MADE");

        byte[] pdf = mvc.perform(
                        get("/api/files/nodes/{n}/preview.pdf", file.id()).with(actors.signIn(anne.capacity())))
                .andExpect(status().isOk())
                .andExpect(content().contentType("application/pdf"))
                .andExpect(header().string("Content-Security-Policy", containsString("sandbox")))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (var document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document)).contains("Sample Word Document");
        }
        mvc.perform(get("/api/files/nodes/{n}/preview.pdf", file.id())
                        .header("Range", "bytes=0-3")
                        .with(actors.signIn(anne.capacity())))
                .andExpect(status().isPartialContent())
                .andExpect(content().string("%PDF"));
        for (String end : List.of("/preview", "/preview.pdf")) {
            mvc.perform(get("/api/files/nodes/" + file.id() + end).with(actors.signIn(stranger.capacity())))
                    .andExpect(status().isNotFound());
        }
        town.share(file.id(), "c:" + stranger.capacity(), SpaceRole.READ);
        awaitState(stranger, file, "MADE");
        town.ends(stranger);
        mvc.perform(get("/api/files/nodes/{n}/preview.pdf", file.id()).with(actors.signIn(stranger.capacity())))
                .andExpect(status().is4xxClientError());

        FileNode twin = write("même.docx", Documents.one("testWORD.docx"));
        mvc.perform(get("/api/files/nodes/{n}/preview", twin.id()).with(actors.signIn(anne.capacity())))
                .andExpect(jsonPath("$.state").value("MADE"));
        assertThat(rows()).isEqualTo(1);
        assertThat(jdbc.sql("SELECT used FROM files.space WHERE root = ?")
                        .param(home.value())
                        .query(Long.class)
                        .single())
                .as("what is made of it is not charged")
                .isEqualTo(file.size() + twin.size());
    }

    private int rows() {
        return jdbc.sql("SELECT count(*) FROM reading.preview WHERE member = ?")
                .param(givors.value())
                .query(Integer.class)
                .single();
    }

    @Test
    void thePdfGoesWithWhatItWasMadeOf() throws Exception {
        FileNode file = write("note.rtf", "{\\rtf1 Note}".getBytes());
        awaitState(anne, file, "MADE");
        UUID pdf = jdbc.sql("SELECT pdf FROM reading.preview WHERE member = ?")
                .param(givors.value())
                .query(UUID.class)
                .single();
        assertThat(uses(pdf)).isEqualTo(1);

        files.trash(anne, List.of(file.id()));
        history.erase(anne, List.of(file.id()));

        assertThat(rows()).isZero();
        assertThat(uses(pdf)).as("it is nobody's, and is collected").isZero();
    }

    private int uses(UUID content) {
        return jdbc.sql("SELECT uses FROM storage.content WHERE id = ?")
                .param(content)
                .query(Integer.class)
                .single();
    }

    @Test
    void whatCannotBeShownIsSaidWhy() throws Exception {
        FileNode picture = write("photo.png", new byte[10]);
        FileNode empty = write("vide.docx", new byte[0]);
        FileNode broken = write("abîmé.docx", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 1});
        FileNode folder = files.makeFolder(anne, home, "Dossier.docx");

        awaitState(anne, picture, "NONE");
        awaitState(anne, empty, "NONE");
        awaitState(anne, broken, "REFUSED");
        mvc.perform(get("/api/files/nodes/{n}/preview", broken.id()).with(actors.signIn(anne.capacity())))
                .andExpect(jsonPath("$.reason").value("BROKEN"));
        mvc.perform(get("/api/files/nodes/{n}/preview.pdf", broken.id()).with(actors.signIn(anne.capacity())))
                .andExpect(status().isNotFound());
        mvc.perform(get("/api/files/nodes/{n}/preview", folder.id()).with(actors.signIn(anne.capacity())))
                .andExpect(status().isConflict());
    }
}
