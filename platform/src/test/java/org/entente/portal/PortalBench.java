package org.entente.portal;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.support.TransactionTemplate;

/** Not part of the tests: {@code mvn test -pl platform -am -Dtest=PortalBench -Dentente.bench.persons=30000}. Prints figures. */
@SpringBootTest(properties = "entente.notices.every=1h")
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class PortalBench {

    private final int persons = Integer.getInteger("entente.bench.persons", 30_000);

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    RightsFollower rights;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void homeAndSearchAtFullSize() throws Exception {
        fill();
        long start = System.nanoTime();
        rights.tell();
        System.out.printf(Locale.ROOT, "telling %,d persons: %.1f s%n", persons, (System.nanoTime() - start) / 1e9);
        jdbc.sql("VACUUM ANALYZE").update();
        AffiliationId capacity = new AffiliationId(jdbc.sql("SELECT id FROM directory.v_affiliation LIMIT 1")
                .query(UUID.class)
                .single());
        var session = actors.actingAs(capacity);
        measure("/api/me/home", session);
        measure("/api/notices", session);
        for (String q : List.of("du", "dupont", "mar dup", "agent", "venissieux", "benali nadia", "zzzz")) {
            measure("/api/search?q=" + q, session);
        }
    }

    private void measure(String path, RequestPostProcessor session) throws Exception {
        int runs = 60;
        for (int i = 0; i < 30; i++) {
            mvc.perform(get(path).with(session)).andExpect(status().isOk());
        }
        double[] ms = new double[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            mvc.perform(get(path).with(session)).andExpect(status().isOk());
            ms[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(ms);
        System.out.printf(Locale.ROOT, "%-32s p50 %.1f ms, p95 %.1f ms%n", path, ms[runs / 2], ms[(int) (runs * 0.95)]);
    }

    private void fill() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql(
                            "INSERT INTO directory.member (kind, name) SELECT 'commune', CASE i WHEN 1 THEN 'Vénissieux' ELSE 'Commune ' || i END FROM generate_series(1, 60) i")
                    .update();
            jdbc.sql("""
                    INSERT INTO directory.person (given_name, usual_name)
                    SELECT (ARRAY['Nadia', 'Marie', 'Jean', 'Éléonore', 'Paul', 'Zoé', 'Ali', 'Camille'])[1 + i % 8],
                           (ARRAY['Benali', 'Dupont', 'Durand', 'Martin', 'Lefèvre', 'D’Haënens', 'Moreau'])[1 + i % 7] || ' ' || chr(97 + i % 26) || (i / 26)
                    FROM generate_series(1, :n) i
                    """).param("n", persons).update();
            jdbc.sql("""
                    INSERT INTO directory.affiliation (person, member, kind, function, address, valid_from, phase)
                    SELECT p.id, m.ids[1 + p.n % 60], CASE WHEN p.n % 30 = 0 THEN 'elu' ELSE 'agent' END,
                           (ARRAY['Agent d’accueil', 'Chargée de mission', 'Directeur', 'Adjointe au maire'])[1 + p.n % 4], 'p' || p.n || '@ville.example',
                           now() - interval '1 day', 'current'
                    FROM (SELECT id, row_number() OVER () AS n FROM directory.person) p, (SELECT array_agg(id) AS ids FROM directory.member) m
                    """).update();
        });
        jdbc.sql("VACUUM ANALYZE").update();
        // Only what the portal reads: how long rights and accounts take is measured where they are computed.
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    INSERT INTO access.entitlement (affiliation, service, role, person, member, since)
                    SELECT a.id, s, 'user', a.person, a.member, now()
                    FROM directory.affiliation a, unnest(ARRAY['sign-in', 'directory', 'legifrance', 'cnfpt', 'data-gouv']) s
                    """).update();
            jdbc.sql("INSERT INTO portal.stirred (at) VALUES (now())").update();
        });
    }
}
