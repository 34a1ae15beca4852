package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.entente.directory.MemberId;
import org.entente.reading.ReadNow;
import org.entente.reading.TextState;
import org.entente.testing.Documents;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Files are found by what they say, by those who may see them and by nobody else. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestS3.class, TestActors.class, FilesTown.class, ReadNow.class})
class FoundInTextTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    FilesTown town;

    @Autowired
    Files files;

    @Autowired
    FileHistory history;

    @Autowired
    ReadNow reading;

    @Autowired
    TextWanting wanting;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    MemberId givors;
    Visitor anne;
    NodeId home;

    @BeforeEach
    void anAgent() {
        givors = town.member("Givors");
        anne = town.agent(givors, "Anne", null);
        home = town.home(anne);
    }

    private List<String> found(Visitor visitor, String words) {
        return found(visitor, words, null);
    }

    private List<String> found(Visitor visitor, String words, @Nullable NodeId beneath) {
        return files.search(visitor, words, beneath, null, 50).hits().stream()
                .map(hit -> hit.by() + " " + hit.node().name())
                .toList();
    }

    private FileNode write(Visitor visitor, NodeId folder, String name, byte[] bytes) throws IOException {
        return files.write(visitor, folder, name, new ByteArrayInputStream(bytes), Writing.PLAIN);
    }

    @Test
    void aFileIsFoundByItsWordsWhateverTheirEndingsAndAccents() throws IOException {
        town.write(anne, home, "a.txt", "Des marchés publics de l’école Joliot-Curie, à Givors.");
        town.write(anne, home, "École.txt", "rien");
        assertThat(found(anne, "marchés")).isEmpty();

        reading.all();

        assertThat(found(anne, "MARCHE public")).containsExactly("TEXT a.txt");
        assertThat(found(anne, "joliot curie")).containsExactly("TEXT a.txt");
        assertThat(found(anne, "l'ecole")).containsExactly("TEXT a.txt");
        assertThat(found(anne, "ecole")).containsExactly("NAME École.txt", "TEXT a.txt");
        assertThat(found(anne, "marché privé")).isEmpty();
        assertThat(found(anne, "les écoles")).containsExactly("TEXT a.txt");
        assertThat(found(anne, "de la")).isEmpty();
    }

    @Test
    void aHitIsNobodysWhoMayNotSeeTheFile() throws IOException {
        Visitor other = town.also(anne, town.member("Corbas"));
        Visitor colleague = town.agent(givors, "Zoé", null);
        FileNode folder = files.makeFolder(anne, home, "À moi");
        town.write(anne, folder.id(), "secret.txt", "zanzibarite");
        town.write(colleague, town.home(colleague), "même.txt", "zanzibarite");
        town.write(other, town.home(other), "ailleurs.txt", "zanzibarite");
        reading.all();

        assertThat(found(anne, "zanzibarite")).containsExactly("TEXT secret.txt");
        assertThat(found(colleague, "zanzibarite")).containsExactly("TEXT même.txt");
        assertThat(found(other, "zanzibarite")).containsExactly("TEXT ailleurs.txt");

        town.share(folder.id(), "c:" + other.capacity(), SpaceRole.READ);
        assertThat(found(other, "zanzibarite")).containsExactlyInAnyOrder("TEXT secret.txt", "TEXT ailleurs.txt");
        town.ends(other);
        assertThat(found(other, "zanzibarite")).isEmpty();
    }

    @Test
    void itFollowsTheFile() throws IOException {
        FileNode folder = files.makeFolder(anne, home, "Dossier");
        FileNode file = town.write(anne, home, "b.txt", "premierement");
        reading.all();

        files.move(anne, file.id(), folder.id(), "c.txt", false);
        assertThat(found(anne, "premierement", folder.id())).containsExactly("TEXT c.txt");

        town.write(anne, folder.id(), "c.txt", "deuxiemement");
        reading.all();
        assertThat(found(anne, "premierement")).isEmpty();
        assertThat(found(anne, "deuxiemement")).containsExactly("TEXT c.txt");

        history.restore(
                anne, file.id(), history.versions(anne, file.id()).getFirst().id());
        reading.all();
        assertThat(found(anne, "premierement")).containsExactly("TEXT c.txt");

        files.trash(anne, List.of(folder.id()));
        assertThat(found(anne, "premierement")).isEmpty();
    }

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
    void pagesAreStableWhileFilesComeAndGo() throws IOException {
        for (int i = 0; i < 4; i++) {
            town.write(anne, home, "pagination " + i + ".txt", "x" + i);
            town.write(anne, home, i + ".txt", "pagination " + i);
        }
        reading.all();
        List<String> all = found(anne, "pagination");
        assertThat(all).hasSize(8);
        assertThat(all.subList(0, 4)).allMatch(hit -> hit.startsWith("NAME"));

        List<String> paged = new ArrayList<>();
        String next = null;
        do {
            Found page = files.search(anne, "pagination", null, next, 3);
            page.hits().forEach(hit -> paged.add(hit.by() + " " + hit.node().name()));
            next = page.next();
            town.write(anne, home, "pagination nouvelle " + paged.size() + ".txt", "y" + paged.size());
        } while (next != null);

        assertThat(paged).containsExactlyElementsOf(all);
    }

    @Test
    void whatTakesTooLongIsGivenUpAndNamesAreFoundAllTheSame() throws Exception {
        town.write(anne, home, "patience.txt", "x");
        town.write(anne, home, "m.txt", "patience");
        reading.all();

        Found found = new TransactionTemplate(transactions).execute(status -> {
            // Nobody reads what was read while this lasts.
            jdbc.sql("LOCK TABLE reading.content IN ACCESS EXCLUSIVE MODE").update();
            return CompletableFuture.supplyAsync(() -> files.search(anne, "patience", null, null, 50))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        });

        assertThat(found.texts()).isEqualTo(Found.Texts.BROAD);
        assertThat(found.hits()).extracting(hit -> hit.node().name()).containsExactly("patience.txt");
        assertThat(found(anne, "patience")).containsExactly("NAME patience.txt", "TEXT m.txt");
    }

    @Test
    void aMemberThatDoesNotWantItIsNotReadAndNoLongerFound() throws Exception {
        FileNode file = town.write(anne, home, "j.txt", "silencieux");
        reading.all();
        Visitor boss = town.agent(givors, "Chef", null);
        jdbc.sql("INSERT INTO directory.role_grant (affiliation, role) VALUES (?, 'member_admin')")
                .param(boss.capacity().value())
                .update();

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
    void theBrowserIsToldWhyAFileWasFound() throws Exception {
        town.write(anne, home, "l.txt", "pourquoi");
        reading.all();

        mvc.perform(get("/api/files/search").param("q", "pourquoi").with(actors.signIn(anne.capacity())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items", hasSize(1)))
                .andExpect(jsonPath("$.items[*].by", contains("TEXT")))
                .andExpect(jsonPath("$.texts").value("SEARCHED"));
        mvc.perform(get("/api/files/search")
                        .param("q", "pourquoi")
                        .param("after", "n'importe quoi")
                        .with(actors.signIn(anne.capacity())))
                .andExpect(status().is4xxClientError());
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
