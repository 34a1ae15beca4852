package org.entente.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Whole states that browsers send: the first of a file, and those in place of many entries. */
class StatesTest extends OfficeTown {

    @Autowired
    StateBodies bodies;

    @Test
    void noMoreThanAFewStatesAreTakenApartAtATime() throws Exception {
        UUID sitting = UUID.fromString(opened(anne).get("sitting").asString());
        String seed = "seed?sitting=" + sitting + "&lease=" + lease(anne, sitting);

        bodies.free.acquire(StateBodies.AT_ONCE);
        try {
            refused(send(anne, "PUT", seed, Yjs.typed(1, 0, "Bonjour")), 503, "office.busy");
            refused(send(anne, "PUT", seed, new byte[101 * 1024]), 413, "office.too-large");
        } finally {
            bodies.free.release(StateBodies.AT_ONCE);
        }
        refused(send(anne, "PUT", seed, new byte[] {1, 2, 3}), 422, "office.broken");
        done(send(anne, "PUT", seed, Yjs.typed(1, 0, "Bonjour")));
        assertThat(bodies.free.availablePermits()).isEqualTo(StateBodies.AT_ONCE);
    }

    @Test
    void aLongDraftBecomesOneStateOnlyOfWhatIsSavedAndOnlyByOneThatKnowsItAll() throws Exception {
        UUID sitting = seeded();
        Line line = typing(sitting, 3);
        JsonNode lease = leaseToSave(anne, sitting);
        String state =
                "state?sitting=" + sitting + "&lease=" + lease.get("lease").asString() + "&covers=";
        refused(send(anne, "PUT", state + 4, Yjs.both()), 409, "office.stale");
        done(save(anne, sitting, lease, 4, "x", ""));
        line.write(Yjs.typed(3, 0, "plus tard"));
        soon().until(() -> line.acknowledged() == 4);

        refused(send(anne, "PUT", state + 4, Yjs.typed(1, 0, "Bonjour")), 422, "office.unknown-state");
        refused(send(anne, "PUT", state + 4, new byte[] {1, 2, 3}), 422, "office.broken");
        refused(send(anne, "PUT", state + 5, Yjs.both()), 409, "office.stale");
        for (int none : new int[] {0, -1}) {
            refused(send(anne, "PUT", state + none, Yjs.both()), 409, "office.stale");
        }
        done(send(anne, "PUT", state + 4, Yjs.both()));
        refused(send(anne, "PUT", state + 3, Yjs.both()), 409, "office.stale"); // it is in the other already
        leaseToSave(bruno, sitting);
        refused(send(anne, "PUT", state + 4, Yjs.both()), 409, "office.stale");

        Line later = line(bruno, sitting, 0);
        soon().until(() -> later.at() == 5);
        assertThat(later.updates).hasSize(2);
        assertThat(later.heard().get(1)).contains("plustard");
    }

    @Test
    void aStateThatReplacesWhatWasWrittenIsInTheShareOfWhoeverPutsIt() throws Exception {
        // given what Bruno has in another document, up to a few bytes of his share of 250 KB
        UUID other = jdbc.sql("""
                        INSERT INTO office.sitting (node, base, made_at, written_at) VALUES (gen_random_uuid(), 'x', now(), now()) RETURNING id""").query(UUID.class).single();
        jdbc.sql("INSERT INTO office.entry (sitting, seq, body, by, at) VALUES (?, 1, ?, ?, now())")
                .params(
                        other,
                        new byte[250 * 1024 - 100],
                        bruno.visitor().capacity().value())
                .update();
        UUID sitting = seeded();
        typing(sitting, 3);
        JsonNode lease = leaseToSave(bruno, sitting);
        done(save(bruno, sitting, lease, 4, "x", ""));
        String state =
                "state?sitting=" + sitting + "&lease=" + lease.get("lease").asString() + "&covers=4";

        refused(send(bruno, "PUT", state, Yjs.both()), 413, "office.share-full");

        // and when there is room again
        jdbc.sql("DELETE FROM office.sitting WHERE id = ?").param(other).update();
        done(send(bruno, "PUT", state, Yjs.both()));
    }
}
