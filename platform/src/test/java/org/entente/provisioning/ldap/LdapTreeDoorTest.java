package org.entente.provisioning.ldap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.entente.provisioning.ldap.LdapTrees.PASSWORD;
import static org.entente.provisioning.ldap.LdapTrees.READER;
import static org.entente.provisioning.ldap.LdapTrees.ROOT;
import static org.entente.provisioning.ldap.LdapTrees.run;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.entente.catalog.Catalog;
import org.entente.identity.AppPasswords;
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
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who gets in at the door of the trees, and how much they may ask of it. */
@SpringBootTest(properties = "entente.ldap.port=0")
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, Town.class, LdapTrees.class})
class LdapTreeDoorTest {

    @Autowired
    LdapTreeDoor door;

    @Autowired
    Tree tree;

    @Autowired
    Catalog catalog;

    @Autowired
    AppPasswords passwords;

    @Autowired
    JdbcClient jdbc;

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

    @Test
    void aRequestThatIsTooDeepToReadTakesNoPlace() throws Exception {
        LdapTreeDoor narrow = door("127.0.0.1", "");
        narrow.start();
        try {
            for (int i = 0; i < 4; i++) {
                try (Socket line = new Socket("127.0.0.1", narrow.port())) {
                    line.setSoTimeout(30_000);
                    line.getOutputStream().write(nested(15_000));
                    line.getInputStream().readAllBytes(); // until the server closes it
                }
            }
            try (LDAPConnection again = new LDAPConnection("127.0.0.1", narrow.port(), READER, PASSWORD)) {
                assertThat(again.getEntry(ROOT)).isNotNull();
            }
        } finally {
            narrow.stop();
        }
    }

    @Test
    void aFilterOfTooManyFiltersInOneAnotherIsRefused() throws Exception {
        Filter deep = Filter.create("(cn=*)");
        for (int i = 0; i < 51; i++) {
            deep = Filter.createNOTFilter(deep);
        }
        Filter tooDeep = deep;
        try (LDAPConnection reader = new LDAPConnection("127.0.0.1", door.port(), READER, PASSWORD)) {
            assertThatThrownBy(() -> reader.search(ROOT, SearchScope.SUB, tooDeep))
                    .isInstanceOfSatisfying(
                            LDAPException.class,
                            refused -> assertThat(refused.getResultCode()).isEqualTo(ResultCode.UNWILLING_TO_PERFORM));
            assertThat(reader.search(ROOT, SearchScope.BASE, "(!(!(objectClass=*)))")
                            .getEntryCount())
                    .isEqualTo(1);
        }
    }

    /** A search (RFC 4511, 4.5.1) whose filter is that many NOTs, one in another. */
    private static byte[] nested(int depth) throws IOException {
        byte[] filter = element(0x87, "cn".getBytes(US_ASCII));
        for (int i = 0; i < depth; i++) {
            filter = element(0xa2, filter);
        }
        byte[] number = {2, 1, 0};
        byte[] choice = {10, 1, 0};
        byte[] search = element(
                0x63,
                element(4, new byte[0]),
                choice,
                choice,
                number,
                number,
                new byte[] {1, 1, 0},
                filter,
                element(0x30, new byte[0]));
        return element(0x30, new byte[] {2, 1, 1}, search);
    }

    private static byte[] element(int tag, byte[]... parts) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.write(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.size() < 0x80) {
            out.write(content.size());
        } else {
            out.write(0x82);
            out.write(content.size() >> 8);
            out.write(content.size());
        }
        content.writeTo(out);
        return out.toByteArray();
    }

    private LdapTreeDoor door(String address, String bundle) {
        return new LdapTreeDoor(
                tree, catalog, passwords, new DefaultSslBundleRegistry(), 0, address, bundle, 2, Duration.ofSeconds(1));
    }

    private static File authority(TestCertificates certificates) throws IOException {
        Path file = Files.createTempFile("entente-test-authority", ".pem");
        Files.writeString(file, certificates.authorityPem());
        return file.toFile();
    }
}
