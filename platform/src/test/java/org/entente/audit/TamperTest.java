package org.entente.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.entente.audit.Verification.Finding;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever a superuser of the database does to the ledger is told. */
@SpringBootTest(properties = "entente.ledger.anchor-cron=-")
@Import({TestPostgres.class, TamperTest.Key.class})
class TamperTest {

    private static final int ENTRIES = 60;

    private static final int ANCHORED = 40;

    private static final List<String> TABLES = List.of("ledger", "entry", "seal", "waiting", "anchor");

    @TestConfiguration(proxyBeanMethods = false)
    static class Key {
        @Bean
        @Primary
        AnchorSigner signer() {
            return new XorSigner();
        }
    }

    /** Enough of a signature for what is tested here: whether it is asked for, kept and compared. */
    static final class XorSigner implements AnchorSigner {

        @Override
        public String keyId() {
            return "test-key";
        }

        @Override
        public byte[] sign(byte[] statement) {
            byte[] signature = statement.clone();
            for (int i = 0; i < signature.length; i++) {
                signature[i] ^= 0x5a;
            }
            return signature;
        }

        @Override
        public boolean verify(String keyId, byte[] statement, byte[] signature) {
            return keyId.equals(keyId()) && java.util.Arrays.equals(sign(statement), signature);
        }
    }

    @Autowired
    Ledger ledger;

    @Autowired
    LedgerVerifier verifier;

    @Autowired
    VerifyCommand command;

    @Autowired
    Sealer sealer;

    @Autowired
    Anchors anchors;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Value("${entente.data}")
    Path data;

    @BeforeEach
    void aLedgerOfSixtyEntriesAnchoredAtForty() throws Exception {
        Files.deleteIfExists(data.resolve("ledger/head"));
        Files.deleteIfExists(data.resolve("ledger/anchors"));
        asSuperuser("TRUNCATE audit.seal, audit.anchor, audit.waiting, audit.entry RESTART IDENTITY CASCADE");
        write(ANCHORED);
        anchors.anchor();
        write(ENTRIES - ANCHORED);
        assertThat(verifier.verify().findings()).isEmpty();
    }

    @AfterEach
    void protectionIsBack() {
        assertThat(verifier.verify().findings()).extracting(Finding::code).doesNotContain("unprotected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at = at + interval '1 microsecond'",
                "person = gen_random_uuid()",
                "person = NULL",
                "capacity = gen_random_uuid()",
                "author = 'Somebody else'",
                "address = '192.0.2.99'",
                "address = NULL",
                "act = 'affiliation.started'",
                "member = gen_random_uuid()",
                "subject_type = 'person'",
                "subject = 'x'",
                "subject_label = subject_label || ' '",
                "before = '{}'",
                "after = '{}'",
                "before = after, after = before",
                "author = author || left(act, 1), act = substr(act, 2)"
            })
    void aChangeOfAnyFieldIsToldWithItsPosition(String change) {
        asSuperuser("UPDATE audit.entry SET " + change + " WHERE id = 17");

        assertThat(verifier.verify().findings())
                .extracting(Finding::position, Finding::code)
                .containsExactly(tuple(17L, "changed"));
    }

    @Test
    void aRemovedEntryIsTold() {
        asSuperuser("DELETE FROM audit.entry WHERE id = 23");

        assertThat(verifier.verify().findings())
                .extracting(Finding::position, Finding::code)
                .containsExactly(tuple(23L, "removed"));
    }

    @Test
    void anEntryRemovedWithItsSealIsTold() {
        asSuperuser("DELETE FROM audit.seal WHERE entry = 23", "DELETE FROM audit.entry WHERE id = 23");

        assertThat(verifier.verify().findings())
                .extracting(Finding::position, Finding::code)
                .containsExactly(tuple(23L, "missing"));
    }

    @Test
    void closingTheGapOfARemovedEntryIsTold() {
        asSuperuser(
                "DELETE FROM audit.seal WHERE entry = 23",
                "DELETE FROM audit.entry WHERE id = 23",
                "UPDATE audit.seal SET position = position + 1000 WHERE position > 23",
                "UPDATE audit.seal SET position = position - 1001 WHERE position > 1000");

        assertThat(verifier.verify().findings())
                .extracting(Finding::position, Finding::code)
                .contains(tuple(23L, "changed"), tuple(40L, "rewritten"), tuple(60L, "cut"));
    }

    @Test
    void exchangedEntriesAreTold() {
        asSuperuser(
                "UPDATE audit.seal SET entry = -entry WHERE entry IN (11, 12)",
                "UPDATE audit.seal SET entry = 23 + entry WHERE entry < 0");

        assertThat(verifier.verify().findings())
                .extracting(Finding::position, Finding::code)
                .containsExactly(tuple(11L, "changed"), tuple(12L, "changed"));
    }

    @Test
    void anEntryPutInBetweenIsTold() {
        asSuperuser("INSERT INTO audit.entry (at, author, act, subject_type, subject, subject_label, before, after)"
                + " VALUES (now(), 'x', 'x', 'x', 'x', 'x', '{}', '{}')");

        assertThat(verifier.verify().findings()).extracting(Finding::code).containsExactly("unchained");
    }

    @Test
    void anEntryRemovedBeforeItWasSealedIsTold() {
        asSuperuser("INSERT INTO audit.waiting VALUES (4711)");
        // The sealer finds nothing to seal for it, and leaves it: a trace of what was removed.
        sealer.seal();

        assertThat(verifier.verify().findings()).extracting(Finding::code).containsExactly("waiting-removed");
    }

    @Test
    void cuttingTheEndOffIsToldByWhatWasSeenOutsideTheDatabase() {
        asSuperuser("DELETE FROM audit.seal WHERE position > 55", "DELETE FROM audit.entry WHERE id > 55");

        assertThat(verifier.verify().findings())
                .extracting(Finding::position, Finding::code)
                .containsExactly(tuple(56L, "cut"));
    }

    @Test
    void cuttingTheEndOffBelowTheAnchorIsToldEvenWithoutTheHead() throws Exception {
        Files.delete(data.resolve("ledger/head"));
        asSuperuser(
                "DELETE FROM audit.seal WHERE position > 30",
                "DELETE FROM audit.entry WHERE id > 30",
                "DELETE FROM audit.anchor");

        assertThat(verifier.verify().findings())
                .extracting(Finding::position, Finding::code)
                .containsExactly(tuple(31L, "cut"));
    }

    @Test
    void emptyingEverythingIsTold() {
        asSuperuser("TRUNCATE audit.seal, audit.anchor, audit.waiting, audit.entry RESTART IDENTITY CASCADE");

        assertThat(verifier.verify().findings())
                .extracting(Finding::position, Finding::code)
                .containsExactly(tuple(1L, "cut"));
    }

    @Test
    void aChainComputedAnewAfterAChangeIsToldByTheAnchor() throws Exception {
        Files.delete(data.resolve("ledger/head"));
        asSuperuser(
                "UPDATE audit.entry SET author = 'Somebody else' WHERE id = 17",
                "TRUNCATE audit.seal",
                "TRUNCATE audit.waiting",
                "INSERT INTO audit.waiting SELECT id FROM audit.entry");
        sealEverything();
        Files.deleteIfExists(data.resolve("ledger/head"));

        assertThat(verifier.verify().findings())
                .extracting(Finding::position, Finding::code)
                .contains(tuple(40L, "rewritten"))
                .extracting(t -> t.toList().get(1))
                .containsOnly("rewritten");
    }

    @Test
    void anotherLedgerInItsPlaceIsTold() {
        asSuperuser("UPDATE audit.ledger SET id = gen_random_uuid()");

        assertThat(verifier.verify().findings()).extracting(Finding::code).contains("other-ledger", "changed");
    }

    @Test
    void aForgedAnchorIsTold() throws Exception {
        Path file = data.resolve("ledger/anchors");
        Files.writeString(file, Files.readString(file).replaceFirst(".{2}\n$", "00\n"));

        assertThat(verifier.verify().findings())
                .extracting(Finding::position, Finding::code)
                .containsExactly(tuple(40L, "signature"));
    }

    @Test
    void marksThatCannotBeReadAreTold() throws Exception {
        Files.writeString(data.resolve("ledger/anchors"), "nonsense\n");

        assertThat(verifier.verify().findings()).extracting(Finding::code).containsExactly("witness-unreadable");
    }

    @Test
    void protectionTakenAwayIsTold() {
        jdbc.sql("ALTER TABLE audit.entry DISABLE TRIGGER append_only").update();
        try {
            assertThat(verifier.verify().findings()).extracting(Finding::code).containsExactly("unprotected");
        } finally {
            jdbc.sql("ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER append_only")
                    .update();
        }
    }

    @Test
    void thousandsOfFindingsAreCountedButNotKept() {
        write(300);
        asSuperuser("UPDATE audit.entry SET author = 'x' WHERE id % 2 = 0");

        Verification result = verifier.verify();

        assertThat(result.found()).isEqualTo((ENTRIES + 300) / 2);
        assertThat(result.findings()).hasSize(Verification.MOST_FINDINGS);
    }

    @Test
    void anyBitOfAnyHashCounts() {
        Random random = new Random(42);
        for (int i = 0; i < 20; i++) {
            int position = 1 + random.nextInt(ENTRIES);
            int bit = random.nextInt(256);
            String flip = "UPDATE audit.seal SET hash = set_bit(hash, " + bit + ", 1 - get_bit(hash, " + bit
                    + ")) WHERE position = " + position;
            asSuperuser(flip);
            assertThat(verifier.verify().findings())
                    .as(flip)
                    .extracting(Finding::position)
                    .contains((long) position);
            asSuperuser(flip);
        }
        assertThat(verifier.verify().intact()).isTrue();
    }

    @Test
    void theCommandSaysItInWordsAndByItsExitCode() {
        assertThat(run()).startsWith("true").contains("Registre intact : 60 entrées scellées");

        asSuperuser("UPDATE audit.entry SET author = 'x' WHERE id = 17");

        assertThat(run())
                .startsWith("false")
                .contains("Position 17 : l’entrée 17 a été modifiée ou déplacée.")
                .contains("une anomalie");
    }

    private String run() {
        StringWriter out = new StringWriter();
        boolean good = command.run(Map.of(), new PrintWriter(out, true));
        return good + "\n" + out;
    }

    private void write(int entries) {
        transaction.executeWithoutResult(status -> ledger.record(IntStream.range(0, entries)
                .mapToObj(i -> LedgerTest.entry("entry " + i))
                .toList()));
        sealEverything();
    }

    private void sealEverything() {
        Awaitility.await().until(() -> {
            sealer.seal();
            return jdbc.sql("SELECT count(*) FROM audit.waiting")
                            .query(Long.class)
                            .single()
                    == 0;
        });
    }

    private void asSuperuser(String... changes) {
        transaction.executeWithoutResult(status -> {
            TABLES.forEach(table -> jdbc.sql("ALTER TABLE audit." + table + " DISABLE TRIGGER ALL")
                    .update());
            List.of(changes).forEach(change -> jdbc.sql(change).update());
            TABLES.forEach(table -> jdbc.sql("ALTER TABLE audit." + table + " ENABLE TRIGGER ALL")
                    .update());
            List.of("ledger", "entry", "seal", "anchor")
                    .forEach(table -> jdbc.sql("ALTER TABLE audit." + table + " ENABLE ALWAYS TRIGGER append_only")
                            .update());
            jdbc.sql("ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER enqueue").update();
        });
    }
}
