package org.entente.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class WritingTogetherTest extends OfficeTown {

    @Autowired
    LiveRooms rooms;

    @Test
    void whatOneWritesTheOthersReadInTheOrderInWhichItIsKept() throws Exception {
        UUID sitting = seeded();
        Line ofAnne = line(anne, sitting, 0);
        Line ofBruno = line(bruno, sitting, 0);
        Line ofReader = line(reader, sitting, 1);

        for (int n = 0; n < 20; n++) {
            ofAnne.write(Yjs.typed(2, n, "a"));
            ofBruno.write(Yjs.typed(3, n, "b"));
        }

        soon().until(() -> ofAnne.acknowledged() == 20 && ofBruno.acknowledged() == 20 && ofReader.at() == 41);
        List<String> kept = jdbc
                .sql("SELECT by FROM office.entry WHERE sitting = ? AND seq > 1 ORDER BY seq")
                .param(sitting)
                .query(UUID.class)
                .list()
                .stream()
                .map(by -> by.equals(anne.visitor().capacity().value()) ? "texta" : "textb")
                .toList();
        List<String> heard = new ArrayList<>(ofReader.heard().stream()
                .map(word -> word.endsWith("a") ? "texta" : "textb")
                .toList());
        assertThat(heard).isEqualTo(kept);
        // Her own comes back now and then, when it is read before it is known to be hers.
        assertThat(ofAnne.heard())
                .as("the file as it was, and what Bruno wrote")
                .filteredOn(word -> !word.endsWith("a"))
                .hasSize(21);
        assertThat(ofReader.controls.stream()
                        .filter(one -> one.path("t").asString().equals("state")))
                .isNotEmpty();
    }

    @Test
    void whatIsAcknowledgedIsInTheDatabaseAndUnreadableThere() throws Exception {
        UUID sitting = seeded();
        Line line = line(anne, sitting, 0);

        line.write(Yjs.typed(2, 0, "Vaulx-en-Velin"));
        soon().until(() -> line.acknowledged() == 1);

        byte[] body = jdbc.sql("SELECT body FROM office.entry WHERE sitting = ? AND seq = 2")
                .param(sitting)
                .query(byte[].class)
                .single();
        assertThat(new String(body, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("Vaulx");
        assertThat(Line.words(line(bruno, sitting, 1).firstUpdate())).contains("VaulxenVelin");
    }

    @Test
    void onlyOneMakesTheFirstStateOfTheFile() throws Exception {
        UUID sitting = UUID.fromString(opened(anne).get("sitting").asString());
        assertThat(opened(bruno).get("sitting").asString()).isEqualTo(sitting.toString());
        UUID lease = lease(anne, sitting);

        refused(send(bruno, "POST", "seeding", json("{'sitting':'%s'}", sitting)), 409, "office.seeding");
        refused(
                send(bruno, "PUT", "seed?sitting=" + sitting + "&lease=" + UUID.randomUUID(), Yjs.typed(1, 0, "x")),
                409,
                "office.seeding");
        done(send(anne, "PUT", "seed?sitting=" + sitting + "&lease=" + lease, Yjs.typed(1, 0, "x")));
        refused(
                send(anne, "PUT", "seed?sitting=" + sitting + "&lease=" + lease, Yjs.typed(1, 0, "y")),
                409,
                "office.seeding");
        assertThat(opened(bruno).get("seeded").asBoolean()).isTrue();
    }

    @Test
    void oneWhoGivesUpLetsTheNextOneMakeIt() throws Exception {
        UUID sitting = UUID.fromString(opened(anne).get("sitting").asString());
        UUID lease = lease(anne, sitting);

        done(send(anne, "DELETE", "seeding/" + lease + "?sitting=" + sitting, new byte[0]));

        assertThat(lease(bruno, sitting)).isNotEqualTo(lease);
    }

    @Test
    void whatAReaderSendsReachesNobodyAndIsNotKept() throws Exception {
        UUID sitting = seeded();
        Line ofReader = line(reader, sitting, 1);
        Line ofAnne = line(anne, sitting, 1);

        ofReader.write(Yjs.typed(9, 0, "intrus"));
        ofReader.raw(new byte[] {0, 0, 1, 0});
        soon().until(() -> ofReader.synced); // what came before is done with
        ofAnne.write(Yjs.typed(2, 0, "suite"));

        soon().until(() -> ofReader.heard().contains("textsuite"));
        assertThat(ofAnne.heard()).noneMatch(word -> word.contains("intrus"));
        assertThat(jdbc.sql("SELECT seq FROM office.sitting WHERE id = ?")
                        .param(sitting)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        refused(send(reader, "POST", "seeding", json("{'sitting':'%s'}", sitting)), 403, "file.read-only");
        refused(send(reader, "POST", "saving", json("{'sitting':'%s'}", sitting)), 403, "file.read-only");
        refused(send(reader, "PUT", "copy?sitting=" + sitting + "&covers=2", docx("x")), 403, "file.read-only");
    }

    @Test
    void namesAreThoseOfTheSessionWhateverABrowserClaims() throws Exception {
        UUID sitting = seeded();
        Line ofAnne = line(anne, sitting, 1);
        Line ofBruno = line(bruno, sitting, 1);

        ofBruno.raw(
                Yjs.here(
                        3,
                        1,
                        "{\"user\":{\"name\":\"Le maire\",\"color\":\"red\"},\"cursor\":{\"anchor\":{},\"head\":{}},\"more\":1}"));
        soon().until(() -> !ofAnne.presence.isEmpty());
        assertThat(ofAnne.others()).contains("Bruno Essai", "anchor").doesNotContain("maire", "more");

        ofBruno.raw(Yjs.here(2, 5, "{\"user\":{\"name\":\"x\"}}")); // of another client: not his to say
        ofBruno.close();
        soon().until(() -> ofAnne.others().contains("null"));
        assertThat(ofAnne.presence).hasSize(2);
    }

    @Test
    void whoComesLaterSeesWhoIsThere() throws Exception {
        UUID sitting = seeded();
        Line ofAnne = line(anne, sitting, 1);
        ofAnne.raw(Yjs.here(2, 1, "{\"cursor\":null}"));
        ofAnne.raw(new byte[] {0, 0, 1, 0});
        soon().until(() -> ofAnne.synced);

        Line ofReader = line(reader, sitting, 1);

        soon().until(() -> ofReader.others().contains("Anne Essai"));
    }

    @Test
    void nobodyIsSentAwayForComingWhileItIsAskedWhoMayStay() throws Exception {
        UUID sitting = seeded();
        line(bruno, sitting, 1);
        AtomicBoolean done = new AtomicBoolean();
        Thread asking = Thread.ofVirtual().start(() -> {
            while (!done.get()) {
                rooms.demand();
            }
        });

        List<Integer> sentAway = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            Line line = line(anne, sitting, 1);
            line.raw(new byte[] {0, 0, 1, 0});
            soon().until(() -> line.synced || line.closed != 0);
            sentAway.add(line.closed);
            line.kill();
            soon().until(() -> there(anne) == 0);
        }
        done.set(true);
        asking.join();

        assertThat(sentAway).containsOnly(0);
    }

    @Test
    void oneWhoComesBackReadsOnFromWhereTheyWere() throws Exception {
        UUID sitting = seeded();
        Line ofAnne = line(anne, sitting, 0);
        for (int n = 0; n < 120; n++) {
            ofAnne.write(Yjs.typed(2, n, "a"));
        }
        soon().until(() -> ofAnne.acknowledged() == 120);
        ofAnne.kill();

        Line again = line(anne, sitting, 100);

        soon().until(() -> again.at() == 121);
        assertThat(again.updates).hasSize(21);
    }
}
