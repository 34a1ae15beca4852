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
import java.util.stream.IntStream;
import org.entente.files.SpaceRole;
import org.entente.files.Writing;
import org.entente.identity.session.TestSession;
import org.junit.jupiter.api.Test;

class RefusedLineTest extends OfficeTown {

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
    void bytesThatAreNoUpdateEndTheLineAndAreNotKept() throws Exception {
        UUID sitting = seeded();
        byte[][] hostile = {
            {9},
            {0},
            {0, 7},
            {0, 2, 1},
            {0, 2, 3, 1, 1, 1},
            {
                0,
                2,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff
            },
            Yjs.message(new byte[] {1, 1, 9, 0, 31, 0}),
            Yjs.message(new byte[] {1, 1, 9, 0, 5, 1, 1, 't', 1, '{', 0}),
            {1, 1, 1},
            {1, 4, 1, 1, 1, 0},
            Yjs.here(2, 1, "{\"cursor\":{\"a\":\"" + "x".repeat(5000) + "\"}}"),
            Yjs.here(2, 1, "[[["),
        };
        for (byte[] message : hostile) {
            Line line = line(bruno, sitting, 0);
            line.raw(message);
            soon().until(() -> line.closed == 4422);
        }
        Line text = line(bruno, sitting, 0);
        text.text("{\"t\":\"at\"}");
        soon().until(() -> text.closed == 4422);

        assertThat(jdbc.sql("SELECT count(*) FROM office.entry WHERE sitting = ?")
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

    /** How many lines somebody has. */
    private int there(Person person) {
        return jdbc.sql("SELECT count(*) FROM office.presence WHERE person = ?")
                .param(person.visitor().person().value())
                .query(Integer.class)
                .single();
    }

    @Test
    void whatIsLargerThanAMessageMayBeEndsTheLine() throws Exception {
        UUID sitting = seeded();
        Line line = line(anne, sitting, 0);

        line.write(Yjs.typed(2, 0, "x".repeat(70_000)));

        soon().until(() -> line.closed == 4413);
    }

    @Test
    void whatIsNotWrittenInTheDocumentIsShort() throws Exception {
        UUID sitting = seeded();
        for (int bytes : new int[] {20_000, 1_000_000}) {
            byte[] where = Yjs.here(2, 1, "{\"cursor\":{\"a\":\"" + "x".repeat(bytes) + "\"}}");
            for (Person person : new Person[] {reader, bruno}) {
                Line line = line(person, sitting, 0);
                line.raw(where);
                soon().until(() -> line.closed == 4413);
            }
        }
        Line ofReader = line(reader, sitting, 0);
        ofReader.write(new byte[70_000]);
        soon().until(() -> ofReader.closed == 4413);
    }

    @Test
    void moreThanABrowserSaysOfItselfAndOfOthersIsRefused() throws Exception {
        UUID sitting = seeded();
        byte[] many = Presence.At.message(IntStream.rangeClosed(0, 1000)
                .mapToObj(n -> new Presence.At(n, 1, "{}"))
                .toList());
        byte[] padded = Yjs.here(2, 1, "{\"other\":\"" + "x".repeat(9000) + "\"}");
        for (byte[] message : new byte[][] {many, padded}) {
            Line line = line(bruno, sitting, 0);
            line.raw(message);
            soon().until(() -> line.closed == 4422);
        }
    }

    @Test
    void windowsOfOneSessionTogetherMayNotSendMoreOftenThanOne() throws Exception {
        UUID sitting = seeded();
        List<Line> lines = List.of(line(anne, sitting, 0), line(anne, sitting, 0), line(anne, sitting, 0));

        for (int n = 0; n < 1500 && lines.stream().noneMatch(line -> line.closed != 0); n++) {
            Line line = lines.get(n % 3);
            try {
                line.raw(new byte[] {3});
            } catch (CompletionException closing) {
                break;
            }
        }

        soon().until(() -> lines.stream().anyMatch(line -> line.closed == 4429));
    }

    @Test
    void aDraftThatIsFullTakesNoMoreUntilItIsSaved() throws Exception {
        UUID sitting = seeded();
        Line line = line(anne, sitting, 0);
        for (int n = 0; n < 5; n++) {
            line.write(Yjs.typed(2 + n, 0, "x".repeat(50_000)));
        }

        soon().until(() -> line.closed == 4413);
        assertThat(line.acknowledged()).isLessThan(5);
        assertThat(jdbc.sql("SELECT bytes FROM office.sitting WHERE id = ?")
                        .param(sitting)
                        .query(Long.class)
                        .single())
                .isLessThanOrEqualTo(200 * 1024);
    }

    @Test
    void veryManySmallAdditionsAreBoundedAsLargeOnesAre() throws Exception {
        UUID sitting = seeded();
        Line line = line(anne, sitting, 0);
        line.write(Yjs.typed(2, 0, "a"));
        soon().until(() -> line.acknowledged() == 1);
        assertThat(jdbc.sql("SELECT bytes FROM office.sitting WHERE id = ?")
                        .param(sitting)
                        .query(Long.class)
                        .single())
                .isEqualTo(2 * 256);

        jdbc.sql("UPDATE office.sitting SET seq = 100000 WHERE id = ?")
                .param(sitting)
                .update();
        line.write(Yjs.typed(2, 1, "a"));
        soon().until(() -> line.closed == 4413);
    }

    @Test
    void whatOnePersonHasInAllDraftsIsBounded() throws Exception {
        fill(seeded(), 3);
        file = files.write(
                anne.visitor(),
                town.home(anne.visitor()),
                "Autre.docx",
                new ByteArrayInputStream(docx("Autre")),
                Writing.PLAIN);
        share(bruno, SpaceRole.EDIT);
        UUID second = seeded();
        fill(second, 1);

        Line line = line(anne, second, 0);
        line.write(Yjs.typed(9, 0, "x".repeat(60_000)));
        soon().until(() -> line.closed == 4413);
        Line ofBruno = line(bruno, second, 0);
        ofBruno.write(Yjs.typed(10, 0, "x".repeat(60_000)));
        soon().until(() -> ofBruno.acknowledged() == 1);
    }

    /** By Anne. */
    private void fill(UUID sitting, int times) {
        Line line = line(anne, sitting, 0);
        for (int n = 0; n < times; n++) {
            line.write(Yjs.typed(2 + n, 0, "x".repeat(50_000)));
        }
        soon().until(() -> line.acknowledged() == times);
        line.close();
        soon().until(() -> there(anne) == 0);
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
}
