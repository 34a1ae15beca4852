package org.entente.identity.keycloak;

import static org.entente.identity.keycloak.TestPeople.person;
import static org.entente.identity.keycloak.TestPeople.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.SignInPeople.Written;
import org.junit.jupiter.api.Test;

/** Not part of the tests: {@code mvn test -pl platform -am -Dtest=PeopleBench -Dentente.bench.persons=30000}. Prints figures. */
class PeopleBench extends KeycloakTest {

    private static final int AT_ONCE = 100;
    private static final int PARALLEL = 4;

    private final int persons = Integer.getInteger("entente.bench.persons", 30_000);

    @Test
    void peopleComeAndChange() throws Exception {
        List<Person> all = new ArrayList<>();
        for (int i = 0; i < persons; i++) {
            all.add(i % 10 == 0 ? person(1, mayor(), councillor()) : person(1, mayor()));
        }
        write("come", all);
        write("written again", all);
        write("changed", all.stream().map(one -> with(one, 2, councillor())).toList());
    }

    private void write(String what, List<Person> all) throws Exception {
        for (int part = 0; part < 5; part++) {
            int from = all.size() / 5 * part;
            List<Person> some = all.subList(from, part == 4 ? all.size() : from + all.size() / 5);
            long begun = System.nanoTime();
            List<Future<List<Written>>> answers = new ArrayList<>();
            try (var parallel = Executors.newFixedThreadPool(PARALLEL)) {
                for (int i = 0; i < some.size(); i += AT_ONCE) {
                    List<Person> batch = some.subList(i, Math.min(some.size(), i + AT_ONCE));
                    answers.add(parallel.submit(() -> people.write(batch)));
                }
            }
            for (Future<List<Written>> answer : answers) {
                if (answer.get().stream().anyMatch(Written::failed)) {
                    throw new IllegalStateException("somebody could not be written");
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%s, %,d persons: %.1f s, %.0f/s%n",
                    what,
                    some.size(),
                    seconds,
                    some.size() / seconds);
        }
    }
}
