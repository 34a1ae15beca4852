package org.entente.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.directory.UnitId;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The isolation test can fail: endpoints made to leak, in this context only, are found. */
@SpringBootTest
@Import({TestPostgres.class, TestActors.class, LeaksAreFoundTest.Leaky.class})
class LeaksAreFoundTest extends Isolation {

    /** Every mistake one can make behind a right that is asked correctly. */
    @RestController
    @RequestMapping("/api/members/{member}/leaky")
    static class Leaky {

        private final JdbcClient jdbc;

        Leaky(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @GetMapping("/shows/{unit}")
        @Needs(Right.READ_MEMBER)
        Map<String, String> shows(@PathVariable MemberId member, @PathVariable UnitId unit) {
            return Map.of(
                    "name",
                    jdbc.sql("SELECT name FROM directory.unit WHERE id = ?")
                            .param(unit.value())
                            .query(String.class)
                            .single());
        }

        @PutMapping("/changes/{unit}")
        @Needs(Right.READ_MEMBER)
        void changes(@PathVariable MemberId member, @PathVariable UnitId unit) {
            jdbc.sql("UPDATE directory.unit SET name = name || '.' WHERE id = ?")
                    .param(unit.value())
                    .update();
        }

        @GetMapping("/breaks")
        @Needs(Right.READ_MEMBER)
        String breaks(@PathVariable MemberId member) {
            throw new IllegalStateException("on purpose");
        }

        @GetMapping("/sound/{unit}")
        @Needs(Right.READ_MEMBER)
        List<String> sound(@PathVariable MemberId member, @PathVariable UnitId unit) {
            return jdbc.sql("SELECT name FROM directory.unit WHERE member = ? AND id = ?")
                    .params(member.value(), unit.value())
                    .query(String.class)
                    .list();
        }
    }

    @Test
    void whatShowsChangesOrBreaksIsNamedAndWhatIsSoundIsNot() throws Exception {
        List<Endpoint> leaky = endpoints().stream()
                .filter(endpoint -> endpoint.pattern().contains("/leaky/"))
                .toList();
        assertThat(leaky).hasSize(4);

        List<String> faults = faultsOf(leaky);

        assertThat(faults)
                .anyMatch(fault -> fault.contains("/leaky/shows/") && fault.contains("shows the other member"))
                .anyMatch(fault -> fault.contains("/leaky/changes/") && fault.contains("changed the other member"))
                .anyMatch(fault -> fault.contains("/leaky/breaks") && fault.contains("should be answered"))
                .noneMatch(fault -> fault.contains("/leaky/sound/"));
    }
}
