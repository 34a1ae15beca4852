package org.entente.sources.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.directory.imports.SourceImports;
import org.entente.identity.SignInAccounts;
import org.entente.identity.SignInPeople;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.KeycloakTest;
import org.entente.identity.keycloak.TestApp;
import org.entente.testing.TestCertificates;
import org.entente.testing.TestSlapd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of signing in by a directory share: a town with an OpenLDAP, whose people were read from it, and an application. */
abstract class BoundTown extends KeycloakTest {

    static final String OURS = "correct horse battery staple";
    static final String THEIRS = "le mot de passe du bureau";

    private static final long NEWER = 1_000;

    @Autowired
    LdapBook book;

    @Autowired
    LdapReadings readings;

    @Autowired
    LdapSignIn signIn;

    @Autowired
    SourceImports imports;

    @Autowired
    SignInPeople people;

    @Autowired
    SignInAccounts accounts;

    @Autowired
    JdbcClient jdbc;

    private final TestCertificates authority = new TestCertificates("Autorité de la ville");
    private final Set<UUID> written = new TreeSet<>();
    final String domain = "d" + UUID.randomUUID().toString().substring(0, 8) + ".example";
    TestSlapd slapd;
    TestApp app;
    MemberId town;
    Actor admin;

    @BeforeEach
    void aTownWithItsDirectory() throws Exception {
        assumeTrue(TestSlapd.isInstalled(), "slapd is not installed (Debian: apt install slapd)");
        app = TestApp.register("bound", "bound", "");
        // Nobody of another test is taken for somebody of this one.
        jdbc.sql("TRUNCATE directory.person CASCADE").update();
        town = new MemberId(jdbc.sql("INSERT INTO directory.member (kind, name) VALUES ('commune', ?) RETURNING id")
                .param("Ville " + domain)
                .query(UUID.class)
                .single());
        admin = new Actor(
                new PersonId(UUID.randomUUID()),
                "Admin",
                new AffiliationId(UUID.randomUUID()),
                town,
                false,
                Set.of(Role.MEMBER_ADMIN),
                null);
        jdbc.sql("INSERT INTO directory.mail_domain (domain, member, verified_at) VALUES (?, ?, now())")
                .params(domain, town.value())
                .update();
        slapd = TestSlapd.with(
                entry("rose", "Rose") + entry("nadia", "Nadia"), authority.server("localhost", Instant.now()));
        LdapPresets.Preset preset = LdapPresets.ALL.getLast();
        TreeMap<String, String> attributes = new TreeMap<>(preset.attributes());
        attributes.put("disabled", "description");
        book.set(
                town,
                new LdapSettings(
                        "ldaps://localhost:" + slapd.tlsPort(),
                        TestSlapd.READER,
                        "ou=personnes," + TestSlapd.SUFFIX,
                        preset.filter(),
                        attributes,
                        authority.authorityPem(),
                        null),
                TestSlapd.PASSWORD,
                null,
                admin.author());
        SourceImports.Run run = readings.byHand(town, admin.author()).run();
        assertThat(imports.apply(town, run.id(), admin.author()).state()).isEqualTo("applied");
    }

    @AfterEach
    void whatWasMadeGoes() {
        if (slapd == null) {
            return;
        }
        signIn.remove(town, admin);
        jdbc.sql("DELETE FROM directory.mail_domain WHERE member = ?")
                .param(town.value())
                .update();
        written.forEach(person -> people.write(List.of(
                new Person(person, 2 * NEWER, false, "Parti", "Test", "fr", null, List.of(), false, List.of()))));
        slapd.close();
    }

    private String entry(String uid, String givenName) {
        return """
                dn: uid=%1$s,ou=personnes,%2$s
                objectClass: inetOrgPerson
                uid: %1$s
                cn: %3$s Test
                sn: Test%1$s
                givenName: %3$s
                mail: %1$s@%4$s
                userPassword: %5$s

                """.formatted(uid, TestSlapd.SUFFIX, givenName, domain, THEIRS);
    }

    String address(String uid) {
        return uid + "@" + domain;
    }

    void signInBy(String state) {
        signIn.set(town, state, false, null, admin);
    }

    /** The affiliation that was read for this entry. */
    UUID affiliation(String uid) {
        return jdbc.sql("SELECT id FROM directory.affiliation WHERE member = ? AND address = ?")
                .params(town.value(), address(uid))
                .query(UUID.class)
                .single();
    }

    /** The capacity of who was read from the directory. */
    Capacity bound(String uid) {
        return capacity(affiliation(uid), town.value(), address(uid), "ldap");
    }

    /** A capacity with this member of somebody who is not in any directory. */
    static Capacity free(UUID member, String address) {
        return capacity(UUID.randomUUID(), member, address, null);
    }

    private static Capacity capacity(UUID id, UUID member, String address, String keptBy) {
        TreeMap<String, java.util.SortedSet<String>> gives = new TreeMap<>();
        gives.put("bound", new TreeSet<>(List.of("user")));
        return new Capacity(
                id, member, "216902593", null, "Ville", "agent", "Poste", null, address, null, keptBy, gives);
    }

    Person written(boolean secondFactor, Capacity... capacities) {
        // Who was read is written to Keycloak by the platform as well, some time: these are newer.
        UUID person = jdbc.sql("SELECT person FROM directory.affiliation WHERE id = ?")
                .param(capacities[0].id())
                .query(UUID.class)
                .optional()
                .orElseGet(UUID::randomUUID);
        return written(person, 1, secondFactor, capacities);
    }

    Person written(UUID id, long revision, boolean secondFactor, Capacity... capacities) {
        List<String> addresses =
                new ArrayList<>(Arrays.stream(capacities).map(Capacity::address).toList());
        Person person = new Person(
                id,
                NEWER + revision,
                true,
                "Rose",
                "Test",
                "fr",
                addresses.getFirst(),
                addresses,
                secondFactor,
                List.of(capacities));
        assertThat(people.write(List.of(person)).getFirst().failed()).isFalse();
        written.add(id);
        return person;
    }

    void password(Person person) {
        accounts.setInitialPassword(new PersonId(person.person()), OURS, false);
    }

    Browser at(String address, String... request) {
        return new Browser().open(app.signInUrl("uid", request)).send("username", "username", address);
    }

    static Browser type(Browser browser, String password) {
        return browser.send("password", "password", password);
    }

    String uid(Browser browser) {
        return app.tokens(browser).claims("id_token").path("uid").asString();
    }

    /** Keycloak counts a failure beside its answer, a moment later. */
    static void counted(Person person, int failures) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(TestApp.failures(person.person())).isEqualTo(failures));
    }
}
