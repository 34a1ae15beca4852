package org.entente.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The collector against all that may happen beside it. Days pass by ageing rows, as the database's clock is what counts. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class})
class CollectingTest {

    private static final int CHUNK = Storage.CHUNK;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Autowired
    Contents contents;

    @Autowired
    Storage storage;

    @Autowired
    ObjectStore objects;

    @Autowired
    ContentCollector collector;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final MemberId member = new MemberId(UUID.randomUUID());

    @Test
    void whatNobodyEverReferredToGoesAfterADayAndItsObjectsADayLater() throws IOException {
        ContentId small = keep(Bytes.of(1, 100));
        ContentId large = keep(Bytes.of(2, CHUNK + 1));
        List<UUID> chunks = chunks();

        collector.collect();
        assertThat(read(large)).hasSize(CHUNK + 1);

        aDayPasses();
        collector.collect();
        assertThatThrownBy(() -> read(small)).satisfies(CollectingTest::isGone);
        assertThatThrownBy(() -> read(large)).satisfies(CollectingTest::isGone);
        assertThat(chunks()).as("an upload may have counted on them meanwhile").isEqualTo(chunks);

        aDayPasses();
        collector.collect();
        assertThat(rows("chunk")).isZero();
        chunks.forEach(chunk -> assertThat(objects.get(member, chunk, 1)).isNull());
    }

    @Test
    void whatIsInUseStaysHoweverOldAndGoesADayAfterItsLastUse() throws IOException {
        ContentId content = keep(Bytes.of(3, CHUNK));
        transaction.executeWithoutResult(status -> contents.refer(List.of(content, content)));
        twoDaysPassAndAreCollected();
        transaction.executeWithoutResult(status -> contents.release(content));
        twoDaysPassAndAreCollected();
        assertThat(read(content)).isEqualTo(Bytes.of(3, CHUNK));

        transaction.executeWithoutResult(status -> contents.release(content));
        collector.collect();
        assertThat(read(content)).as("a day is left to a backup that runs").hasSize(CHUNK);

        twoDaysPassAndAreCollected();
        assertThat(rows("content") + rows("chunk")).isZero();
    }

    @Test
    void aChunkThatTwoContentsHaveStaysWithTheOther() throws IOException {
        byte[] shared = Bytes.of(4, CHUNK);
        ContentId one = keep(shared);
        ContentId two = keep(java.util.Arrays.copyOf(shared, CHUNK + 10));
        transaction.executeWithoutResult(status -> contents.refer(two));

        twoDaysPassAndAreCollected();

        assertThatThrownBy(() -> read(one)).satisfies(CollectingTest::isGone);
        assertThat(read(two)).hasSize(CHUNK + 10);
    }

    @Test
    void bytesKeptWhileTheirFormerChunkIsGoingAreKeptAnew() throws IOException {
        keep(Bytes.of(5, CHUNK));
        UUID former = chunks().getFirst();
        aDayPasses();
        collector.dropContents();
        aDayPasses();
        collector.sendOffChunks();

        ContentId again = keep(Bytes.of(5, CHUNK));
        collector.removeObjects(); // as late as it likes

        assertThat(chunks()).hasSize(1).doesNotContain(former);
        assertThat(objects.get(member, former, 1)).isNull();
        assertThat(read(again)).isEqualTo(Bytes.of(5, CHUNK));
    }

    @Test
    void aCollectorThatDiedBetweenObjectAndRowIsMadeGoodByTheNext() throws IOException {
        keep(Bytes.of(6, CHUNK));
        UUID chunk = chunks().getFirst();
        aDayPasses();
        collector.dropContents();
        aDayPasses();
        collector.sendOffChunks();
        objects.remove(member, chunk); // and no more

        collector.collect();

        assertThat(rows("chunk")).isZero();
    }

    @Test
    void anUploadThatDiedBetweenRowAndObjectIsClearedOrFinishedByTheNext() throws IOException {
        byte[] hash = Sha256.digest().digest(Bytes.of(7, CHUNK));
        UUID left = storage.chunks()
                .claim(member, hash, CHUNK, storage.keys().of(member).id())
                .id();

        ContentId content = keep(Bytes.of(7, CHUNK));
        assertThat(chunks()).containsExactly(left);
        assertThat(read(content)).isEqualTo(Bytes.of(7, CHUNK));

        MemberId other = new MemberId(UUID.randomUUID());
        storage.chunks().claim(other, hash, CHUNK, storage.keys().of(other).id());
        aDayPasses();
        collector.collect();
        assertThat(jdbc.sql("SELECT count(*) FROM storage.chunk WHERE member = ?")
                        .param(other.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anUploadThatCountedOnAChunkOfContentThatWentFindsItStillThere() throws Exception {
        byte[] first = Bytes.of(8, CHUNK);
        byte[] both = java.util.Arrays.copyOf(first, CHUNK + 100);
        keep(first);
        aDayPasses();
        CountDownLatch halfway = new CountDownLatch(1);
        CountDownLatch collected = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Kept> upload =
                    threads.submit(() -> contents.keep(member, pausing(both, CHUNK, halfway, collected), both.length));
            halfway.await();
            // The first chunk was found to be stored already, for a content that goes now.
            Awaitility.await().atMost(PATIENCE).until(() -> chunkIsFresh());
            collector.collect();
            collected.countDown();

            assertThat(read(upload.get().id())).isEqualTo(both);
        }
        twoDaysPassAndAreCollectedButFor(both);
    }

    @Test
    void anUploadOfMoreThanADayIsRefusedRatherThanHavingAHole() throws Exception {
        byte[] bytes = Bytes.of(9, CHUNK + 100);
        CountDownLatch halfway = new CountDownLatch(1);
        CountDownLatch collected = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Kept> upload = threads.submit(
                    () -> contents.keep(member, pausing(bytes, CHUNK, halfway, collected), bytes.length));
            halfway.await();
            Awaitility.await().atMost(PATIENCE).until(() -> chunks().size() == 1);
            aDayPasses();
            collector.collect();
            collected.countDown();

            assertThatThrownBy(upload::get)
                    .hasCauseInstanceOf(Refusal.class)
                    .cause()
                    .satisfies(CollectingTest::isGone);
        }
        assertThat(rows("content")).isZero();
    }

    @Test
    void whoRefersInTheLastMomentIsWaitedForAndWhoComesAfterIsTold() throws Exception {
        ContentId content = keep(Bytes.of(10, 100));
        aDayPasses();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            transaction.executeWithoutResult(status -> {
                contents.refer(content);
                wait(threads.submit(collector::collect)); // sees a row that is locked, and leaves it
            });
        }
        assertThat(read(content)).hasSize(100);

        transaction.executeWithoutResult(status -> contents.release(content));
        aDayPasses();
        collector.collect();
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> contents.refer(content)))
                .satisfies(CollectingTest::isGone);
    }

    @Test
    void twoCollectorsAtOnceAndUploadsBesideThemLoseNothing() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 6; round++) {
                keep(Bytes.of(11, 60_000));
                aDayPasses();
                List<Future<?>> sides = List.of(
                        threads.submit(collector::collect),
                        threads.submit(() -> {
                            collector.dropContents();
                            collector.sendOffChunks();
                            collector.removeObjects();
                        }),
                        threads.submit(this::keepReferAndRead),
                        threads.submit(this::keepReferAndRead));
                for (Future<?> side : sides) {
                    side.get();
                }
                aDayPasses();
            }
        }
    }

    private void keepReferAndRead() {
        try {
            ContentId content = keep(Bytes.of(11, 60_000));
            try {
                transaction.executeWithoutResult(status -> contents.refer(content));
            } catch (Refusal aged) {
                return; // the rows were aged under our hands: told, not lost
            }
            assertThat(read(content)).isEqualTo(Bytes.of(11, 60_000));
            transaction.executeWithoutResult(status -> contents.release(content));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean chunkIsFresh() {
        return jdbc.sql(
                                "SELECT count(*) FROM storage.chunk WHERE member = ? AND (idle_since IS NULL OR idle_since > now() - interval '1 hour')")
                        .param(member.value())
                        .query(Long.class)
                        .single()
                == 1;
    }

    private void twoDaysPassAndAreCollectedButFor(byte[] bytes) throws IOException {
        ContentId content = keep(bytes);
        transaction.executeWithoutResult(status -> contents.refer(content));
        twoDaysPassAndAreCollected();
        assertThat(read(content)).isEqualTo(bytes);
    }

    private void twoDaysPassAndAreCollected() {
        for (int day = 0; day < 2; day++) {
            aDayPasses();
            collector.collect();
        }
    }

    private void aDayPasses() {
        for (String table : List.of("content", "chunk")) {
            jdbc.sql("UPDATE storage." + table
                            + " SET idle_since = idle_since - interval '25 hours' WHERE idle_since IS NOT NULL")
                    .update();
        }
    }

    private static InputStream pausing(byte[] bytes, int after, CountDownLatch reached, CountDownLatch goOn) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                if (pos == after) {
                    reached.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                return super.read(into, offset, pos < after ? Math.min(length, after - pos) : length);
            }
        };
    }

    private static void wait(Future<?> future) {
        try {
            future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ContentId keep(byte[] bytes) throws IOException {
        return contents.keep(member, new ByteArrayInputStream(bytes), bytes.length)
                .id();
    }

    private byte[] read(ContentId content) throws IOException {
        try (InputStream in = contents.open(content)) {
            return in.readAllBytes();
        }
    }

    private List<UUID> chunks() {
        return jdbc.sql("SELECT id FROM storage.chunk WHERE member = ? AND state = 'stored' ORDER BY id")
                .param(member.value())
                .query(UUID.class)
                .list();
    }

    private long rows(String table) {
        return jdbc.sql("SELECT count(*) FROM storage." + table + " WHERE member = ?")
                .param(member.value())
                .query(Long.class)
                .single();
    }

    private static void isGone(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("storage.gone"));
    }
}
