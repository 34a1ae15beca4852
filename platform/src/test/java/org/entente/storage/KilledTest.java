package org.entente.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.entente.launcher.engine.Engine;
import org.entente.launcher.engine.PostgresEngine;
import org.entente.launcher.engine.S3Engine;
import org.entente.testing.DurablePostgres;
import org.entente.testing.OwnS3;
import org.entente.testing.TestTerritory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** kill -9 of each of the three in the middle of uploads. */
@SpringBootTest
@Import({DurablePostgres.class, OwnS3.class})
class KilledTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Autowired
    Environment settings;

    @Autowired
    PostgresEngine postgres;

    @Autowired
    S3Engine s3;

    @Autowired
    Contents contents;

    @Autowired
    StorageVerifier verifier;

    private final Map<ContentId, Sha256> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();

    @Test
    void whatWasAcknowledgedIsThereWhateverWasKilled() throws Exception {
        Process platform = uploads();
        untilMoreAreAcknowledged(platform);
        platform.destroyForcibly().waitFor();

        platform = uploads();
        untilMoreAreAcknowledged(platform);
        killAndStart(s3);
        untilMoreAreAcknowledged(platform);
        killAndStart(postgres);
        untilMoreAreAcknowledged(platform);
        platform.destroyForcibly().waitFor();

        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> verifier.verify(true, false).wrong == 0);
        for (Map.Entry<ContentId, Sha256> one : acknowledged.entrySet()) {
            MessageDigest digest = Sha256.digest();
            try (InputStream in = new DigestInputStream(contents.open(one.getKey()), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            assertThat(Sha256.of(digest.digest())).isEqualTo(one.getValue());
        }
    }

    private void killAndStart(Engine engine) throws IOException, InterruptedException {
        long before = refused.get();
        TestTerritory.kill(engine);
        Awaitility.await().atMost(PATIENCE).until(() -> refused.get() > before);
        engine.start();
    }

    private void untilMoreAreAcknowledged(Process platform) {
        int before = acknowledged.size();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            assertThat(platform.isAlive()).isTrue();
            return acknowledged.size() >= before + 25;
        });
    }

    private Process uploads() throws IOException {
        Process process = StorageAlone.start(settings, "256m", "uploads");
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(this::heard));
        return process;
    }

    private void heard(String line) {
        String[] words = line.split(" ");
        if (words.length == 3 && words[0].equals("kept")) {
            acknowledged.put(ContentId.of(words[1]), new Sha256(words[2]));
        } else if (words[0].equals("refused")) {
            refused.incrementAndGet();
        }
    }
}
