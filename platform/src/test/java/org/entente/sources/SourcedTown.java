package org.entente.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.identity.SignInAccounts;
import org.entente.identity.SignInPeople;
import org.entente.identity.SignInPeople.Capacity;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.SignInSources;
import org.entente.identity.keycloak.Browser;
import org.entente.identity.keycloak.KeycloakTest;
import org.entente.identity.keycloak.TestApp;
import org.entente.testing.LemonLdap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.HtmlUtils;

/** What tests of identity sources share: a town with a mail domain and a LemonLDAP::NG, its people, and an application. */
abstract class SourcedTown extends KeycloakTest {

    static final String PASSWORD = "correct horse battery staple";

    @Autowired
    IdentitySources sources;

    @Autowired
    SignInSources engine;

    @Autowired
    SignInPeople people;

    @Autowired
    SignInAccounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

    TestApp app;
    MemberId town;
    Actor admin;
    private final Set<UUID> written = new TreeSet<>();

    record Other(MemberId town, Actor admin) {}

    private static final class Running {
        static final LemonLdap LEMON = started();

        private static LemonLdap started() {
            try {
                return LemonLdap.start(Map.of());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void aTownWithItsDomain() {
        assumeTrue(LemonLdap.installed(), "LemonLDAP::NG is not installed: .ci/run says which packages");
        app = TestApp.register("sourced", "sourced", "");
        Other made = anotherTown();
        town = made.town();
        admin = made.admin();
        jdbc.sql("INSERT INTO directory.mail_domain (domain, member, verified_at) VALUES (?, ?, now())")
                .params(LemonLdap.DOMAIN, town.value())
                .update();
    }

    @AfterEach
    void whatWasMadeGoes() {
        if (town == null) {
            return;
        }
        sources.of(town).forEach(source -> sources.remove(town, source.id(), admin));
        jdbc.sql("DELETE FROM directory.mail_domain WHERE member = ?")
                .param(town.value())
                .update();
        written.forEach(person -> people.write(
                List.of(new Person(person, 1000, false, "Parti", "Test", "fr", null, List.of(), false, List.of()))));
    }

    static LemonLdap provider() {
        return Running.LEMON;
    }

    Other anotherTown() {
        MemberId made =
                new MemberId(jdbc.sql("INSERT INTO directory.member (kind, name) VALUES ('commune', ?) RETURNING id")
                        .param("Ville " + UUID.randomUUID())
                        .query(UUID.class)
                        .single());
        return new Other(
                made,
                new Actor(
                        new PersonId(UUID.randomUUID()),
                        "Admin",
                        new AffiliationId(UUID.randomUUID()),
                        made,
                        false,
                        Set.of(Role.MEMBER_ADMIN),
                        null));
    }

    /** A source by OpenID Connect, which the town's provider knows; not described yet. */
    IdentitySource oidc() throws Exception {
        IdentitySource made = sources.make(town, "oidc", "Connexion de la ville", admin);
        provider().restart(LemonLdap.client(engine.ours(made.id().toString()).redirectUri()));
        return made;
    }

    /** A source by SAML, on trial, which the town's provider knows. */
    IdentitySource saml() throws Exception {
        IdentitySource made = sources.make(town, "saml", "Connexion SAML de la ville", admin);
        sources.change(town, made.id(), metadata("trial"), admin);
        String ours = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        engine.ours(made.id().toString()).metadataUrl()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        provider().restart(LemonLdap.service(ours));
        return sources.one(town, made.id());
    }

    IdentitySource inService(IdentitySource source) {
        return sources.change(
                town,
                source.id(),
                source.kind() == IdentitySource.Kind.OIDC ? described("on", true) : metadata("on"),
                admin);
    }

    static IdentitySources.Asked described(String state, boolean trustsAddresses) {
        return described(state, trustsAddresses, List.of(LemonLdap.DOMAIN));
    }

    static IdentitySources.Asked described(String state, boolean trustsAddresses, List<String> domains) {
        return new IdentitySources.Asked(
                null,
                state,
                domains,
                false,
                trustsAddresses,
                true,
                provider().url(),
                LemonLdap.CLIENT,
                LemonLdap.SECRET,
                null,
                null,
                null);
    }

    static IdentitySources.Asked passwordsToo() {
        IdentitySources.Asked all = described("on", true);
        return new IdentitySources.Asked(
                null,
                "on",
                all.domains(),
                true,
                true,
                true,
                all.issuer(),
                all.clientId(),
                all.secret(),
                null,
                null,
                null);
    }

    static IdentitySources.Asked state(String state) {
        return new IdentitySources.Asked(null, state, null, null, null, null, null, null, null, null, null, null);
    }

    private static IdentitySources.Asked metadata(String state) {
        return new IdentitySources.Asked(
                null,
                state,
                List.of(LemonLdap.DOMAIN),
                false,
                false,
                true,
                null,
                null,
                null,
                provider().url() + "saml/metadata",
                null,
                null);
    }

    Person written(Person person) {
        assertThat(people.write(List.of(person)).getFirst().outcome()).isEqualTo("created");
        written.add(person.person());
        return person;
    }

    void password(Person person) {
        accounts.setInitialPassword(new PersonId(person.person()), PASSWORD, false);
    }

    static Person person(Capacity... capacities) {
        return person(false, capacities);
    }

    static Person person(boolean secondFactor, Capacity... capacities) {
        return state(UUID.randomUUID(), 1, secondFactor, capacities);
    }

    static Person with(Person before, Capacity... capacities) {
        return state(before.person(), before.revision() + 1, before.needsSecondFactor(), capacities);
    }

    private static Person state(UUID id, long revision, boolean secondFactor, Capacity... capacities) {
        List<String> addresses =
                new ArrayList<>(Arrays.stream(capacities).map(Capacity::address).toList());
        return new Person(
                id,
                revision,
                true,
                "Rose",
                "Tyler",
                "fr",
                addresses.getFirst(),
                addresses,
                secondFactor,
                List.of(capacities));
    }

    static String address(String name) {
        return name + "@" + LemonLdap.DOMAIN;
    }

    Capacity post(String name) {
        return capacity(town.value(), address(name));
    }

    static Capacity elsewhere(String address) {
        return capacity(UUID.randomUUID(), address);
    }

    /** One that gives these services, too. */
    Capacity gives(String name, String... services) {
        return capacity(town.value(), address(name), services);
    }

    private static Capacity capacity(UUID member, String address, String... services) {
        TreeMap<String, java.util.SortedSet<String>> gives = new TreeMap<>();
        gives.put("sourced", new TreeSet<>(List.of("user")));
        List.of(services).forEach(service -> gives.put(service, new TreeSet<>(List.of("user"))));
        return new Capacity(
                UUID.randomUUID(),
                member,
                "216902593",
                null,
                "Ville",
                "agent",
                "Poste",
                null,
                address,
                null,
                null,
                gives);
    }

    /** Signs in at the town's own page, which the browser is at. */
    static Browser atTheTown(Browser browser, String name) {
        if (browser.page().contains("name=\"SAMLRequest\"")) {
            browser.submit("SAMLRequest");
        }
        return browser.submit("user", "user", name, "password", name);
    }

    /** A page that only passes a message of SAML on, and sends itself in a browser with scripts. */
    static Browser passedOn(Browser browser) {
        return browser.submit("SAMLResponse");
    }

    static void chooseFirst(Browser browser) {
        Matcher first = Pattern.compile("name=\"capacity\" value=\"([^\"]+)\"").matcher(browser.page());
        if (first.find()) {
            browser.send("capacity", "capacity", first.group(1));
        }
    }

    static String hidden(Browser browser, String field) {
        Matcher input =
                Pattern.compile("<input[^>]*name=\"" + field + "\"[^>]*>").matcher(browser.page());
        assertThat(input.find()).as("%s in %s", field, browser.page()).isTrue();
        Matcher value = Pattern.compile("value=\"([^\"]*)\"").matcher(input.group());
        return value.find() ? HtmlUtils.htmlUnescape(value.group(1)) : "";
    }

    static String text(String base64) {
        return new String(Base64.getMimeDecoder().decode(base64), UTF_8);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
