package org.entente.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whose turn it is to save. */
class SavingTurnTest extends OfficeTown {

    @Test
    void onlyOneSavesAtATimeAndNotWithoutTheLease() throws Exception {
        UUID sitting = seeded();
        typing(sitting, 1);
        JsonNode lease = leaseToSave(anne, sitting);

        refused(send(bruno, "POST", "saving", json("{'sitting':'%s','asked':true}", sitting)), 409, "office.saving");
        JsonNode forged = JSON.createObjectNode().put("lease", UUID.randomUUID().toString());
        refused(save(bruno, sitting, forged, 2, "x", ""), 409, "office.stale");
        done(send(anne, "DELETE", "saving/" + lease.get("lease").asString() + "?sitting=" + sitting, new byte[0]));
        done(save(bruno, sitting, leaseToSave(bruno, sitting), 2, "Salut", ""));
        refused(save(anne, sitting, lease, 2, "y", ""), 409, "office.stale");

        assertThat(text()).contains("Salut");
    }

    @Test
    void browsersDoNotSaveByThemselvesTooOften() throws Exception {
        UUID sitting = seeded();
        typing(sitting, 1);

        refused(send(anne, "POST", "saving", json("{'sitting':'%s'}", sitting)), 409, "office.saving");
        jdbc.sql("UPDATE office.sitting SET made_at = made_at - interval '6 minutes' WHERE id = ?")
                .param(sitting)
                .update();
        done(send(anne, "POST", "saving", json("{'sitting':'%s'}", sitting)));
    }

    @Test
    void whoDoesNotHaveEverythingMayNotSave() throws Exception {
        UUID sitting = seeded();
        typing(sitting, 3);
        JsonNode lease = leaseToSave(bruno, sitting);

        refused(save(bruno, sitting, lease, 3, "x", ""), 409, "office.stale");
        refused(save(bruno, sitting, lease, 99, "x", ""), 422, "office.unknown-state");
        assertThat(text()).contains("Bonjour");
    }

    @Test
    void whoeverHadTheLeaseAndIsNotThereAnyMoreKeepsNobodyWaiting() throws Exception {
        UUID sitting = seeded();
        Line line = typing(sitting, 1);
        JsonNode lease = leaseToSave(anne, sitting);
        byte[] asked = json("{'sitting':'%s','asked':true}", sitting);
        refused(send(bruno, "POST", "saving", asked), 409, "office.saving");

        line.kill();

        soon().until(() -> send(bruno, "POST", "saving", asked).statusCode() == 200);
        refused(save(anne, sitting, lease, 2, "x", ""), 409, "office.stale");
    }

    @Test
    void butNobodyTakesItWhileItIsJustBeingWritten() throws Exception {
        UUID sitting = seeded();
        Line line = typing(sitting, 1);
        leaseToSave(anne, sitting);
        jdbc.sql("UPDATE office.sitting SET writing = 'x', writing_seq = 2 WHERE id = ?")
                .param(sitting)
                .update();

        line.kill();
        soon().until(() -> jdbc.sql("SELECT count(*) FROM office.presence WHERE sitting = ?")
                        .param(sitting)
                        .query(Integer.class)
                        .single()
                == 0);

        refused(send(bruno, "POST", "saving", json("{'sitting':'%s','asked':true}", sitting)), 409, "office.saving");
    }
}
