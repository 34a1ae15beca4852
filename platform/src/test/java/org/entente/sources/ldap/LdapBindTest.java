package org.entente.sources.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.entente.base.Reach;
import org.entente.base.Refusal;
import org.entente.testing.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an Active Directory says of a password, by the codes it hides in its refusals and the bytes of its keys. */
class LdapBindTest {

    private static final TestCertificates TOWN = new TestCertificates("Autorité de la ville");
    private static final String BASE = "dc=ville,dc=example";
    private static final String READER = "cn=lecture";
    private static final UUID GUID = UUID.fromString("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

    private final AtomicReference<String> code = new AtomicReference<>();
    private final AtomicReference<String> bound = new AtomicReference<>();
    private final AtomicInteger readers = new AtomicInteger();
    private final Reach reach = new Reach(List.of("127.0.0.0/8", "::1/128"));
    private final LdapBind bind = new LdapBind(
            reach,
            new LdapPeople(
                    new LdapLink(reach, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMinutes(1)),
                    Clock.systemUTC()),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));
    private InMemoryDirectoryServer directory;

    @BeforeEach
    void anActiveDirectory() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setSchema(null);
        config.addAdditionalBindCredentials(READER, "secret");
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPSConfig(
                "tls", 0, TOWN.server("localhost", Instant.now()).context().getServerSocketFactory()));
        config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
            @Override
            public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
                String name = request.getRequest().getBindDN();
                if (name.equals(READER)) {
                    readers.incrementAndGet();
                    return;
                }
                bound.set(name);
                if (code.get() != null) {
                    throw new LDAPException(
                            ResultCode.INVALID_CREDENTIALS,
                            "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data " + code.get()
                                    + ", v2580");
                }
            }
        });
        directory = new InMemoryDirectoryServer(config);
        directory.add("dn: " + BASE, "objectClass: domain", "dc: ville");
        directory.add(
                "cn=nadia," + BASE,
                new Attribute("objectClass", "user"),
                new Attribute("givenName", "Nadia"),
                new Attribute("sn", "Benali"),
                new Attribute("userAccountControl", "512"),
                new Attribute("userPassword", "le bon"),
                new Attribute("objectGUID", bytes(GUID)));
        directory.startListening();
    }

    @AfterEach
    void off() {
        directory.shutDown(true);
    }

    @Test
    void anEntryIsFoundByTheBytesOfItsKey() {
        assertThat(ask("le bon")).isEqualTo(LdapSaid.RIGHT);
        assertThat(ask("l'autre")).isEqualTo(LdapSaid.WRONG);
        assertThat(bound.get()).startsWith("cn=nadia,");
    }

    @Test
    void anEmptyPasswordIsNotEvenTried() {
        assertThat(ask("")).isEqualTo(LdapSaid.WRONG);
        assertThat(bound.get()).isNull();
    }

    @Test
    void forNobodyTheDirectoryLooksAtAPasswordTooAndItIsTheReadersOwn() {
        assertThat(bind.ask(settings(), "secret", null, "")).isEqualTo(LdapSaid.WRONG);
        assertThat(bound.get()).isNull();
        assertThat(readers).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({
        "52e,WRONG",
        "525,WRONG",
        "530,HOURS",
        "531,HOURS",
        "532,EXPIRED",
        "533,DISABLED",
        "701,ENDED",
        "773,MUST_CHANGE",
        "775,LOCKED"
    })
    void theReasonIsTold(String hidden, LdapSaid said) {
        code.set(hidden);

        assertThat(ask("le bon")).isEqualTo(said);
    }

    @Test
    void aClosedAccountDoesNotComeInByTheRightPassword() throws Exception {
        directory.modify(
                "dn: cn=nadia," + BASE, "changetype: modify", "replace: userAccountControl", "userAccountControl: 514");

        assertThat(ask("le bon")).isEqualTo(LdapSaid.DISABLED);
        assertThat(ask("faux")).isEqualTo(LdapSaid.WRONG);
    }

    @Test
    void aReaderThatIsRefusedIsAnOutageAndNobodysFailure() {
        assertThatThrownBy(() -> bind.ask(settings(), "ancien", whose(), "le bon"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("ldap.bind");
        assertThat(bound.get()).isNull();
    }

    private LdapSaid ask(String typed) {
        return bind.ask(settings(), "secret", whose(), typed);
    }

    private static LdapBind.Whose whose() {
        return new LdapBind.Whose(GUID.toString(), null);
    }

    private LdapSettings settings() {
        return new LdapSettings(
                "ldaps://localhost:" + directory.getListenPort(),
                READER,
                BASE,
                "(objectClass=user)",
                Map.of(
                        "key", "objectGUID",
                        "givenName", "givenName",
                        "usualName", "sn",
                        "disabled", "userAccountControl"),
                TOWN.authorityPem(),
                null);
    }

    /** As Active Directory keeps it: the first three parts turned ([MS-DTYP] 2.3.4). */
    private static byte[] bytes(UUID id) {
        byte[] plain = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        int[] order = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
        byte[] turned = new byte[16];
        for (int i = 0; i < 16; i++) {
            turned[i] = plain[order[i]];
        }
        return turned;
    }
}
