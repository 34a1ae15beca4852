package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.entente.reading.TextState;
import org.entente.testing.Documents;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

/** What is read of files for the search, what is kept of it and for how long. */
class WordsOfFilesTest extends ReadTown {

    @Autowired
    FileHistory history;

    @Test
    void whatNobodyKeepsAnyMoreIsForgottenAtOnce() throws IOException {
        FileNode file = town.write(anne, home, "d.txt", "ephemere");
        FileNode twin = town.write(anne, home, "e.txt", "ephemere");
        reading.all();
        assertThat(rows("ephemere", file)).isEqualTo(1);

        files.trash(anne, List.of(file.id()));
        history.erase(anne, List.of(file.id()));
        assertThat(rows("ephemere", twin)).isEqualTo(1);
        assertThat(found(anne, "ephemere")).containsExactly("TEXT e.txt");

        files.trash(anne, List.of(twin.id()));
        history.erase(anne, List.of(twin.id()));
        assertThat(jdbc.sql("SELECT count(*) FROM reading.content WHERE member = ?")
                        .param(givors.value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private int rows(String words, FileNode file) {
        return jdbc.sql(
                        "SELECT count(*) FROM reading.content r JOIN files.node n ON n.content = r.content WHERE n.id = ?")
                .param(file.id().value())
                .query(Integer.class)
                .single();
    }

    @Test
    void noWordLiesInTheDatabase() throws IOException {
        town.write(anne, home, "f.txt", "clandestinement " + "x".repeat(20_000));
        reading.all();

        assertThat(found(anne, "clandestinement")).hasSize(1);
        assertThat(jdbc.sql("SELECT r::text FROM reading.content r WHERE member = ?")
                        .param(givors.value())
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains("clandestin"));
    }

    @Test
    void filesThatWereThereBeforeAreReadToo() throws IOException {
        town.write(anne, home, "g.txt", "anterieurement");
        jdbc.sql("DELETE FROM reading.content").update();
        reading.all();
        assertThat(found(anne, "anterieurement")).isEmpty();

        wanting.ask();
        reading.all();

        assertThat(found(anne, "anterieurement")).containsExactly("TEXT g.txt");
    }

    @Test
    void whatANodeTookAndDidNotBringBackIsAnothersLater() throws IOException {
        FileNode file = town.write(anne, home, "h.txt", "interrompu");
        jdbc.sql("UPDATE reading.content SET attempts = 1, due = now() + interval '10 minutes' WHERE state = 'waiting'")
                .update();
        reading.all();
        assertThat(files.text(anne, file.id()).state()).isEqualTo(TextState.State.WAITING);

        jdbc.sql("UPDATE reading.content SET due = now() WHERE state = 'waiting'")
                .update();
        reading.kill();
        reading.all();
        assertThat(found(anne, "interrompu")).containsExactly("TEXT h.txt");

        FileNode deadly = town.write(anne, home, "i.txt", "mortel");
        jdbc.sql("UPDATE reading.content SET attempts = 2 WHERE state = 'waiting'")
                .update();
        reading.all();
        assertThat(files.text(anne, deadly.id()))
                .isEqualTo(new TextState(TextState.State.REFUSED, TextState.Reason.DIED));
    }

    @Test
    void whatHasNoWordsOrCannotBeReadIsSaidToBeSo() throws IOException {
        FileNode picture = write(anne, home, "photo.png", new byte[] {1, 2, 3});
        FileNode empty = write(anne, home, "vide.txt", new byte[0]);
        FileNode closed = write(anne, home, "clos.docx", Documents.one("testWORD_protected_passtika.docx"));
        FileNode bomb = write(anne, home, "bombe.tgz", Documents.one("TIKA-216.tgz"));
        FileNode blank = write(anne, home, "blanc.txt", "   \n ".getBytes());
        reading.all();

        assertThat(files.text(anne, picture.id()).state()).isEqualTo(TextState.State.NOTHING);
        assertThat(files.text(anne, empty.id()).state()).isEqualTo(TextState.State.NOTHING);
        assertThat(files.text(anne, blank.id()).state()).isEqualTo(TextState.State.NOTHING);
        assertThat(files.text(anne, closed.id()).reason()).isEqualTo(TextState.Reason.CLOSED);
        assertThat(files.text(anne, bomb.id()).reason()).isEqualTo(TextState.Reason.BOMB);
    }

    @Test
    void aMemberThatDoesNotWantItIsNotReadAndNoLongerFound() throws Exception {
        FileNode file = town.write(anne, home, "j.txt", "silencieux");
        reading.all();
        Visitor boss = admin(givors);

        mvc.perform(put("/api/members/{m}/text-search", givors.value())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"on\": false}")
                        .with(actors.signIn(anne.capacity())))
                .andExpect(status().isForbidden());
        mvc.perform(put("/api/members/{m}/text-search", givors.value())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"on\": false}")
                        .with(actors.signIn(boss.capacity())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.on").value(false));

        assertThat(found(anne, "silencieux")).isEmpty();
        assertThat(files.text(anne, file.id()).state()).isEqualTo(TextState.State.OFF);
        town.write(anne, home, "k.txt", "silencieux aussi");
        wanting.ask();
        reading.all();
        assertThat(found(anne, "silencieux")).isEmpty();

        mvc.perform(put("/api/members/{m}/text-search", givors.value())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"on\": true}")
                        .with(actors.signIn(boss.capacity())))
                .andExpect(jsonPath("$.on").value(true));
        wanting.ask();
        reading.all();
        assertThat(found(anne, "silencieux")).hasSize(2);
    }

    @Test
    void everyRealDocumentIsTakenAndComesToAnEnd() throws Exception {
        Map<String, byte[]> all = Documents.all(300_000);
        List<FileNode> written = new ArrayList<>();
        for (var document : all.entrySet()) {
            written.add(write(anne, home, document.getKey(), document.getValue()));
        }
        for (int i = 0; i < 2; i++) {
            reading.all();
            jdbc.sql("UPDATE reading.content SET due = now() WHERE state = 'waiting'")
                    .update();
        }

        assertThat(written)
                .allSatisfy(file -> assertThat(files.text(anne, file.id()).state())
                        .isIn(TextState.State.READ, TextState.State.NOTHING, TextState.State.REFUSED));
        assertThat(found(anne, "indexation")).contains("TEXT testRTF.rtf");
    }
}
