package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.Closeable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of files while the antivirus does not do its work, or not with one of them. */
class AntivirusAwayTest extends ScannedTown {

    @Test
    void whileItDoesNotAnswerFilesAreKeptAndServedOnceTheyWereScanned() throws Exception {
        clamd.kill();
        antivirus.look();
        FileNode good = town.write(anne, home, "bon.txt", "gardé");
        FileNode bad = write(anne, home, "mauvais.txt", eicar("\nplus tard"));

        refused(good, "antivirus.away");
        mvc.perform(get("/api/files/nodes/{n}/content", good.id()).with(actors.signIn(anne.capacity())))
                .andExpect(status().isServiceUnavailable())
                .andExpect(jsonPath("$.detail", containsString("gardé")));
        mvc.perform(get("/api/operator/antivirus").with(actors.signIn(operator())))
                .andExpect(jsonPath("$.answers").value(false))
                .andExpect(jsonPath("$.waiting").value(2));
        mvc.perform(get("/api/operator/engines").with(actors.signIn(operator())))
                .andExpect(jsonPath("$[?(@.id == 'antivirus')].state").value("down"));

        clamd.start();
        awaitState(good, "clean");
        awaitState(bad, "found");
        assertThat(town.read(anne, good)).isEqualTo("gardé");
        mvc.perform(get("/api/operator/engines").with(actors.signIn(operator())))
                .andExpect(jsonPath("$[?(@.id == 'antivirus')].state").value("up"));
    }

    @Test
    void whatItCouldNotScanOnceIsScannedAgainAndNobodyIsAlarmed() throws Exception {
        // given an antivirus whose disk is full
        try (Closeable full = clamd.says("stream: Can't create temporary file ERROR")) {
            antivirus.look();
            FileNode file = town.write(anne, home, "d.txt", "rien de mal, disque plein");
            await().untilAsserted(() -> assertThat(later(file)).isOne());

            // when there is room again, and the minute is over
            jdbc.sql("UPDATE scanning.content SET due = now() WHERE content = ?")
                    .param(contentOf(file))
                    .update();

            // then
            awaitState(file, "clean");
            assertThat(town.read(anne, file)).isEqualTo("rien de mal, disque plein");
            for (String act : List.of("antivirus.found", "antivirus.withheld", "antivirus.unscanned")) {
                assertThat(told(act, givors)).as(act).isEmpty();
            }
        }
    }

    /** Counted, still to be scanned, and put back for less than a scan may last. */
    private int later(FileNode file) {
        return jdbc.sql("""
                        SELECT count(*) FROM scanning.content WHERE content = ? AND attempts = 1 AND state = 'waiting'
                            AND due BETWEEN now() + interval '1 second' AND now() + interval '1 minute'""").param(contentOf(file)).query(Integer.class).single();
    }

    @Test
    void whatItsEndIsWithIsGivenUpAndWithheld() throws Exception {
        clamd.kill();
        antivirus.look();
        FileNode file = town.write(anne, home, "c.txt", "mortel");
        jdbc.sql("UPDATE scanning.content SET attempts = 40 WHERE content = ?")
                .param(contentOf(file))
                .update();

        clamd.start();

        awaitState(file, "failed");
        refused(file, "antivirus.failed");
        assertThat(told("antivirus.unscanned", givors)).containsExactly("c.txt");
        assertThat(told("antivirus.withheld", givors)).as("no virus was found").isEmpty();
        mvc.perform(post("/api/members/{m}/quarantine/{c}/release", givors.value(), contentOf(file))
                        .with(actors.signIn(boss.capacity())))
                .andExpect(status().isNoContent());
        assertThat(town.read(anne, file)).isEqualTo("mortel");
    }

    @Test
    void whileItFailsAtEverythingNoContentIsBlamedAndOperatorsSeeIt() throws Exception {
        // given one more try that would count, and the file is set aside
        clamd.full(true);
        try {
            FileNode file = town.write(anne, home, "e.txt", "rien de mal, plus de place");
            jdbc.sql("UPDATE scanning.content SET attempts = 3 WHERE content = ?")
                    .param(contentOf(file))
                    .update();

            // when it is tried over and over
            await().untilAsserted(
                            () -> mvc.perform(get("/api/operator/antivirus").with(actors.signIn(operator())))
                                    .andExpect(jsonPath("$.answers").value(false))
                                    .andExpect(jsonPath("$.detail", containsString("scans nothing"))));
            for (int again = 0; again < 5; again++) {
                jdbc.sql("UPDATE scanning.content SET due = now() WHERE content = ?")
                        .param(contentOf(file))
                        .update();
                await().until(() -> putBack(file));
            }

            // then
            assertThat(state(file)).isEqualTo("waiting");
            refused(file, "antivirus.away");
            mvc.perform(get("/api/operator/engines").with(actors.signIn(operator())))
                    .andExpect(jsonPath("$[?(@.id == 'antivirus')].state").value("down"));
            // one that failed while it was full may be tried with harmless bytes when it is not any more
            jdbc.sql("UPDATE scanning.content SET attempts = 0 WHERE content = ?")
                    .param(contentOf(file))
                    .update();
            clamd.full(false);
            awaitState(file, "clean");
            assertThat(town.read(anne, file)).isEqualTo("rien de mal, plus de place");
            assertThat(told("antivirus.unscanned", givors)).isEmpty();
        } finally {
            clamd.full(false);
        }
    }

    /** Tried, and to be tried again. */
    private boolean putBack(FileNode file) {
        return jdbc.sql("SELECT due > now() OR state <> 'waiting' FROM scanning.content WHERE content = ?")
                .param(contentOf(file))
                .query(Boolean.class)
                .single();
    }
}
