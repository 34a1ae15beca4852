package org.entente.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Not part of the tests: {@code mvn test -pl platform -am -Dtest=LedgerBench -Dentente.bench.entries=1000000}. Prints figures. */
@SpringBootTest
@Import(TestPostgres.class)
class LedgerBench {

    private static final int CHUNK = 10_000;

    private final int entries = Integer.getInteger("entente.bench.entries", 100_000);

    @Autowired
    Ledger ledger;

    @Autowired
    LedgerVerifier verifier;

    @Autowired
    LedgerReader reader;

    @Autowired
    Sealer sealer;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void howLongALongLedgerTakes() {
        List<UUID> members =
                IntStream.range(0, 60).mapToObj(i -> UUID.randomUUID()).toList();
        long start = System.nanoTime();
        for (int from = 0; from < entries; from += CHUNK) {
            List<Entry> chunk = new ArrayList<>(CHUNK);
            for (int i = from; i < from + CHUNK; i++) {
                chunk.add(new Entry(
                        new Author(UUID.randomUUID(), UUID.randomUUID(), "Nadia Benali " + i % 977, "192.0.2.7"),
                        i % 3 == 0 ? "affiliation.ended" : "affiliation.started",
                        members.get(i % members.size()),
                        "affiliation",
                        UUID.randomUUID().toString(),
                        "Éléonore D’Haënens " + i + ", Chargée de mission, Vénissieux",
                        Map.of(),
                        Map.of(
                                "kind",
                                "agent",
                                "function",
                                "Chargée de mission",
                                "address",
                                "e" + i + "@ville.example")));
            }
            transaction.executeWithoutResult(status -> ledger.record(chunk));
        }
        say("recorded", start);
        start = System.nanoTime();
        while (jdbc.sql("SELECT count(*) FROM audit.waiting").query(Long.class).single() > 0) {
            sealer.seal();
        }
        say("sealed, on top of what the scheduled sealer did meanwhile", start);
        jdbc.sql("VACUUM ANALYZE audit.entry").update();
        jdbc.sql("VACUUM ANALYZE audit.seal").update();

        System.gc();
        long before = used();
        start = System.nanoTime();
        Verification result = verifier.verify();
        say("verified", start);
        System.gc();
        System.out.printf(Locale.ROOT, "heap kept by it: %d KiB%n", (used() - before) / 1024);
        assertThat(result.intact()).isTrue();
        assertThat(result.sealed()).isGreaterThanOrEqualTo(entries);

        for (LedgerFilter filter : List.of(
                new LedgerFilter(null, null, null, null, null),
                new LedgerFilter(members.getFirst(), null, null, null, null),
                new LedgerFilter(members.getFirst(), null, null, "affiliation.ended", null),
                new LedgerFilter(null, null, null, null, "haenens 4711"),
                new LedgerFilter(members.getFirst(), null, null, null, "benali 99"))) {
            page(filter);
            long begun = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                page(filter);
            }
            System.out.printf(Locale.ROOT, "page and count, %s: %.1f ms%n", filter, (System.nanoTime() - begun) / 1e7);
        }
    }

    private void page(LedgerFilter filter) {
        reader.page(filter, null, 0, 50);
        reader.count(filter);
    }

    private void say(String what, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf(
                Locale.ROOT,
                "%,d entries %s in %.1f s (%,.0f/s)%n",
                entries,
                what,
                took.toMillis() / 1000.0,
                entries / (took.toMillis() / 1000.0));
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
