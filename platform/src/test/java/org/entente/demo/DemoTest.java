package org.entente.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.entente.base.Refusal;
import org.entente.directory.DirectorySearch;
import org.entente.directory.MemberRef;
import org.entente.directory.Members;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Has a territory of its own: the demo is refused where others have already made members. */
@SpringBootTest(properties = "entente.territory.name=Territoire de démonstration")
@Import(TestPostgres.class)
class DemoTest {

    @Autowired
    DemoTerritory demo;

    @Autowired
    Members members;

    @Autowired
    DirectorySearch search;

    @Autowired
    JdbcClient jdbc;

    @Test
    void loadsRealAuthoritiesAndInventedPeopleOnce() {
        int persons = Integer.getInteger("entente.demo.persons", 400);
        long begun = System.nanoTime();
        DemoTerritory.Loaded loaded = demo.load(persons);
        long loadMillis = (System.nanoTime() - begun) / 1_000_000;

        assertThat(loaded.people()).isEqualTo(persons);
        assertThat(members.operator().map(MemberRef::name)).contains("SITIV");
        assertThat(members.operator().map(MemberRef::siren)).isEmpty();
        assertThat(search.people(DirectorySearch.Query.of("nadia benali venissieux", 5))
                        .items()
                        .getFirst()
                        .affiliations())
                .hasSizeBetween(1, 3)
                .allMatch(a -> a.phase().code().equals("current"));
        assertThat(count("SELECT count(*) FROM directory.affiliation WHERE phase = 'planned'"))
                .isPositive();
        assertThat(count("SELECT count(*) FROM directory.affiliation WHERE phase = 'ended'"))
                .isPositive();
        assertThat(count("SELECT count(*) FROM directory.role_grant WHERE role = 'member_hr'"))
                .isGreaterThanOrEqualTo(10);
        assertThat(count("SELECT count(DISTINCT person) FROM access.v_entitlement"))
                .isGreaterThan(persons * 8L / 10);
        // The worked year: agreements, services, keys, contributions to the cent, an adopted budget, requests, two
        // years of usage
        assertThat(count("SELECT count(*) FROM pooling.agreement")).isEqualTo(2);
        assertThat(count("SELECT count(DISTINCT service) FROM pooling.amendment_service"))
                .isGreaterThanOrEqualTo(3);
        assertThat(count("SELECT count(*) FROM pooling.cost_key")).isEqualTo(3);
        assertThat(count("SELECT count(*) FROM pooling.contribution")).isEqualTo(18);
        assertThat(count("SELECT count(*) FROM pooling.effect WHERE state = 'done'"))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM pooling.effect WHERE state = 'waiting'"))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM pooling.request")).isEqualTo(4);
        assertThat(count("SELECT count(*) FROM pooling.backing")).isGreaterThanOrEqualTo(8);
        assertThat(count("SELECT count(DISTINCT month) FROM pooling.usage_month"))
                .isGreaterThanOrEqualTo(13);
        assertThat(count("SELECT count(*) FROM pooling.document WHERE owner_kind = 'minute'"))
                .isEqualTo(1);
        assertThatThrownBy(() -> demo.load(persons))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo("territory.full"));

        jdbc.sql("ANALYZE").update();
        StringBuilder figures = new StringBuilder();
        for (String q : List.of("b", "be", "ben", "nadia b", "jardin ven", "martin", "adjointe lyon", "zzz")) {
            search.people(DirectorySearch.Query.of(q, 20));
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                long from = System.nanoTime();
                search.people(DirectorySearch.Query.of(q, 20));
                best = Math.min(best, (System.nanoTime() - from) / 1000);
            }
            figures.append(" \"%s\" %d µs;".formatted(q, best));
        }
        org.slf4j.LoggerFactory.getLogger(DemoTest.class)
                .warn("demo of {} persons loaded in {} ms; search:{}", persons, loadMillis, figures);
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
