package org.entente.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.entente.files.SpaceRole;
import org.entente.files.Writing;
import org.junit.jupiter.api.Test;

/** How much one may send, and what is no part of a document. */
class BoundedLineTest extends OfficeTown {

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
}
