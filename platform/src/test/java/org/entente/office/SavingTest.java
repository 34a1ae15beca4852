package org.entente.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.UUID;
import org.entente.files.FileHistory;
import org.entente.files.FileNode;
import org.entente.files.Writing;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class SavingTest extends OfficeTown {

    @Autowired
    FileHistory history;

    private void replacedElsewhere(String text) throws Exception {
        files.write(
                anne.visitor(),
                town.home(anne.visitor()),
                "Note.docx",
                new ByteArrayInputStream(docx(text)),
                Writing.PLAIN);
    }

    @Test
    void aSavingIsOneVersionOfTheFileByWhoSaved() throws Exception {
        UUID sitting = seeded();
        Line line = typing(sitting, 3);
        assertThat(opened(bruno).get("unsaved").asBoolean()).isTrue();
        assertThat(history.versions(anne.visitor(), file.id())).isEmpty();

        done(save(bruno, sitting, leaseToSave(bruno, sitting), 4, "Bonjour à tous", ""));

        assertThat(text()).contains("Bonjour à tous");
        assertThat(history.versions(anne.visitor(), file.id())).hasSize(1);
        assertThat(files.node(anne.visitor(), file.id()).changedBy())
                .isEqualTo(bruno.visitor().capacity());
        assertThat(opened(bruno).get("unsaved").asBoolean()).isFalse();
        soon().until(() -> line.said("state").stream().anyMatch(said -> said.contains("\"saved\":4")));
        refused(send(anne, "POST", "saving", json("{'sitting':'%s','asked':true}", sitting)), 409, "office.saved");
    }

    @Test
    void whatIsNoDocumentIsNotSaved() throws Exception {
        UUID sitting = seeded();
        typing(sitting, 1);
        JsonNode lease = leaseToSave(anne, sitting);
        String path = "save?sitting=" + sitting + "&lease=" + lease.get("lease").asString() + "&covers=2";

        refused(send(anne, "PUT", path, "PK nothing".getBytes()), 422, "office.not-docx");
        refused(send(anne, "PUT", path, new byte[0]), 422, "office.not-docx");
        refused(send(anne, "PUT", path, new byte[21 * 1024 * 1024]), 413, "office.too-large");
        done(send(anne, "PUT", path, docx("Voilà")));
    }

    @Test
    void aFileThatWasReplacedElsewhereIsNotOverwrittenUntilPeopleSaySo() throws Exception {
        UUID sitting = seeded();
        Line line = typing(sitting, 2);

        replacedElsewhere("Par WebDAV");

        soon().until(() -> !line.said("changed").isEmpty());
        JsonNode lease = leaseToSave(anne, sitting);
        HttpRefusal refusal = new HttpRefusal(save(anne, sitting, lease, 3, "À deux", ""));
        assertThat(refusal.code()).isEqualTo("office.changed");
        assertThat(text()).contains("Par WebDAV");

        done(save(anne, sitting, lease, 3, "À deux", "&over=" + refusal.content()));
        assertThat(text()).contains("À deux");
        List<FileHistory.Version> versions = history.versions(anne.visitor(), file.id());
        assertThat(versions).as("the first, and the one from elsewhere").hasSize(2);
        assertThat(line.closed).isZero();
    }

    record HttpRefusal(java.net.http.HttpResponse<String> answer) {
        String code() {
            return JSON.readTree(answer.body()).get("code").asString();
        }

        String content() {
            return JSON.readTree(answer.body()).get("content").asString();
        }
    }

    @Test
    void orKeptBesideItAsACopy() throws Exception {
        UUID sitting = seeded();
        Line line = typing(sitting, 2);
        replacedElsewhere("Par WebDAV");
        soon().until(() -> !line.said("changed").isEmpty());

        refused(send(anne, "PUT", "copy?sitting=" + sitting + "&covers=2", docx("x")), 409, "office.stale");
        JsonNode copied = done(send(anne, "PUT", "copy?sitting=" + sitting + "&covers=3", docx("À deux")));

        assertThat(copied.get("ended").asBoolean()).isTrue();
        assertThat(text()).contains("Par WebDAV");
        FileNode copy = files.node(
                anne.visitor(), org.entente.files.NodeId.of(copied.get("node").asString()));
        assertThat(copy.name()).startsWith("Note (").endsWith(").docx");
        assertThat(text(anne.visitor(), copy)).contains("À deux");
        soon().until(() -> line.closed == 4410);
        assertThat(opened(anne).get("sitting").asString()).isNotEqualTo(sitting.toString());
    }

    @Test
    void aFileReplacedElsewhereWithNothingUnsavedIsOpenedAnew() throws Exception {
        UUID sitting = seeded();
        Line line = line(anne, sitting, 0);

        replacedElsewhere("Nouvelle");

        soon().until(() -> line.closed == 4411);
        JsonNode again = opened(bruno);
        assertThat(again.get("seeded").asBoolean()).isFalse();
        assertThat(again.get("changed").isNull()).isTrue();
    }

    @Test
    void aDraftThatNobodySavedIsThereWhenTheDocumentIsOpenedAgain() throws Exception {
        UUID sitting = seeded();
        typing(sitting, 2).kill();

        JsonNode again = opened(bruno);

        assertThat(again.get("sitting").asString()).isEqualTo(sitting.toString());
        assertThat(again.get("unsaved").asBoolean()).isTrue();
        Line line = line(bruno, sitting, 0);
        soon().until(() -> line.updates.size() == 3);
    }

    @Test
    void aNodeThatDiedBehindTheWritingHasSaved() throws Exception {
        UUID sitting = seeded();
        typing(sitting, 1);
        jdbc.sql("UPDATE office.sitting SET writing = ?, writing_seq = 2 WHERE id = ?")
                .params(sha256(docx("Écrit")), sitting)
                .update();
        replacedElsewhere("Écrit");

        JsonNode again = opened(bruno);

        assertThat(again.get("changed").isNull()).isTrue();
        assertThat(again.get("unsaved").asBoolean()).isFalse();
        assertThat(again.get("sitting").asString()).isEqualTo(sitting.toString());
    }

    @Test
    void whoGivesUpWhileItIsBeingWrittenHasSavedAllTheSame() throws Exception {
        UUID sitting = seeded();
        Line line = typing(sitting, 1);
        JsonNode lease = leaseToSave(anne, sitting);
        jdbc.sql("UPDATE office.sitting SET writing = ?, writing_seq = 2 WHERE id = ?")
                .params(sha256(docx("Écrit")), sitting)
                .update();

        done(send(anne, "DELETE", "saving/" + lease.get("lease").asString() + "?sitting=" + sitting, new byte[0]));
        replacedElsewhere("Écrit"); // what this saving writes

        assertThat(opened(bruno).get("unsaved").asBoolean()).isFalse();
        soon().until(() -> line.said("state").stream().anyMatch(said -> said.contains("\"saved\":2")));
        assertThat(line.said("changed")).isEmpty();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void aFileLockedByAnotherProgramIsNotWritten() throws Exception {
        UUID sitting = seeded();
        typing(sitting, 1);
        jdbc.sql("""
                        INSERT INTO files.lock (token, space, node, exclusive, deep, owner, holder, taken_at, expires_at)
                        SELECT gen_random_uuid(), space, id, true, false, 'Word', ?, now(), now() + interval '1 hour' FROM files.node WHERE id = ?""")
                .params(bruno.visitor().capacity().value(), file.id().value())
                .update();

        refused(save(anne, sitting, leaseToSave(anne, sitting), 2, "x", ""), 409, "file.locked");

        assertThat(opened(anne).get("unsaved").asBoolean()).isTrue();
    }
}
