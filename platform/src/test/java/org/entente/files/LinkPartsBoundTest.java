package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** However strangers put parts by a link, no more comes of it than it may receive, and nobody keeps room or places from others. */
class LinkPartsBoundTest extends LinkLinesTown {

    @Test
    void ofManyWhoComeAtOnceNoMoreAreTakenThanTheLinkMayReceive() throws Exception {
        String few = link(new FileLinks.Bound(3, MIB));
        Callable<Integer> asks = () -> announce(few, "a.bin", 10).statusCode();
        assertThat(together(asks, asks, asks, asks, asks, asks, asks, asks))
                .containsExactlyInAnyOrder(201, 201, 201, 413, 413, 413, 413, 413);

        String small = link(new FileLinks.Bound(10, 25));
        Callable<Integer> large = () -> announce(small, "a.bin", 10).statusCode();
        assertThat(together(large, large, large, large)).containsExactlyInAnyOrder(201, 201, 413, 413);
        assertThat(announce(small, "a.bin", Long.MAX_VALUE).statusCode()).isEqualTo(413);
    }

    @Test
    void whoEndsAnUploadWhileItsFileIsMadeGainsNoRoom() throws Exception {
        String link = link(new FileLinks.Bound(1, MIB));
        for (int n = 0; n < 8; n++) {
            HttpResponse<String> begun = announce(link, "a.bin", 3);
            if (begun.statusCode() == 413) {
                break;
            }
            String upload = begun.headers().firstValue("Location").orElseThrow();
            send(upload, 0, new byte[3]);
            together(() -> finish(upload), () -> finish(upload), () -> end(upload));
        }
        assertThat(town.names(anne, folder.id())).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void whatIsGivenUpOrForgottenMayBeSentAgain() throws Exception {
        String link = link(new FileLinks.Bound(1, 10));
        String given = begin(link, "a.bin", 10);
        send(given, 0, new byte[4]);
        assertThat(announce(link, "b.bin", 1).statusCode()).isEqualTo(413);
        assertThat(end(given)).isEqualTo(204);
        assertThat(put()).as("what came may lie in the store yet").isEqualTo(List.of(0L, 4L));
        assertThat(parts()).isZero();
        assertThat(send(given, 4, new byte[6])).isEqualTo(404);
        assertThat(end(given)).isEqualTo(404);
        assertThat(announce(link, "b.bin", 7).statusCode()).isEqualTo(413);

        String old = begin(link, "b.bin", 6);
        send(old, 0, new byte[4]);
        jdbc.sql("UPDATE files.upload SET expires_at = now() - interval '1 second' WHERE folder = ?")
                .param(folder.id().value())
                .update();
        assertThat(send(old, 4, new byte[2])).isEqualTo(404);
        expired.forget();
        assertThat(put()).isEqualTo(List.of(0L, 0L));
        assertThat(parts()).isZero();
    }

    @Test
    void whatIsOnlyAnnouncedKeepsNoRoomFromThoseWhoseSpaceItIs() throws Exception {
        jdbc.sql("UPDATE files.space SET quota = used + 1000 WHERE id = ?")
                .param(folder.space().value())
                .update();
        begin(link(TEN), "a.bin", 1000);

        assertThat(uploads.begin(anne, new FileUploads.Asked(folder.id(), "b.bin", null, null, 1000))
                        .received())
                .isZero();
    }

    @Test
    void whatWouldBeRefusedIsNotKeptFirst() throws Exception {
        String upload = begin(link(TEN), "a.bin", 4 * MIB);
        jdbc.sql("UPDATE files.upload SET parts = 100000 WHERE id = ?")
                .param(id(upload))
                .update();
        long before = kept();

        byte[] bytes = new byte[MIB];
        new Random(11).nextBytes(bytes);
        assertThat(send(upload, 0, bytes)).isEqualTo(409);
        assertThat(send(upload, 17, bytes)).isEqualTo(409);

        assertThat(kept()).isEqualTo(before);
    }

    private long kept() {
        return jdbc.sql("SELECT count(*) FROM storage.content")
                .query(Long.class)
                .single();
    }

    @Test
    void ofOneUploadOnePartComesAtATime() throws Exception {
        String upload = begin(link(TEN), "a.bin", 4 * MIB);
        try (Socket slow = new Socket("127.0.0.1", port)) {
            slow.getOutputStream().write(head(upload, 4 * MIB));
            slow.getOutputStream().write(new byte[1000]);
            slow.getOutputStream().flush();

            await().until(() -> send(upload, 0, new byte[3]) == 503);
        }
        await().until(() -> offset(upload) == 1000);
        assertThat(send(upload, 1000, new byte[3])).isEqualTo(204);
    }
}
