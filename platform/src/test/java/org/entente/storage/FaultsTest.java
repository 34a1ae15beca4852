package org.entente.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.launcher.engine.S3Engine;
import org.entente.testing.OwnS3;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestTerritory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The object store killed and the database's connections cut while contents are kept: what was acknowledged is there. */
@SpringBootTest
@Import({TestPostgres.class, OwnS3.class})
class FaultsTest {

    private static final int CLIENTS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Autowired
    Contents contents;

    @Autowired
    S3Engine s3;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final MemberId member = new MemberId(UUID.randomUUID());
    private final Map<ContentId, Sha256> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong seeds = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Map<String, Integer> surprises = new ConcurrentHashMap<>();

    @Test
    void whatWasAcknowledgedOutlivesAnObjectStoreThatIsKilled() throws Exception {
        try (ExecutorService clients = clients()) {
            for (int kill = 1; kill <= 3; kill++) {
                untilMoreAre(acknowledged.size() + 10);
                long before = refused.get();
                TestTerritory.kill(s3);
                Awaitility.await().atMost(PATIENCE).until(() -> refused.get() > before);
                s3.start();
            }
            untilMoreAre(acknowledged.size() + 10);
            enough.set(true);
        }
        everyAcknowledgedContentIsThere();
    }

    @Test
    void whatWasAcknowledgedOutlivesConnectionsThatAreCut() throws Exception {
        try (ExecutorService clients = clients()) {
            for (int cut = 1; cut <= 6; cut++) {
                untilMoreAre(acknowledged.size() + 8);
                jdbc.sql("""
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()""").query(Boolean.class).list();
            }
            untilMoreAre(acknowledged.size() + 8);
            enough.set(true);
        }
        everyAcknowledgedContentIsThere();
    }

    @Test
    void whileTheObjectStoreIsAwayPeopleAreToldSoAndSmallFilesPass() throws Exception {
        s3.close();
        try {
            assertThatThrownBy(() -> contents.keep(member, Bytes.stream(-1, 100_000), 100_000))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
                        assertThat(refusal.code()).isEqualTo("storage.down");
                    });
            Kept small = contents.keep(member, Bytes.stream(-2, 1000), 1000);
            try (InputStream in = contents.open(small.id())) {
                assertThat(in.readAllBytes()).hasSize(1000);
            }
        } finally {
            s3.start();
        }
    }

    private ExecutorService clients() {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        for (int client = 0; client < CLIENTS; client++) {
            threads.execute(() -> {
                while (!enough.get()) {
                    keepAndRefer(seeds.incrementAndGet());
                }
            });
        }
        return threads;
    }

    private void keepAndRefer(long seed) {
        long size = seed % 3 == 0 ? 3000 : seed % 3 == 1 ? 200_000 : Storage.CHUNK + 200_000;
        try {
            Kept kept = contents.keep(member, Bytes.stream(seed, size), size);
            transaction.executeWithoutResult(status -> contents.refer(kept.id()));
            acknowledged.put(kept.id(), kept.sha256());
        } catch (Refusal | DataAccessException | TransactionException told) {
            refused.incrementAndGet();
        } catch (IOException | RuntimeException other) {
            surprises.merge(other.toString(), 1, Integer::sum);
        }
    }

    private void untilMoreAre(int size) {
        Awaitility.await().atMost(PATIENCE).until(() -> acknowledged.size() >= size);
    }

    private void everyAcknowledgedContentIsThere() throws IOException {
        assertThat(surprises).isEmpty();
        assertThat(refused.get()).as("the faults were felt").isPositive();
        for (Map.Entry<ContentId, Sha256> one : acknowledged.entrySet()) {
            MessageDigest digest = Sha256.digest();
            try (InputStream in = new DigestInputStream(contents.open(one.getKey()), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            assertThat(Sha256.of(digest.digest())).isEqualTo(one.getValue());
        }
    }
}
