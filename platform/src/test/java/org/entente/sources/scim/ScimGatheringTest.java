package org.entente.sources.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Creates that software asks for at the same time are made together, and each is answered as if it had been alone. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, ScimTowns.class})
class ScimGatheringTest {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    ScimTowns towns;

    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final List<Thread> software = new ArrayList<>();
    private ScimTowns.Town town;

    @BeforeEach
    void aTown() throws Exception {
        town = towns.two().getFirst();
    }

    @Test
    void thoseThatWaitAreMadeTogetherAndTheLedgerTellsOfEach() throws Exception {
        atTheSameTime(() -> {
            for (int n = 0; n < 6; n++) {
                asks("n" + n, towns.user(town, "Camille", "Ensemble" + n));
            }
        });

        assertThat(answers.values()).hasSize(7).containsOnly(201);
        assertThat(count(
                        "SELECT count(DISTINCT c.change_set) FROM directory.change c JOIN directory.affiliation a ON a.id = c.affiliation"
                                + " WHERE a.member = ? AND a.source = 'scim'"))
                .isEqualTo(2);
        assertThat(count("SELECT count(*) FROM audit.entry WHERE member = ? AND act = 'person.added'"))
                .isEqualTo(7);
        assertThat(count("SELECT count(*) FROM audit.entry WHERE member = ? AND act = 'affiliation.started'"))
                .isEqualTo(7);
    }

    @Test
    void oneThatCannotBeMadeIsRefusedAloneAndOfTwoOfOneNameOneIsMade() throws Exception {
        atTheSameTime(() -> {
            Map<String, Object> elsewhere = towns.user(town, "Camille", "Ailleurs");
            elsewhere.put("emails", List.of(Map.of("value", "camille@ailleurs.example")));
            asks("elsewhere", elsewhere);
            asks("right", towns.user(town, "Camille", "Juste"));
            asks("twin", towns.user(town, "Camille", "Jumeau"));
            asks("other twin", towns.user(town, "Camille", "Jumeau"));
        });

        assertThat(answers).containsEntry("elsewhere", 400).containsEntry("right", 201);
        assertThat(List.of(answers.get("twin"), answers.get("other twin"))).containsExactlyInAnyOrder(201, 409);
        assertThat(count("SELECT count(*) FROM sources.scim_user WHERE member = ?"))
                .isEqualTo(3);
    }

    /** A first create is held up in the database; those asked meanwhile wait for it. */
    private void atTheSameTime(Runnable others) throws Exception {
        transaction.executeWithoutResult(held -> {
            jdbc.sql("LOCK TABLE sources.scim_user IN SHARE MODE").update();
            asks("first", towns.user(town, "Camille", "Attente"));
            await().until(() -> jdbc.sql(
                            "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'sources.scim_user'::regclass AND NOT granted)")
                    .query(Boolean.class)
                    .single());
            others.run();
            await().until(() -> software.stream().skip(1).allMatch(one -> one.getState() == Thread.State.WAITING));
        });
        for (Thread one : software) {
            one.join();
        }
    }

    private void asks(String name, Map<String, Object> user) {
        software.add(Thread.ofPlatform().start(() -> {
            try {
                answers.put(
                        name,
                        towns.call(town, towns.body(post("/scim/v2/{s}/Users", town.siren()), user))
                                .andReturn()
                                .getResponse()
                                .getStatus());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private int count(String sql) {
        return jdbc.sql(sql).param(town.id().value()).query(Integer.class).single();
    }
}
