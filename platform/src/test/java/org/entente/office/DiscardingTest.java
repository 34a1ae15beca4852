package org.entente.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.entente.files.FileNode;
import org.entente.files.Visitor;
import org.entente.identity.session.TestSession;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is unsaved is given up by who manages the file, and by nobody else. */
class DiscardingTest extends OfficeTown {

    private String address(UUID sitting) {
        return "sitting/" + sitting;
    }

    private List<String> told() {
        return jdbc.sql("SELECT subject_label FROM audit.entry WHERE act = 'office.discarded' AND member = ?")
                .param(givors.value())
                .query(String.class)
                .list();
    }

    @Test
    void whoeverManagesTheFileGivesUpADraftAndTheNextOneBeginsFromTheFile() throws Exception {
        UUID sitting = seeded();
        typing(sitting, 3);
        Line line = line(bruno, sitting, 0);
        assertThat(opened(anne).get("manages").asBoolean()).isTrue();

        done(send(anne, "DELETE", address(sitting), new byte[0]));

        soon().until(() -> line.closed == 4410);
        assertThat(told()).containsExactly("Note.docx");
        JsonNode again = opened(bruno);
        assertThat(again.get("sitting").asString()).isNotEqualTo(sitting.toString());
        assertThat(again.get("seeded").asBoolean()).isFalse();
        assertThat(again.get("unsaved").asBoolean()).isFalse();
        assertThat(text()).contains("Bonjour");
        assertThat(jdbc.sql("SELECT count(*) FROM office.entry WHERE sitting = ?")
                        .param(sitting)
                        .query(Integer.class)
                        .single())
                .isZero();
        refused(send(anne, "DELETE", address(sitting), new byte[0]), 404, "office.ended");
    }

    @Test
    void nobodyElseGivesItUp() throws Exception {
        UUID sitting = seeded();
        typing(sitting, 1);
        Visitor other = town.agent(town.member("Corbas"), "Zoé", null);
        Person stranger = new Person(other, TestSession.start(jdbc, other.person(), other.capacity()));

        assertThat(opened(bruno).get("manages").asBoolean()).isFalse();
        refused(send(bruno, "DELETE", address(sitting), new byte[0]), 403, "file.not-manager");
        refused(send(reader, "DELETE", address(sitting), new byte[0]), 403, "file.not-manager");
        refused(send(stranger, "DELETE", address(sitting), new byte[0]), 404, "file.unknown");
        refused(send(anne, "DELETE", address(UUID.randomUUID()), new byte[0]), 404, "office.ended");

        assertThat(opened(anne).get("unsaved").asBoolean()).isTrue();
        assertThat(told()).isEmpty();
    }

    @Test
    void aSittingOfAnotherFileIsNotGivenUpByTheManagerOfThisOne() throws Exception {
        UUID sitting = seeded();
        typing(sitting, 1);
        FileNode mine = files.write(
                bruno.visitor(),
                town.home(bruno.visitor()),
                "Autre.docx",
                new java.io.ByteArrayInputStream(docx("x")),
                org.entente.files.Writing.PLAIN);
        FileNode theirs = file;
        file = mine;

        refused(send(bruno, "DELETE", address(sitting), new byte[0]), 404, "office.ended");

        file = theirs;
        assertThat(opened(anne).get("unsaved").asBoolean()).isTrue();
    }
}
