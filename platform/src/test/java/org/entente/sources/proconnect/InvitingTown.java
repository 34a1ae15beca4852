package org.entente.sources.proconnect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.directory.Siret;
import org.entente.identity.AppSessions;
import org.entente.identity.SignInAccounts;
import org.entente.identity.SignInPeople;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.KeycloakTest;
import org.entente.identity.keycloak.TestApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of ProConnect share: a territory that is a service of it, a town that invites partners, and an application. */
abstract class InvitingTown extends KeycloakTest {

    static final String OURS = "correct horse battery staple";
    static final String PREFECTURE = siret("130025265");
    static final String AGENCY = siret("552081317");

    @Autowired
    ProConnectSourceKeeper keeper;

    @Autowired
    Partners partners;

    @Autowired
    PartnerRefusals refusals;

    @Autowired
    SignInPeople people;

    @Autowired
    SignInAccounts accounts;

    @Autowired
    AppSessions sessions;

    @Autowired
    JdbcClient jdbc;

    private final List<UUID> written = new ArrayList<>();
    TestProConnect proconnect;
    TestApp app;
    Town town;
    Actor operator;

    record Town(MemberId id, String siren, String domain, Actor admin) {}

    @BeforeEach
    void aTerritoryThatIsAServiceOfProConnect() throws Exception {
        app = TestApp.register("invited", "invited", "");
        town = town();
        operator = actor(town.id(), true, Role.OPERATOR_ADMIN);
        String ours = keeper.ours().redirectUri();
        proconnect = TestProConnect.start(ours, ours + "/logout_response");
        keeper.change(described("on"), operator);
    }

    @AfterEach
    void whatWasMadeGoes() {
        keeper.change(new ProConnectSourceKeeper.Asked("off", null, null, null, null, null), operator);
        proconnect.close();
        written.forEach(person -> people.write(
                List.of(new Person(person, 1000, false, "Parti", "Test", "fr", null, List.of(), false, List.of()))));
        jdbc.sql(
                        "TRUNCATE sources.proconnect_partner, sources.proconnect_account, sources.proconnect_refusal, sources.proconnect_member")
                .update();
    }

    ProConnectSourceKeeper.Asked described(String state) {
        return new ProConnectSourceKeeper.Asked(
                state, true, proconnect.issuer(), TestProConnect.CLIENT, TestProConnect.SECRET, null);
    }

    Town town() {
        String siren = siren();
        String domain = "d" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        MemberId id = new MemberId(
                jdbc.sql("INSERT INTO directory.member (kind, name, siren) VALUES ('commune', ?, ?) RETURNING id")
                        .params("Ville " + domain, siren)
                        .query(UUID.class)
                        .single());
        jdbc.sql("INSERT INTO directory.mail_domain (domain, member, verified_at) VALUES (?, ?, now())")
                .params(domain, id.value())
                .update();
        return new Town(id, siren, domain, actor(id, false, Role.MEMBER_ADMIN));
    }

    private static Actor actor(MemberId member, boolean operator, Role role) {
        return new Actor(
                new PersonId(UUID.randomUUID()),
                "Admin",
                new AffiliationId(UUID.randomUUID()),
                member,
                operator,
                Set.of(role),
                null);
    }

    /** Somebody with these posts, as the directory has them; Keycloak knows them, and they have no password. */
    Person somebody(Capacity... posts) {
        UUID id = jdbc.sql(
                        "INSERT INTO directory.person (given_name, usual_name) VALUES ('Camille', 'Durand') RETURNING id")
                .query(UUID.class)
                .single();
        for (Capacity post : posts) {
            jdbc.sql("""
                            INSERT INTO directory.affiliation (id, person, member, kind, function, address, valid_from, valid_until, phase)
                            VALUES (?, ?, ?, ?, 'Poste', ?, now() - interval '1 day', now() + interval '90 days', 'current')""")
                    .params(post.id(), id, post.member(), post.kind(), post.address())
                    .update();
        }
        List<String> addresses =
                List.of(posts).stream().map(Capacity::address).distinct().toList();
        Person person = new Person(
                id, 1, true, "Camille", "Durand", "fr", addresses.getFirst(), addresses, false, List.of(posts));
        assertThat(people.write(List.of(person)).getFirst().failed()).isFalse();
        written.add(id);
        return person;
    }

    /** A partner of the town, invited for this organisation. */
    Person invited(String address, String siret) {
        Person person = somebody(post(town, "partner", address));
        partners.invite(town.id(), person.capacities().getFirst().id(), siret, town.admin());
        return person;
    }

    void password(Person person) {
        accounts.setInitialPassword(new PersonId(person.person()), OURS, false);
    }

    static Capacity post(Town town, String kind, String address) {
        TreeMap<String, java.util.SortedSet<String>> gives = new TreeMap<>();
        gives.put("invited", new TreeSet<>(List.of("user")));
        return new Capacity(
                UUID.randomUUID(),
                town.id().value(),
                town.siren(),
                null,
                "Ville",
                kind,
                "Poste",
                null,
                address,
                null,
                null,
                gives);
    }

    static String somewhere(String name) {
        return name + "@" + UUID.randomUUID().toString().substring(0, 8) + ".gouv.example";
    }

    /** Presses the button of the sign-in page. */
    Browser atProConnect(String... request) {
        Browser browser = new Browser().open(app.signInUrl("uid email siret", request));
        assertThat(browser.page()).contains("S’identifier avec ProConnect");
        return browser.send("source", "source", ProConnectSourceKeeper.ALIAS);
    }

    static Browser as(Browser browser, String sub, String address, String siret) {
        return browser.send("sub", "sub", sub, "email", address, "siret", siret);
    }

    Browser comes(String sub, String address, String siret) {
        return as(atProConnect(), sub, address, siret);
    }

    String uid(Browser browser) {
        return app.tokens(browser).claims("id_token").path("uid").asString();
    }

    List<String> refused() {
        return refusals.of(town.id()).stream().map(PartnerRefusals.Row::reason).toList();
    }

    static String subject() {
        return UUID.randomUUID().toString();
    }

    private static String siren() {
        String eight = Integer.toString(ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999));
        return completed(eight);
    }

    static String siret(String siren) {
        String made = completed(siren + "0001");
        return new Siret(made).value();
    }

    /** With the digit that makes it right by Luhn's rule. */
    private static String completed(String digits) {
        for (int last = 0; last < 10; last++) {
            String all = digits + last;
            int sum = 0;
            for (int i = 0; i < all.length(); i++) {
                int digit = all.charAt(all.length() - 1 - i) - '0';
                int weighted = i % 2 == 0 ? digit : digit * 2;
                sum += weighted > 9 ? weighted - 9 : weighted;
            }
            if (sum % 10 == 0) {
                return all;
            }
        }
        throw new AssertionError(digits);
    }
}
