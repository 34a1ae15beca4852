package org.entente.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.entente.files.SpaceRole;
import org.entente.files.Writing;
import org.entente.identity.session.TestSession;
import org.junit.jupiter.api.Test;

/** Who is let into a document, and who is sent away. */
class RefusedLineTest extends OfficeTown {

    @Test
    void onlyPagesOfThisPlaceOpenALine() throws Exception {
        UUID sitting = seeded();

        assertThat(refusal(here(), anne.session(), sitting, 0)).isEqualTo(101);
        assertThat(refusal("https://ailleurs.example", anne.session(), sitting, 0))
                .isEqualTo(403);
        assertThat(refusal("http://127.0.0.1:1", anne.session(), sitting, 0)).isEqualTo(403);
        assertThat(refusal("null", anne.session(), sitting, 0)).isEqualTo(403);
        assertThat(refusal("", anne.session(), sitting, 0)).isEqualTo(403);
    }

    @Test
    void strangersAndThoseWithoutARightSeeNothing() throws Exception {
        UUID sitting = seeded();
        Person stranger = person("David");
        givors = town.member("Grigny");
        Person elsewhere = person("Élise");

        assertThat(refusal(here(), new TestSession("nothing"), sitting, 0)).isEqualTo(401);
        assertThat(refusal(here(), stranger.session(), sitting, 0)).isEqualTo(4403);
        assertThat(refusal(here(), elsewhere.session(), sitting, 0)).isEqualTo(4403);
        for (String what : new String[] {"sitting", "seeding", "saving"}) {
            refused(send(elsewhere, "POST", what, json("{'sitting':'%s'}", sitting)), 404, "file.unknown");
        }
        for (String what : new String[] {"seed", "save", "state", "copy"}) {
            String path = what + "?sitting=" + sitting + "&lease=" + UUID.randomUUID() + "&covers=1";
            refused(send(elsewhere, "PUT", path, docx("x")), 404, "file.unknown");
        }
    }

    @Test
    void aLineNeedsASittingThatIsThere() throws Exception {
        UUID sitting = seeded();

        assertThat(refusal(here(), anne.session(), UUID.randomUUID(), 0)).isEqualTo(4410);
        assertThat(refusal(here(), anne.session(), sitting, 2))
                .as("more than there is")
                .isEqualTo(4410);
        assertThat(refusal(here(), anne.session(), sitting, -1)).isEqualTo(4410);
        files.write(
                anne.visitor(),
                town.home(anne.visitor()),
                "Note.docx",
                new ByteArrayInputStream(new byte[21 * 1024 * 1024]),
                Writing.PLAIN);
        assertThat(refusal(here(), anne.session(), sitting, 0))
                .as("too large now")
                .isEqualTo(4410);
        HttpResponse<String> plain = send(anne, "GET", "live?sitting=" + sitting, new byte[0]);
        assertThat(plain.statusCode()).isIn(403, 422);
    }

    @Test
    void tooManyWindowsOfOnePersonAreRefused() throws Exception {
        UUID sitting = seeded();
        for (int n = 0; n < 4; n++) {
            line(anne, sitting, 0);
        }

        assertThat(refusal(here(), anne.session(), sitting, 0)).isEqualTo(4430);
        assertThat(refusal(here(), bruno.session(), sitting, 0)).isEqualTo(101);
    }

    @Test
    void windowsThatComeAtTheSameMomentAreNoMoreThanTheMost() throws Exception {
        UUID sitting = seeded();
        List<Line> lines = new CopyOnWriteArrayList<>();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < 16; n++) {
                many.submit(() -> lines.add(line(anne, sitting, 0)));
            }
        }

        soon().until(() -> lines.stream()
                .allMatch(line -> line.closed == 4430 || !line.said("state").isEmpty()));
        assertThat(lines.stream().filter(line -> line.closed == 0).count()).isLessThanOrEqualTo(4);
        assertThat(there(anne)).isLessThanOrEqualTo(4);
    }

    @Test
    void aLineThatCouldNotBeEnteredIsNotThere() throws Exception {
        UUID sitting = seeded();
        jdbc.sql("""
                        CREATE FUNCTION office.fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$;
                        CREATE TRIGGER fails BEFORE INSERT ON office.presence FOR EACH ROW WHEN (NEW.person = '%s') EXECUTE FUNCTION office.fails()""".formatted(anne.visitor().person().value())).update();
        try {
            Line line = line(anne, sitting, 0);
            soon().until(() -> line.closed != 0);
        } finally {
            jdbc.sql("DROP FUNCTION office.fails() CASCADE").update();
        }

        Line ofBruno = line(bruno, sitting, 0);
        ofBruno.raw(Yjs.here(3, 1, "{}"));
        soon().until(() -> jdbc.sql("SELECT count(*) FROM office.presence WHERE sitting = ? AND state IS NOT NULL")
                        .param(sitting)
                        .query(Integer.class)
                        .single()
                == 1);
        assertThat(there(anne)).isZero();
    }

    @Test
    void whoIsNoLongerAllowedIsCutOffWithinSeconds() throws Exception {
        UUID sitting = seeded();
        Line ofBruno = line(bruno, sitting, 0);
        Line ofReader = line(reader, sitting, 0);
        Line ofAnne = line(anne, sitting, 0);

        unshare(bruno);
        soon().until(() -> ofBruno.closed == 4403);
        assertThat(refusal(here(), bruno.session(), sitting, 0)).isEqualTo(4403);

        jdbc.sql("DELETE FROM identity.session WHERE person = ?")
                .param(reader.visitor().person().value())
                .update();
        soon().until(() -> ofReader.closed == 4401);
        assertThat(ofAnne.closed).isZero();
    }

    @Test
    void aCapacityThatEndsEndsItsLines() throws Exception {
        UUID sitting = seeded();
        Line ofBruno = line(bruno, sitting, 0);

        town.ends(bruno.visitor());

        soon().until(() -> ofBruno.closed == 4401 || ofBruno.closed == 4403);
        assertThat(refusal(here(), bruno.session(), sitting, 0)).isIn(401, 409, 4401, 4403);
    }

    @Test
    void whoMayOnlyReadNowWritesNoMore() throws Exception {
        UUID sitting = seeded();
        Line ofBruno = line(bruno, sitting, 0);

        unshare(bruno);
        share(bruno, SpaceRole.READ);

        soon().until(() -> ofBruno.closed != 0);
        assertThat(ofBruno.closed).isIn(4403, 4409);
        Line again = line(bruno, sitting, 0);
        again.write(Yjs.typed(9, 0, "x"));
        again.raw(new byte[] {0, 0, 1, 0});
        soon().until(() -> again.synced);
        assertThat(jdbc.sql("SELECT seq FROM office.sitting WHERE id = ?")
                        .param(sitting)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whoeverIgnoresThatTheyWereSentAwayIsNotHeard() throws Exception {
        UUID sitting = seeded();
        Line line = line(bruno, sitting, 0);
        line.ignoresClosing = true;

        line.raw(new byte[] {9});
        soon().until(() -> line.closed == 4422);
        line.write(Yjs.typed(2, 0, "malgré tout"));
        line.close();

        soon().until(() -> there(bruno) == 0);
        assertThat(jdbc.sql("SELECT seq FROM office.sitting WHERE id = ?")
                        .param(sitting)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    /** The status of the handshake, or the number with which the line was closed at once; 101 for a line. */
    private int refusal(String origin, TestSession session, UUID sitting, long since) {
        try {
            Line line = Line.open(here(), origin, session, file.id(), sitting, since);
            soon().until(() -> line.closed != 0 || !line.said("state").isEmpty());
            if (line.closed != 0) {
                return line.closed;
            }
            line.close();
            return 101;
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(WebSocketHandshakeException.class);
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }
}
