package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.entente.identity.keycloak.TestPeople.capacity;
import static org.entente.identity.keycloak.TestPeople.person;
import static org.entente.identity.keycloak.TestPeople.with;

import java.time.Duration;
import java.util.List;
import org.entente.directory.PersonId;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.testing.TestKeycloak;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What tests against the real Keycloak share: the realm as the platform applied it, a person, two apps. One context of the platform keeps the realm: every
 * test of it is a subclass, or has a realm of its own. It has a port, since Keycloak asks the platform about passwords in members' directories.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "entente.sources.ldap.every=1h",
            "entente.sources.ldap.sign-in.pause=1s",
            "entente.departures.telling.first-pause=500ms"
        })
@Import({TestPostgres.class, TestKeycloak.class})
public abstract class KeycloakTest {

    static final String PASSWORD = "correct horse battery staple";

    @Autowired
    RealmKeeper keeper;

    @Autowired
    KeycloakPeople people;

    @Autowired
    KeycloakSignIn accounts;

    TestApp wiki;
    TestApp forge;

    @DynamicPropertySource
    static void catalog(DynamicPropertyRegistry registry) {
        TestCatalog.register(registry);
    }

    @BeforeEach
    void realmIsApplied() {
        await().atMost(Duration.ofMinutes(3)).until(keeper::done);
        wiki = TestApp.register("wiki", "wiki", "");
        forge = TestApp.register("forge", "forge", "");
    }

    Person written(Person person) {
        assertThat(people.write(List.of(person)).getFirst().outcome()).isEqualTo("created");
        accounts.setInitialPassword(new PersonId(person.person()), PASSWORD, false);
        return person;
    }

    /** Address, then password. */
    static Browser signIn(Browser browser, String url, Person person) {
        return browser.open(url)
                .send("username", "username", String.valueOf(person.email()))
                .send("password", "password", PASSWORD);
    }

    static Capacity mayor() {
        return capacity("Vénissieux", "216902593", "Adjointe au maire", "wiki", "forge");
    }

    static Capacity councillor() {
        return capacity("Métropole de Lyon", "200046977", "Conseillère métropolitaine", "wiki");
    }

    static Person without(Person before, Capacity kept) {
        return with(before, before.revision() + 1, kept);
    }

    static Person newcomer(Capacity... capacities) {
        return person(1, capacities);
    }
}
