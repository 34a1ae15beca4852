package org.entente.provisioning.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.jayway.jsonpath.JsonPath;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.directory.BasicAttributes;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import org.entente.catalog.Catalog;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.identity.AppPasswords;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.ConnectorContract;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.Target;
import org.entente.testing.TestActors;
import org.entente.testing.TestCertificates;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.web.servlet.MockMvc;

/** The tree as applications read it: by OpenLDAP's ldapsearch and by the JDK's own client. */
@SpringBootTest(properties = "entente.ldap.port=0")
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, Town.class, LdapTreeTest.Services.class})
class LdapTreeTest extends ConnectorContract {

    private static final String PASSWORD = "a-long-password-of-the-application";
    private static final String ROOT = "dc=ged,dc=entente";
    private static final String READER = "cn=reader," + ROOT;

    @TestConfiguration(proxyBeanMethods = false)
    static class Services {

        @Bean
        DynamicPropertyRegistrar twoServices() throws IOException {
            Path folder = Files.createTempDirectory("entente-test-catalog");
            Path secrets = Files.createTempDirectory("entente-test-secrets");
            Files.writeString(secrets.resolve("GED"), PASSWORD);
            Files.writeString(secrets.resolve("AGENDA"), PASSWORD + "-too");
            Files.writeString(secrets.resolve("SHORT"), "short");
            service(folder, "ged", "connector: {kind: ldap, settings: {password: \"${secret:GED}\"}}");
            service(folder, "agenda", "connector: {kind: ldap, settings: {password: \"${secret:AGENDA}\"}}");
            service(folder, "weak", "connector: {kind: ldap, settings: {password: \"${secret:SHORT}\"}}");
            service(folder, "other", "connector: {kind: test-none, settings: {password: \"${secret:GED}\"}}");
            return registry -> {
                registry.add("entente.catalog.folder", folder::toString);
                registry.add("entente.secrets.folder", secrets::toString);
            };
        }

        private static void service(Path folder, String id, String connector) throws IOException {
            Files.writeString(folder.resolve(id + ".yaml"), """
                    id: %1$s
                    name: {fr: %1$s, en: %1$s}
                    summary: {fr: Pour les essais, en: For tests}
                    icon: hammer
                    category: work
                    signIn: {kind: link, url: "https://%1$s.example.fr/"}
                    roles: [user]
                    suits: [agent, elu, partner, trainee]
                    everyone: true
                    %2$s
                    """.formatted(id, connector));
        }
    }

    @Autowired
    LdapTreeConnector connector;

    @Autowired
    LdapTreeDoor door;

    @Autowired
    Tree tree;

    @Autowired
    Catalog catalog;

    @Autowired
    AppPasswords passwords;

    @Autowired
    TestActors actors;

    @Autowired
    Town town;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    @Override
    protected Connector connector() {
        return connector;
    }

    @Override
    protected Target target() {
        return new Target("ged", Map.of());
    }

    @Override
    protected boolean usable(DesiredAccount account) {
        return found(ROOT, "(uid=" + account.capacity().id() + ")").size() == 1;
    }

    @Override
    protected void meddleWith(DesiredAccount account) {
        jdbc.sql(
                        "UPDATE provisioning.ldap_entry SET attributes = replace(attributes, 'Adjointe', 'Roi') WHERE account = ?")
                .param(account.account())
                .update();
    }

    @Test
    void anApplicationFindsAPersonByAddressWithTheirMemberAndGroups() throws Exception {
        MemberId member = town.member("Givors");
        AffiliationId post = town.joins(
                town.person("Nadia", "D’Haënens"), member, "agent", town.unit(member, "Culture, sports", null));
        String address = addressOf(post);
        await().untilAsserted(
                        () -> assertThat(found(ROOT, "(mail=" + address + ")")).hasSize(1));

        Ran ran = ldapsearch(
                "-b", ROOT, "(&(objectClass=inetOrgPerson)(mail=" + address.toUpperCase(java.util.Locale.ROOT) + "))");

        assertThat(ran.code()).isZero();
        assertThat(ran.text())
                .contains("dn: uid=" + post + ",ou=people,o=" + member + "," + ROOT)
                .contains("sn:: ") // base64, since it is not ASCII
                .contains("givenName: Nadia")
                .contains("o: Givors")
                .contains("memberOf: cn=role-user,ou=groups,o=" + member + "," + ROOT);
        assertThat(found(
                        "ou=groups,o=" + member + "," + ROOT,
                        "(member=uid=" + post + ",ou=people,o=" + member + "," + ROOT + ")"))
                .hasSize(2)
                .anyMatch(dn -> dn.contains("Culture\\, sports"));
    }

    @Test
    void somebodyWhoLeavesIsGoneFromTheTree() {
        AffiliationId post = town.joins(town.person("Paul", "Durand"), town.member("Grigny"), "agent", null);
        await().untilAsserted(
                        () -> assertThat(found(ROOT, "(uid=" + post + ")")).hasSize(1));

        town.ends(post, "manual");

        await().untilAsserted(
                        () -> assertThat(found(ROOT, "(uid=" + post + ")")).isEmpty());
    }

    @Test
    void aPersonSignsInByAnAppPasswordOfThatCapacityAndSeesNobodyElse() throws Exception {
        var person = town.person("Awa", "Diallo");
        AffiliationId post = town.joins(person, town.member("Givors"), "agent", null);
        AffiliationId mandate = town.joins(person, town.member("Grigny"), "elu", null);
        await().untilAsserted(
                        () -> assertThat(found(ROOT, "(uid=" + mandate + ")")).hasSize(1));
        await().untilAsserted(
                        () -> assertThat(found(ROOT, "(uid=" + post + ")")).hasSize(1));
        String secret = appPassword(post, "ged");

        DirContext self = bound(dn(post), secret);

        assertThat(names(self, ROOT, "(objectClass=inetOrgPerson)")).containsExactly(dn(post));
        self.close();
        assertThatThrownBy(() -> bound(dn(mandate), secret)).hasMessageContaining("49");
        assertThatThrownBy(() -> bound(dn(post), "wrong")).hasMessageContaining("49");
        assertThatThrownBy(() -> bound(dn(post), PASSWORD)).hasMessageContaining("49");
        String forAnother = appPassword(post, "agenda");
        assertThatThrownBy(() -> bound(dn(post), forAnother)).hasMessageContaining("49");
        town.ends(post, "manual");
        await().untilAsserted(() -> assertThatThrownBy(() -> bound("uid=" + post + ",ou=people,o=x," + ROOT, secret))
                .hasMessageContaining("49"));
    }

    @Test
    void anApplicationReadsItsOwnTreeAndNoOther() throws Exception {
        AffiliationId post = town.joins(town.person("Zoé", "Petit"), town.member("Givors"), "agent", null);
        await().untilAsserted(
                        () -> assertThat(found(ROOT, "(uid=" + post + ")")).hasSize(1));

        assertThat(ldapsearch("-b", "dc=agenda,dc=entente").code()).isEqualTo(32);
        assertThat(ldapsearch("-b", "dc=entente").code()).isEqualTo(32);
        assertThatThrownBy(() -> bound("cn=reader,dc=agenda,dc=entente", PASSWORD))
                .hasMessageContaining("49");
        assertThatThrownBy(() -> bound("cn=reader,dc=other,dc=entente", PASSWORD))
                .hasMessageContaining("49");
        assertThatThrownBy(() -> bound("cn=reader,dc=unheard,dc=entente", PASSWORD))
                .hasMessageContaining("49");
        assertThatThrownBy(() -> bound("cn=reader,dc=weak,dc=entente", "short")).hasMessageContaining("49");
    }

    @Test
    void nothingIsReadWithoutABindAndAnEmptyPasswordIsNone() throws Exception {
        assertThat(run("ldapsearch", "-x", "-LLL", "-H", url(), "-b", ROOT).code())
                .isNotZero();
        // RFC 4513, 5.1.2
        assertThat(run("ldapsearch", "-x", "-LLL", "-H", url(), "-D", READER, "-w", "", "-b", ROOT)
                        .code())
                .isEqualTo(53);
    }

    @Test
    void whateverWouldChangeSomethingIsRefused() throws Exception {
        AffiliationId post = town.joins(town.person("Luc", "Morel"), town.member("Givors"), "agent", null);
        await().untilAsserted(
                        () -> assertThat(found(ROOT, "(uid=" + post + ")")).hasSize(1));
        String theirs = dn(post);
        DirContext application = bound(READER, PASSWORD);

        assertThatThrownBy(() -> application.destroySubcontext(theirs))
                .isInstanceOf(OperationNotSupportedException.class)
                .hasMessageContaining("read-only");
        assertThatThrownBy(
                        () -> application.createSubcontext("o=new," + ROOT, new BasicAttributes("objectClass", "top")))
                .isInstanceOf(OperationNotSupportedException.class);
        assertThatThrownBy(() -> application.rename(theirs, "uid=x," + ROOT))
                .isInstanceOf(OperationNotSupportedException.class);
        assertThatThrownBy(() -> application.modifyAttributes(
                        theirs, DirContext.REPLACE_ATTRIBUTE, new BasicAttributes("mail", "attacker@example.org")))
                .isInstanceOf(OperationNotSupportedException.class);
        application.close();
        assertThat(found(ROOT, "(mail=attacker@example.org)")).isEmpty();
    }

    @Test
    void aSizeLimitAndACriticalControlAreAnsweredAsTheStandardSays() throws Exception {
        MemberId member = town.member("Givors");
        for (int i = 0; i < 3; i++) {
            town.joins(town.person("Lot" + i, "Limite"), member, "agent", null);
        }
        await().untilAsserted(() -> assertThat(found(ROOT, "(sn=Limite)")).hasSize(3));

        assertThat(ldapsearch("-z", "2", "-b", ROOT, "(sn=Limite)").code()).isEqualTo(4);
        assertThat(ldapsearch("-E", "!pr=2/noprompt", "-b", ROOT, "(sn=Limite)").code())
                .isEqualTo(12);
    }

    @Test
    void fromElsewhereItIsServedByTlsOnly() throws Exception {
        assertThatThrownBy(() -> door("0.0.0.0", "").start()).hasMessageContaining("ssl-bundle");

        TestCertificates certificates = new TestCertificates("LDAP");
        TestCertificates.Server server = certificates.server("localhost", Instant.now());
        LdapTreeDoor tls = new LdapTreeDoor(
                tree,
                catalog,
                passwords,
                new DefaultSslBundleRegistry(
                        "ldap",
                        SslBundle.of(new PemSslStoreBundle(
                                PemSslStoreDetails.forCertificate(server.certificatePem())
                                        .withPrivateKey(server.keyPem()),
                                null))),
                0,
                "127.0.0.1",
                "ldap",
                10,
                Duration.ofMinutes(1));
        tls.start();
        try {
            SSLUtil trust = new SSLUtil(new PEMFileTrustManager(authority(certificates)));
            try (LDAPConnection connection =
                    new LDAPConnection(trust.createSSLSocketFactory(), "localhost", tls.port(), READER, PASSWORD)) {
                assertThat(connection.getEntry(ROOT)).isNotNull();
            }
            SSLUtil others = new SSLUtil(new PEMFileTrustManager(authority(new TestCertificates("Other"))));
            assertThatThrownBy(() -> new LDAPConnection(others.createSSLSocketFactory(), "localhost", tls.port()))
                    .isInstanceOf(LDAPException.class);
            assertThat(run(
                                    "ldapsearch",
                                    "-x",
                                    "-H",
                                    "ldap://127.0.0.1:" + tls.port(),
                                    "-D",
                                    READER,
                                    "-w",
                                    PASSWORD,
                                    "-b",
                                    ROOT)
                            .code())
                    .isNotZero();
        } finally {
            tls.stop();
        }
    }

    @Test
    void oneMachineTakesNotAllConnectionsAndAnIdleOneIsCut() throws Exception {
        LdapTreeDoor narrow = door("127.0.0.1", "");
        narrow.start();
        try (LDAPConnection first = new LDAPConnection("127.0.0.1", narrow.port(), READER, PASSWORD);
                LDAPConnection second = new LDAPConnection("127.0.0.1", narrow.port(), READER, PASSWORD)) {
            assertThatThrownBy(() -> new LDAPConnection("127.0.0.1", narrow.port(), READER, PASSWORD))
                    .isInstanceOf(LDAPException.class);

            await().until(() -> !first.isConnected() && !second.isConnected());
            try (LDAPConnection again = new LDAPConnection("127.0.0.1", narrow.port(), READER, PASSWORD)) {
                assertThat(again.getEntry(ROOT)).isNotNull();
            }
        } finally {
            narrow.stop();
        }
    }

    @Test
    void aTreeLargerThanAPageIsReadWhole() throws Exception {
        await().untilAsserted(() ->
                assertThat(found(ROOT, "(objectClass=inetOrgPerson)")).isNotEmpty());
        jdbc.sql("""
                        INSERT INTO provisioning.ldap_entry
                            (service, account, capacity, organisation, organisation_name, attributes, roles, unit, revision)
                        SELECT 'agenda', gen_random_uuid(), gen_random_uuid(), 'page', 'Page', '{"cn": ["P"], "sn": ["Pages"]}', '{user}', 'Unit ' || n % 2, 1
                        FROM generate_series(1, 1201) n""").update();
        try (LDAPConnection reader =
                new LDAPConnection("127.0.0.1", door.port(), "cn=reader,dc=agenda,dc=entente", PASSWORD + "-too")) {
            String below = "o=page,dc=agenda,dc=entente";
            assertThat(reader.search(below, SearchScope.SUB, "(sn=Pages)").getEntryCount())
                    .isEqualTo(1201);
            assertThat(reader.search(below, SearchScope.SUB, "(objectClass=inetOrgPerson)")
                            .getEntryCount())
                    .isEqualTo(1201);
            assertThat(reader.search(below, SearchScope.SUB, "(objectClass=groupOfNames)")
                            .getSearchEntries())
                    .extracting(
                            group -> group.getAttributeValue("cn") + " " + group.getAttributeValues("member").length)
                    .containsExactlyInAnyOrder("role-user 1201", "unit-Unit 0 600", "unit-Unit 1 601");
            assertThat(reader.search(below, SearchScope.ONE, "(objectClass=*)").getEntryCount())
                    .isEqualTo(2);
        } finally {
            jdbc.sql("DELETE FROM provisioning.ldap_entry WHERE organisation = 'page'")
                    .update();
        }
    }

    private LdapTreeDoor door(String address, String bundle) {
        return new LdapTreeDoor(
                tree, catalog, passwords, new DefaultSslBundleRegistry(), 0, address, bundle, 2, Duration.ofSeconds(1));
    }

    private String url() {
        return "ldap://127.0.0.1:" + door.port();
    }

    private String addressOf(AffiliationId affiliation) {
        return jdbc.sql("SELECT address FROM directory.affiliation WHERE id = ?")
                .param(affiliation.value())
                .query(String.class)
                .single();
    }

    private String appPassword(AffiliationId capacity, String service) throws Exception {
        String made = mvc.perform(post("/api/me/app-passwords")
                        .with(actors.signIn(capacity))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"label\": \"LDAP\", \"door\": \"ldap:" + service + "\", \"capacity\": \"" + capacity
                                + "\"}"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        return JsonPath.read(made, "$.secret");
    }

    private String dn(AffiliationId capacity) {
        return found(ROOT, "(uid=" + capacity + ")").getFirst();
    }

    /** By the JDK's client, as the application. */
    private List<String> found(String base, String filter) {
        try {
            DirContext application = bound(READER, PASSWORD);
            try {
                return names(application, base, filter);
            } finally {
                application.close();
            }
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(DirContext context, String base, String filter) throws NamingException {
        SearchControls all = new SearchControls();
        all.setSearchScope(SearchControls.SUBTREE_SCOPE);
        List<String> names = new ArrayList<>();
        var results = context.search(base, filter, all);
        while (results.hasMore()) {
            SearchResult result = results.next();
            names.add(result.getNameInNamespace());
        }
        return names;
    }

    private DirContext bound(String dn, String password) throws NamingException {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        settings.put(Context.PROVIDER_URL, url());
        settings.put(Context.SECURITY_AUTHENTICATION, "simple");
        settings.put(Context.SECURITY_PRINCIPAL, dn);
        settings.put(Context.SECURITY_CREDENTIALS, password);
        return new InitialDirContext(settings);
    }

    private record Ran(int code, String text) {}

    private Ran ldapsearch(String... args) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("ldapsearch", "-x", "-LLL", "-o", "ldif-wrap=no", "-H", url(), "-D", READER, "-w", PASSWORD));
        command.addAll(Arrays.asList(args));
        return run(command.toArray(String[]::new));
    }

    private static Ran run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Duration.ofSeconds(30))).isTrue();
        return new Ran(process.exitValue(), text);
    }

    private static File authority(TestCertificates certificates) throws IOException {
        Path file = Files.createTempFile("entente-test-authority", ".pem");
        Files.writeString(file, certificates.authorityPem());
        return file.toFile();
    }
}
