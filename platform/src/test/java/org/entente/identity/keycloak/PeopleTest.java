package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.identity.keycloak.TestPeople.person;
import static org.entente.identity.keycloak.TestPeople.with;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.identity.SignInPeople.Held;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.SignInPeople.Written;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.HttpClientErrorException;

class PeopleTest extends KeycloakTest {

    @Test
    void theSameStateTwiceChangesNothingAndAnOlderOneIsRefused() {
        Person first = person(5, mayor());

        assertThat(outcome(first)).isEqualTo("created");
        assertThat(outcome(first)).isEqualTo("unchanged");
        assertThat(outcome(with(first, 6, mayor(), councillor()))).isEqualTo("updated");
        assertThat(outcome(first)).isEqualTo("stale");
        assertThat(held(first).revision()).isEqualTo(6);
    }

    @Test
    void theFingerprintIsTheSameOnBothSidesAndTellsDrift() {
        Person nadia = person(1, mayor(), councillor());
        people.write(List.of(nadia));
        assertThat(held(nadia).fingerprint()).isEqualTo(people.fingerprint(nadia));

        TestApp.admin()
                .authorised()
                .put()
                .uri("/admin/realms/entente/users/{id}", nadia.person())
                .body(Map.of("lastName", "Changed by hand"))
                .retrieve()
                .toBodilessEntity();

        assertThat(held(nadia).fingerprint()).isNotEqualTo(people.fingerprint(nadia));
    }

    @Test
    void onePersonThatCannotBeWrittenDoesNotKeepTheOthersFromIt() {
        Person good = person(1, mayor());
        Person bad = new Person(
                java.util.UUID.randomUUID(),
                1,
                true,
                "x".repeat(300),
                "Too long",
                "fr",
                null,
                List.of(),
                false,
                List.of());

        List<Written> results = people.write(List.of(good, bad));

        assertThat(results.get(0).outcome()).isEqualTo("created");
        assertThat(results.get(1).outcome()).isEqualTo("failed");
        assertThat(results.get(1).error()).isNotBlank();
    }

    @Test
    void ofTwoBatchesAboutOnePersonAtOnceTheNewerWins() throws Exception {
        for (int round = 0; round < 5; round++) {
            Person base = person(1, mayor());
            List<Future<String>> both = new ArrayList<>();
            try (var parallel = Executors.newVirtualThreadPerTaskExecutor()) {
                for (long revision = 1; revision <= 6; revision++) {
                    Person one = with(base, revision, mayor());
                    both.add(parallel.submit(() -> outcome(one)));
                }
            }
            for (Future<String> one : both) {
                assertThat(one.get()).isIn("created", "updated", "stale");
            }
            assertThat(held(base).revision()).isEqualTo(6);
        }
    }

    @Test
    void moreThanAHundredOrNonsenseIsRefusedWithTheReason() {
        List<Person> many = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            many.add(person(1, mayor()));
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> people.write(many))
                .isInstanceOf(HttpClientErrorException.BadRequest.class)
                .hasMessageContaining("At most 100");
    }

    @Test
    void threeThousandPeopleAreWrittenInParallelBatches() throws Exception {
        List<List<Person>> batches = new ArrayList<>();
        for (int batch = 0; batch < 30; batch++) {
            List<Person> hundred = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                hundred.add(person(1, mayor(), councillor()));
            }
            batches.add(hundred);
        }
        people.write(List.of(person(1, mayor())));

        Instant before = Instant.now();
        List<Future<List<Written>>> answers;
        try (var parallel = Executors.newFixedThreadPool(4)) {
            answers = batches.stream()
                    .map(batch -> parallel.submit(() -> people.write(batch)))
                    .toList();
        }
        double seconds = Duration.between(before, Instant.now()).toMillis() / 1000.0;

        for (Future<List<Written>> answer : answers) {
            assertThat(answer.get()).hasSize(100).allMatch(one -> one.outcome().equals("created"));
        }
        LoggerFactory.getLogger(PeopleTest.class)
                .info("3,000 people in {} s: {}/s", seconds, Math.round(3000 / seconds));
    }

    private String outcome(Person person) {
        return people.write(List.of(person)).getFirst().outcome();
    }

    private Held held(Person person) {
        String id = person.person().toString();
        // The one right after a text that sorts just before it.
        return people.list(id.substring(0, 35), 50).stream()
                .filter(held -> held.person().equals(person.person()))
                .findFirst()
                .orElseThrow();
    }
}
