package org.entente.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Large files that strangers put by a link, in parts over the wire. */
class LinkPartsTest extends LinkLinesTown {

    @Test
    void aFileLargerThanAFormMayBeArrivesThoughTheLineBreaks() throws Exception {
        String link = link(TEN);
        byte[] bytes = new byte[66 * MIB + 17];
        new Random(7).nextBytes(bytes);
        String upload = begin(link, "C:\\films\\visite.mp4", bytes.length);
        assertThat(call("GET", link, null, Map.of()).body())
                .as("what is on its way counts")
                .contains("9 fichiers");

        breakOff(upload, Arrays.copyOf(bytes, 9 * MIB), bytes.length);
        await().until(() -> offset(upload) >= 8 * MIB);
        await().untilAsserted(() -> {
            long arrived = offset(upload);
            assertThat(arrived).isLessThanOrEqualTo(9 * MIB);
            assertThat(send(upload, arrived, Arrays.copyOfRange(bytes, (int) arrived, bytes.length)))
                    .isEqualTo(204);
        });
        assertThat(town.names(anne, folder.id())).as("not yet said to be whole").isEmpty();
        assertThat(finish(upload)).isEqualTo(204);
        assertThat(finish(upload)).as("asked again").isEqualTo(204);

        assertThat(town.names(anne, folder.id())).containsExactly("visite.mp4");
        FileNode made = files.find(anne, folder.id(), List.of("visite.mp4")).orElseThrow();
        try (var in = files.read(anne, made.id(), 0, Long.MAX_VALUE)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(jdbc.sql("SELECT by_link FROM files.node WHERE id = ?")
                        .param(made.id().value())
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("SELECT count(*) FROM audit.v_entry WHERE act = 'file-link.put' AND subject = ?")
                        .param(made.id().toString())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(put()).isEqualTo(List.of(1L, (long) bytes.length));
    }

    @Test
    void twoAtOnceDoNotMixAndReplaceNothing() throws Exception {
        town.write(anne, folder.id(), "plan.txt", "d’Anne");
        String link = link(TEN);
        String one = begin(link, "plan.txt", 3);
        String other = begin(link, "plan.txt", 5);
        send(other, 0, "au".getBytes(UTF_8));
        send(one, 0, "un ".getBytes(UTF_8));
        send(other, 2, "tre".getBytes(UTF_8));

        assertThat(together(() -> finish(one), () -> finish(other))).containsOnly(204);
        assertThat(town.names(anne, folder.id())).containsExactlyInAnyOrder("plan.txt", "plan (2).txt", "plan (3).txt");
        assertThat(new String(
                        files.read(
                                        anne,
                                        files.find(anne, folder.id(), List.of("plan.txt"))
                                                .orElseThrow()
                                                .id(),
                                        0,
                                        Long.MAX_VALUE)
                                .readAllBytes(),
                        UTF_8))
                .isEqualTo("d’Anne");
    }

    @Test
    void aLinkThatEndsInTheMiddleSaysSoAndLeavesNothing() throws Exception {
        FileLinks.Made made = links.make(anne, folder.id(), true, null, null, null, TEN);
        String upload = begin(made.path(), "a.bin", 10);
        send(upload, 0, new byte[4]);

        links.end(anne, folder.id(), made.link().id());

        assertThat(send(upload, 4, new byte[6])).isEqualTo(404);
        HttpResponse<String> said = call("POST", upload + "/finish", null, Map.of());
        assertThat(said.statusCode()).isEqualTo(404);
        assertThat(said.body()).contains("file.link.gone", "Demandez-en un autre");
        expired.forget();
        assertThat(parts()).isZero();
        assertThat(town.names(anne, folder.id())).isEmpty();
    }

    @Test
    void anUploadIsKnownByItsLinkOnly() throws Exception {
        String link = link(TEN);
        String other = link(TEN);
        String upload = begin(link, "a.bin", 4);
        UUID id = id(upload);
        assertThat(id.version()).as("made of chance alone").isEqualTo(4);

        for (String wrong : List.of(
                other + "/uploads/" + id,
                link + "/uploads/" + UUID.randomUUID(),
                "/l/" + "A".repeat(43) + "/uploads/" + id)) {
            assertThat(send(wrong, 0, new byte[4])).as(wrong).isEqualTo(404);
            assertThat(call("HEAD", wrong, null, Map.of()).statusCode())
                    .as(wrong)
                    .isEqualTo(404);
            assertThat(finish(wrong)).as(wrong).isEqualTo(404);
            assertThat(end(wrong)).as(wrong).isEqualTo(404);
        }
        String toSee =
                links.make(anne, folder.id(), false, null, null, null, null).path();
        String locked = links.make(anne, folder.id(), true, "correct cheval", null, null, null)
                .path();
        assertThat(announce(toSee, "a.bin", 1).statusCode()).isEqualTo(404);
        assertThat(announce(locked, "a.bin", 1).statusCode()).isEqualTo(404);
        assertThat(offset(upload)).isZero();
    }

    @Test
    void whatIsNotWellSaidIsRefused() throws Exception {
        String link = link(TEN);
        for (String name : List.of("..", "a\u0000b", "fdp.\u202Eexe", "x".repeat(300), "films/")) {
            assertThat(announce(link, name, 1).statusCode()).as(name).isEqualTo(422);
        }
        assertThat(call("POST", link + "/uploads", null, Map.of("Upload-Length", "3"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(put()).as("what is refused counts for nothing").isEqualTo(List.of(0L, 0L));
        String upload = begin(link, "a.bin", 4);
        assertThat(send(upload, 0, new byte[5])).isEqualTo(413);
        assertThat(send(upload, 2, new byte[1])).isEqualTo(409);
        jdbc.sql("UPDATE files.upload SET parts = 1000 WHERE id = ?")
                .param(id(upload))
                .update();
        assertThat(send(upload, 0, new byte[1])).as("a crowd of crumbs").isEqualTo(409);
        assertThat(finish(upload)).isEqualTo(409);
        assertThat(call("POST", upload + "/finish", null, Map.of("Tus-Resumable", "0.2"))
                        .statusCode())
                .isEqualTo(412);
        assertThat(call("POST", link + "/uploads", new byte[2 * MIB], Map.of()).statusCode())
                .as("only a part may be large")
                .isEqualTo(413);
    }
}
