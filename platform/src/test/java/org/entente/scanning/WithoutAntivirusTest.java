package org.entente.scanning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.FilesTown;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an antivirus found before it was turned off. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestS3.class, TestActors.class, FilesTown.class})
class WithoutAntivirusTest {

    @Autowired
    FilesTown town;

    @Autowired
    Files files;

    @Autowired
    ScanGate gate;

    @Autowired
    JdbcClient jdbc;

    private Visitor anne;
    private Visitor zoe;
    private FileNode file;

    @BeforeEach
    void aFileThatIsSharedWithSomebodyOfAnotherMember() throws IOException {
        anne = town.agent(town.member("Givors"), "Anne", null);
        zoe = town.agent(town.member("Corbas"), "Zoé", null);
        file = town.write(anne, town.home(anne), "facture.txt", "mauvais");
        town.share(file.id(), "c:" + zoe.capacity(), SpaceRole.EDIT);
    }

    @AfterEach
    void nothingWasFound() {
        jdbc.sql("DELETE FROM scanning.content").update();
        gate.started(null);
    }

    private UUID content(FileNode of) {
        return jdbc.sql("SELECT content FROM files.node WHERE id = ?")
                .param(of.id().value())
                .query(UUID.class)
                .single();
    }

    private void wasSaid(String state) {
        jdbc.sql("INSERT INTO scanning.content (content, member, size, state, virus) VALUES (?, ?, ?, ?, 'Essai')")
                .params(content(file), anne.member().value(), file.size(), state)
                .update();
    }

    private FileNode copied() {
        return files.copy(zoe, file.id(), town.home(zoe), "copie.txt", false, true);
    }

    @Test
    void whatWasFoundStaysWithheldWhereverItIsCopied() throws IOException {
        wasSaid("found");
        gate.started(null); // as when the platform starts

        FileNode copy = copied();

        assertThat(content(copy)).as("another member's keys").isNotEqualTo(content(file));
        assertThatThrownBy(() -> town.read(zoe, copy))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("antivirus.found"));
        assertThat(jdbc.sql("SELECT member FROM scanning.content WHERE content = ? AND state = 'found'")
                        .param(content(copy))
                        .query(UUID.class)
                        .single())
                .as("theirs to release")
                .isEqualTo(zoe.member().value());
    }

    @Test
    void whatOneMemberReleasedIsToBeScannedForAnother() throws IOException {
        wasSaid("released");
        jdbc.sql(
                        "INSERT INTO scanning.content (content, member, size, state, virus) VALUES (?, ?, 1, 'found', 'Essai')")
                .params(UUID.randomUUID(), anne.member().value())
                .update();
        gate.started(null);

        FileNode copy = copied();

        assertThat(jdbc.sql("SELECT state FROM scanning.content WHERE content = ?")
                        .param(content(copy))
                        .query(String.class)
                        .single())
                .isEqualTo("waiting");
        assertThat(town.read(zoe, copy)).isEqualTo("mauvais");
    }
}
