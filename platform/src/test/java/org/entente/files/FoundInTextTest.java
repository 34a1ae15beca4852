package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Files are found by what they say, by those who may see them and by nobody else. */
class FoundInTextTest extends ReadTown {

    @Autowired
    FileHistory history;

    @Autowired
    PlatformTransactionManager transactions;

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
}
