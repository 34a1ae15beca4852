package org.entente.sources.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.entente.base.Reach;
import org.entente.base.Refusal;
import org.entente.testing.TestCertificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Whatever is wrong with a directory or the way to it is said precisely, in both languages. */
class LdapTroubleTest {

    private static final String BASE = "ou=personnes,dc=ville,dc=example";
    private static final String READER = "cn=lecture,dc=ville,dc=example";

    private static final TestCertificates TOWN = new TestCertificates("Autorité de la ville");
    private static final AtomicReference<LDAPException> BINDS_WITH = new AtomicReference<>();
    private static final AtomicReference<LDAPException> SEARCHES_WITH = new AtomicReference<>();

    private static InMemoryDirectoryServer server;
    private static InMemoryDirectoryServer elsewhere;

    private final LdapPeople people = new LdapPeople(
            new LdapLink(
                    new Reach(List.of("127.0.0.0/8", "::1/128")),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(1)),
            Clock.systemUTC());

    @BeforeAll
    static void aDirectory() throws Exception {
        server = server(TOWN.server("localhost", Instant.now()));
        elsewhere = server(TOWN.server("annuaire.ville.example", Instant.now()));
    }

    @AfterEach
    void wellAgain() {
        BINDS_WITH.set(null);
        SEARCHES_WITH.set(null);
    }

    @AfterAll
    static void off() {
        server.shutDown(true);
        elsewhere.shutDown(true);
    }

    @Test
    void byLdapsAndByStartTlsPeopleAreRead() {
        for (String listener : List.of("tls", "plain")) {
            assertThat(people.read(settings(listener, TOWN.authorityPem()), "secret"))
                    .singleElement()
                    .satisfies(p -> assertThat(p.givenName()).isEqualTo("Nadia"));
        }
    }

    @Test
    void aCertificateThatNobodyKnowsIsToldWithItsIssuer() {
        for (String listener : List.of("tls", "plain")) {
            said(settings(listener, null), "secret", "ldap.tls.untrusted", "Autorité de la ville", "PEM");
        }
    }

    @Test
    void anExpiredCertificateIsToldAsSuch() throws Exception {
        InMemoryDirectoryServer old =
                server(TOWN.server("localhost", Instant.now().minus(Duration.ofDays(3))));
        try {
            said(settings(old, "tls", TOWN.authorityPem(), BASE, READER), "secret", "ldap.tls.expired", "localhost");
        } finally {
            old.shutDown(true);
        }
    }

    @Test
    void aCertificateForAnotherNameIsToldWithItsNames() {
        for (String listener : List.of("tls", "plain")) {
            said(
                    settings(elsewhere, listener, TOWN.authorityPem(), BASE, READER),
                    "secret",
                    "ldap.tls.name",
                    "localhost",
                    "annuaire.ville.example");
        }
    }

    @Test
    void theWayToTheServerIsToldApart() throws Exception {
        int closed;
        try (ServerSocket free = new ServerSocket(0)) {
            closed = free.getLocalPort();
        }
        said(settings("ldaps://localhost:" + closed), "secret", "ldap.refused", String.valueOf(closed));
        said(settings("ldaps://nowhere.invalid"), "secret", "reach.unknown", "nowhere.invalid");
        said(settings("ldaps://10.0.0.1"), "secret", "reach.refused", "entente.sources.reach");
        said(settings("ldaps://localhost:" + server.getListenPort("plain")), "secret", "ldap.tls", "LDAPS");
    }

    @Test
    void aServerThatListensAndSaysNothingIsATimeOut() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            said(settings("ldaps://localhost:" + silent.getLocalPort()), "secret", "ldap.timeout");
            said(settings("ldap://localhost:" + silent.getLocalPort()), "secret", "ldap.timeout");
        }
    }

    @Test
    void aServerWithoutStartTlsIsNotReadInTheClear() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=ville,dc=example");
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("plain"));
        InMemoryDirectoryServer bare = new InMemoryDirectoryServer(config);
        bare.startListening();
        try {
            said(settings(bare, "plain", TOWN.authorityPem(), BASE, READER), "secret", "ldap.starttls");
        } finally {
            bare.shutDown(true);
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownAccountAreRefusedBinds() {
        said(settings("tls", TOWN.authorityPem()), "wrong", "ldap.bind", READER);
        said(settings(server, "tls", TOWN.authorityPem(), BASE, "cn=x,dc=ville,dc=example"), "secret", "ldap.bind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"525", "52e", "530", "531", "532", "533", "701", "773", "775"})
    void whatActiveDirectoryHidesInItsTextIsSaidInWords(String data) {
        BINDS_WITH.set(new LDAPException(
                ResultCode.INVALID_CREDENTIALS,
                "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data " + data + ", v2580"));
        said(settings("tls", TOWN.authorityPem()), "secret", "ldap.bind." + data, data);
    }

    @Test
    void aBaseThatIsNotThereIsToldWithWhatIsNearest() {
        said(
                settings(server, "tls", TOWN.authorityPem(), "ou=agents,dc=ville,dc=example", READER),
                "secret",
                "ldap.base",
                "dc=ville,dc=example");
    }

    @Test
    void nothingFoundIsARefusalAndNobodyLeaves() {
        LdapSettings none = new LdapSettings(
                "ldaps://localhost:" + server.getListenPort("tls"),
                READER,
                BASE,
                "(sn=Personne)",
                LdapPresets.ALL.getLast().attributes(),
                TOWN.authorityPem(),
                null);
        said(none, "secret", "ldap.nothing", "(sn=Personne)");
    }

    @Test
    void whatTheServerLimitsOrForbidsIsSaid() {
        Map.of(
                        ResultCode.SIZE_LIMIT_EXCEEDED, "ldap.size",
                        ResultCode.ADMIN_LIMIT_EXCEEDED, "ldap.size",
                        ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "ldap.access",
                        ResultCode.REFERRAL, "ldap.referral",
                        ResultCode.BUSY, "ldap.cut",
                        ResultCode.OPERATIONS_ERROR, "ldap.other")
                .forEach((result, code) -> {
                    SEARCHES_WITH.set(new LDAPException(result, "because\r\nof {0} this"));
                    said(settings("tls", TOWN.authorityPem()), "secret", code);
                });
    }

    @Test
    void anEntryWithoutItsKeyIsNotTakenForADeparture() {
        LdapSettings badge = new LdapSettings(
                "ldaps://localhost:" + server.getListenPort("tls"),
                READER,
                BASE,
                "(sn=*)",
                Map.of("key", "employeeNumber", "givenName", "givenName", "usualName", "sn"),
                TOWN.authorityPem(),
                null);
        said(badge, "secret", "ldap.keyless", "employeeNumber", "uid=nadia");
    }

    @Test
    void hostileSettingsAreRefusedBeforeAnythingIsSent() {
        List<String> urls = List.of(
                "",
                "http://x",
                "ldap://",
                "ldaps://a b",
                "ldaps://x:0",
                "ldaps://x:65536",
                "ldaps://x:99999999999",
                "ldaps://x/dc=y",
                "ldaps://u:p@x",
                "ldaps://x\r\ny",
                "ldaps://\u0000",
                "ldaps://x?x",
                "LDAPI://x",
                "ldaps://" + "x".repeat(400));
        for (String url : urls) {
            assertThatThrownBy(() -> settings(url)).as(url).isInstanceOf(Refusal.class);
        }
        for (String filter : List.of(
                "(",
                "(sn=*",
                "(sn=a\u0000)",
                "(sn=\\0)",
                "sn=*)(uid=*",
                "(&(sn=*)(" + "x".repeat(3_000) + "=*))",
                "(!".repeat(900) + "(sn=*)" + ")".repeat(900),
                "(sn=a\r\nb)")) {
            assertThatThrownBy(() -> settings(filter, BASE, READER, Map.of()))
                    .as("filter " + filter)
                    .isInstanceOf(Refusal.class);
        }
        for (String base : List.of("ville", "ou=x,,dc=y", "dc=a\u0000", "ou=x\r\n,dc=y")) {
            assertThatThrownBy(() -> settings("(sn=*)", base, READER, Map.of()))
                    .as(base)
                    .isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> settings("(sn=*)", BASE, "cn=a\u0000b", Map.of()))
                .isInstanceOf(Refusal.class);
        for (String attribute : List.of("a b", "x)(y", "é", "1a", "@parent", "a\u0000", "x".repeat(80))) {
            assertThatThrownBy(() -> settings("(sn=*)", BASE, READER, Map.of("phone", attribute)))
                    .as(attribute)
                    .hasMessageContaining("ldap.attribute");
        }
        for (String ca :
                List.of("x", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "y".repeat(50_000))) {
            assertThatThrownBy(() -> settings("tls", ca)).hasMessageContaining("ldap.ca");
        }
    }

    private void said(LdapSettings settings, String password, String code, String... words) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> people.read(settings, password));
        assertThat(refusal).as(code).isNotNull();
        assertThat(refusal.code()).as(refusal.toString()).isEqualTo(code);
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        for (Locale locale : List.of(Locale.FRENCH, Locale.ENGLISH)) {
            String text = messages.getMessage("refusal." + code, refusal.args().toArray(), locale);
            assertThat(List.of(words)).allSatisfy(word -> assertThat(text).contains(word));
            assertThat(text).doesNotContain("\n").doesNotContain("secret");
        }
    }

    private static LdapSettings settings(String listener, String ca) {
        return settings(server, listener, ca, BASE, READER);
    }

    private static LdapSettings settings(
            InMemoryDirectoryServer at, String listener, String ca, String base, String reader) {
        return new LdapSettings(
                (listener.equals("tls") ? "ldaps" : "ldap") + "://localhost:" + at.getListenPort(listener),
                reader,
                base,
                "(&(objectClass=inetOrgPerson)(sn=*))",
                LdapPresets.ALL.getLast().attributes(),
                ca,
                null);
    }

    private static LdapSettings settings(String url) {
        return new LdapSettings(
                url, READER, BASE, "(sn=*)", LdapPresets.ALL.getLast().attributes(), TOWN.authorityPem(), null);
    }

    private static LdapSettings settings(String filter, String base, String reader, Map<String, String> more) {
        Map<String, String> attributes =
                new java.util.HashMap<>(LdapPresets.ALL.getLast().attributes());
        attributes.putAll(more);
        return new LdapSettings("ldaps://localhost", reader, base, filter, attributes, null, null);
    }

    private static InMemoryDirectoryServer server(TestCertificates.Server certificate) throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=ville,dc=example");
        config.setSchema(null);
        config.addAdditionalBindCredentials(READER, "secret");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPSConfig(
                        "tls", 0, certificate.context().getServerSocketFactory()),
                InMemoryListenerConfig.createLDAPConfig(
                        "plain", null, 0, certificate.context().getSocketFactory()));
        config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
            @Override
            public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
                fail(BINDS_WITH);
            }

            @Override
            public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
                fail(SEARCHES_WITH);
            }
        });
        InMemoryDirectoryServer made = new InMemoryDirectoryServer(config);
        made.add("dn: dc=ville,dc=example", "objectClass: domain", "dc: ville");
        made.add("dn: " + BASE, "objectClass: organizationalUnit", "ou: personnes");
        made.add(
                "dn: uid=nadia," + BASE,
                "objectClass: inetOrgPerson",
                "uid: nadia",
                "cn: Nadia Benali",
                "sn: Benali",
                "givenName: Nadia");
        made.startListening();
        return made;
    }

    private static void fail(AtomicReference<LDAPException> with) throws LDAPException {
        LDAPException failure = with.get();
        if (failure != null) {
            throw failure;
        }
    }
}
