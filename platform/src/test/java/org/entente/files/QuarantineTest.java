package org.entente.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.testing.TestClamd;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** What is set aside, who is told and what they do about it; and what is scanned later or again. */
class QuarantineTest extends ScannedTown {

    @Autowired
    FileHistory history;

    @Test
    void whoeverPutItAndTheAdministratorsAreToldAndOneOfTheseReleasesIt() throws Exception {
        FileNode file = write(anne, home, "faux.txt", eicar("\nfaux positif"));
        MemberId corbas = town.member("Corbas");
        Visitor other = town.agent(corbas, "Zoé", null);
        Visitor otherBoss = admin(corbas);
        FileNode theirs = write(other, town.home(other), "faux.txt", eicar("\nfaux positif"));
        awaitState(file, "found");
        awaitState(theirs, "found");

        assertThat(told("antivirus.found", givors)).containsExactly("faux.txt");
        assertThat(told("antivirus.withheld", givors)).containsExactly("faux.txt");
        UUID content = contentOf(file);
        mvc.perform(get("/api/members/{m}/quarantine", givors.value()).with(actors.signIn(boss.capacity())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$", hasSize(1)))
                .andExpect(jsonPath("$[0].content").value(content.toString()))
                .andExpect(jsonPath("$[0].virus").value(TestClamd.NAME))
                .andExpect(jsonPath("$[0].files[0].name").value("faux.txt"))
                .andExpect(jsonPath("$[0].files[0].putBy").value("Anne Essai"));
        String release = "/api/members/" + givors.value() + "/quarantine/" + content + "/release";
        mvc.perform(post(release).with(actors.signIn(anne.capacity()))).andExpect(status().isForbidden());
        mvc.perform(post(release).with(actors.signIn(otherBoss.capacity()))).andExpect(status().isForbidden());
        mvc.perform(post("/api/members/{m}/quarantine/{c}/release", corbas.value(), content)
                        .with(actors.signIn(otherBoss.capacity())))
                .andExpect(status().isNotFound());
        refused(file, "antivirus.found");

        mvc.perform(post(release).with(actors.signIn(boss.capacity()))).andExpect(status().isNoContent());

        assertThat(town.read(anne, file)).contains("faux positif");
        assertThat(told("antivirus.released", givors)).containsExactly(TestClamd.NAME);
        assertThatThrownBy(() -> town.read(other, theirs))
                .as("what another member keeps is that member's to release")
                .isInstanceOf(Refusal.class);
        mvc.perform(post("/api/operator/antivirus/rescan").with(actors.signIn(operator())))
                .andExpect(status().isOk());
        await().untilAsserted(() -> assertThat(due()).isZero());
        assertThat(town.read(anne, file)).as("the same again stays released").contains("faux positif");
    }

    private int due() {
        return jdbc.sql("SELECT count(*) FROM scanning.content WHERE due IS NOT NULL")
                .query(Integer.class)
                .single();
    }

    @Test
    void whatWasThereBeforeIsScannedByItselfAndWhatIsOpenedGoesFirst() throws Exception {
        FileNode old = town.write(anne, home, "ancien.txt", "d’avant");
        FileNode bad = write(anne, home, "ancien-mauvais.txt", eicar("\nd’avant"));
        FileNode opened = town.write(anne, home, "ouvert.txt", "tout de suite");
        awaitState(bad, "found");
        awaitState(old, "clean");
        jdbc.sql("DELETE FROM scanning.content").update();

        assertThat(town.read(anne, opened)).isEqualTo("tout de suite");
        assertThat(state(bad)).isEqualTo("unknown");
        refused(bad, "antivirus.found");
        antivirus.sweep();
        awaitState(old, "clean");
    }

    @Test
    void whatTheAntivirusHasLearntIsLookedForInWhatCameBefore() throws Exception {
        FileNode file = town.write(anne, home, "b.txt", "une-signature-de-demain");
        assertThat(town.read(anne, file)).contains("demain");

        clamd.kill();
        clamd.knows("Entente.Test.Demain", "une-signature-de-demain".getBytes(UTF_8));
        clamd.start();
        jdbc.sql("UPDATE scanning.antivirus SET signatures = 'ClamAV 1.0/1/hier'")
                .update();
        antivirus.look();

        awaitState(file, "found");
        refused(file, "antivirus.found");
        assertThat(told("antivirus.found", givors)).containsExactly("b.txt");
    }

    @Test
    void whatIsKnownToBeAVirusIsToldEachTimeItIsPut() throws Exception {
        byte[] virus = eicar("\nencore une fois");
        awaitState(write(anne, home, "un.txt", virus), "found");

        write(anne, home, "deux.txt", virus);
        write(anne, home, "deux.txt", "sain".getBytes(UTF_8));
        write(anne, home, "deux.txt", virus);

        assertThat(told("antivirus.found", givors)).containsExactlyInAnyOrder("un.txt", "deux.txt", "deux.txt");
        assertThat(told("antivirus.withheld", givors)).containsExactlyInAnyOrder("un.txt", "deux.txt", "deux.txt");
    }

    @Test
    void anAdministratorDeletesItWhoseverItIsAndWhatWasSoundComesBack() throws Exception {
        byte[] virus = eicar("\nà supprimer");
        Visitor bruno = town.agent(givors, "Bruno", null);
        FileNode folder = files.makeFolder(anne, home, "Dossier");
        FileNode only = write(anne, folder.id(), "seul.txt", virus);
        town.write(anne, folder.id(), "sain-avant.txt", "sain avant");
        FileNode before = write(anne, folder.id(), "sain-avant.txt", virus);
        write(bruno, town.home(bruno), "sain-après.txt", virus);
        FileNode after = town.write(bruno, town.home(bruno), "sain-après.txt", "sain après");
        FileNode thrown = write(anne, folder.id(), "jeté.txt", virus);
        awaitState(only, "found");
        files.trash(anne, List.of(thrown.id()));
        UUID content = contentOf(only);
        FileNode other = write(anne, home, "autre.txt", eicar("\nun autre"));
        awaitState(other, "found");

        delete(boss, givors, content).andExpect(status().isNoContent());

        assertThat(files.find(anne, folder.id(), List.of("seul.txt"))).isEmpty();
        assertThat(town.read(anne, before)).isEqualTo("sain avant");
        assertThat(history.versions(anne, before.id())).isEmpty();
        assertThat(town.read(bruno, after)).isEqualTo("sain après");
        assertThat(history.versions(bruno, after.id())).isEmpty();
        assertThat(files.node(anne, folder.id()).size()).isEqualTo("sain avant".length());
        assertThat(history.bin(anne, folder.space(), null, 10)).isEmpty();
        assertThat(used(anne)).isEqualTo("sain avant".length() + other.size());
        assertThat(used(bruno)).isEqualTo("sain après".getBytes(UTF_8).length);
        assertThat(told("antivirus.deleted", givors))
                .containsExactlyInAnyOrder("seul.txt", "sain-avant.txt", "sain-après.txt", "jeté.txt");
        mvc.perform(get("/api/members/{m}/quarantine", givors.value()).with(actors.signIn(boss.capacity())))
                .andExpect(jsonPath("$", hasSize(1)))
                .andExpect(jsonPath("$[0].files[0].name").value("autre.txt"));
        delete(boss, givors, content).andExpect(status().isNotFound());
    }

    @Test
    void whatIsTooLargeToBeScannedAndServedComesBackToo() throws Exception {
        FileNode large = town.write(anne, home, "film.txt", "un film");
        awaitState(large, "clean");
        jdbc.sql("UPDATE scanning.content SET state = 'large' WHERE content = ?")
                .param(contentOf(large))
                .update();
        delete(boss, givors, contentOf(large)).andExpect(status().isNotFound());
        FileNode bad = write(anne, home, "film.txt", eicar("\naprès le film"));
        awaitState(bad, "found");

        delete(boss, givors, contentOf(bad)).andExpect(status().isNoContent());

        assertThat(town.read(anne, files.node(anne, large.id()))).isEqualTo("un film");
    }

    @Test
    void nobodyElseDeletesItAndNothingButWhatIsWithheldIsDeleted() throws Exception {
        FileNode file = write(anne, home, "garde.txt", eicar("\nà garder"));
        FileNode good = town.write(anne, home, "bon.txt", "bon");
        awaitState(file, "found");
        awaitState(good, "clean");
        MemberId corbas = town.member("Corbas");
        Visitor otherBoss = admin(corbas);

        delete(anne, givors, contentOf(file)).andExpect(status().isForbidden());
        delete(otherBoss, givors, contentOf(file)).andExpect(status().isForbidden());
        delete(otherBoss, corbas, contentOf(file)).andExpect(status().isNotFound());
        delete(boss, givors, contentOf(good)).andExpect(status().isNotFound());
        delete(boss, givors, UUID.randomUUID()).andExpect(status().isNotFound());

        assertThat(files.find(anne, home, List.of("garde.txt"))).isPresent();
        assertThat(town.read(anne, good)).isEqualTo("bon");
        assertThat(told("antivirus.deleted", givors)).isEmpty();
    }

    private ResultActions delete(Visitor by, MemberId member, UUID content) throws Exception {
        return mvc.perform(MockMvcRequestBuilders.delete("/api/members/{m}/quarantine/{c}", member.value(), content)
                .with(actors.signIn(by.capacity())));
    }

    private long used(Visitor whose) {
        return jdbc.sql("SELECT used FROM files.space WHERE capacity = ?")
                .param(whose.capacity().value())
                .query(Long.class)
                .single();
    }
}
