package org.entente.sources.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.directory.imports.SourceImports;
import org.entente.testing.TestActors;
import org.entente.testing.TestCertificates;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestSlapd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A town whose directory is a real OpenLDAP with 2,600 people. */
@SpringBootTest(properties = {"entente.sources.reach=127.0.0.0/8,::1/128", "entente.sources.ldap.every=1h"})
@Import({TestPostgres.class, TestActors.class})
class OpenLdapTest {

    private static final int MANY = 2_600;
    private static final String PEOPLE = "ou=personnes," + TestSlapd.SUFFIX;
    private static final Author TESTER = Author.system("test");

    @Autowired
    LdapBook book;

    @Autowired
    LdapReadings readings;

    @Autowired
    LdapLink link;

    @Autowired
    SourceImports imports;

    @Autowired
    TestActors actors;

    @Autowired
    JdbcClient jdbc;

    private final TestCertificates authority = new TestCertificates("Autorité de la ville");
    private TestSlapd slapd;
    private MemberId town;

    @BeforeEach
    void aTownWithOpenLdap() throws Exception {
        assumeTrue(
                TestSlapd.isInstalled(),
                "slapd is not installed: OpenLDAP is not tried here (Debian: apt install --no-install-recommends slapd)");
        jdbc.sql("TRUNCATE directory.person CASCADE").update();
        town = actors.member("Ville " + UUID.randomUUID());
        slapd = TestSlapd.with(people(), authority.server("localhost", Instant.now()));
    }

    @AfterEach
    void off() {
        if (slapd != null) {
            slapd.close();
        }
    }

    @Test
    void allPagesAreReadAndARenamedPersonStaysAndAnExpiredOneLeaves() throws Exception {
        set(settings(tls(), TestSlapd.READER, authority.authorityPem()));
        readings.atNight(town);
        assertThat(live()).isEqualTo(MANY);
        assertThat(book.get(town).last().state()).isEqualTo("applied");
        UUID person = person("nom 00007");

        try (LDAPConnection admin =
                new LDAPConnection("127.0.0.1", slapd.port(), TestSlapd.ADMIN, TestSlapd.PASSWORD)) {
            admin.modifyDN("uid=p00007," + PEOPLE, "uid=renommee", true);
            admin.modify("uid=renommee," + PEOPLE, new Modification(ModificationType.REPLACE, "sn", "Autre-Nom"));
            String yesterday = String.valueOf(LocalDate.now().toEpochDay() - 1);
            admin.modify(
                    "uid=p00008," + PEOPLE,
                    new Modification(ModificationType.ADD, "objectClass", "shadowAccount"),
                    new Modification(ModificationType.ADD, "shadowExpire", yesterday));
        }
        SourceImports.Run run = readings.byHand(town, TESTER).run();

        assertThat(List.of(run.arrivals(), run.changes(), run.departures(), run.undecided(), run.errors()))
                .containsExactly(0, 1, 1, 0, 0);
        assertThat(imports.apply(town, run.id(), TESTER).state()).isEqualTo("applied");
        assertThat(person("autre-nom")).isEqualTo(person);
    }

    @Test
    void byStartTlsTooAndWhatIsWrongIsSaid() {
        refused(settings(plain(), TestSlapd.READER, null), TestSlapd.PASSWORD, "ldap.tls.untrusted");
        refused(settings(tls(), TestSlapd.READER, null), TestSlapd.PASSWORD, "ldap.tls.untrusted");
        refused(settings(tls(), TestSlapd.READER, authority.authorityPem()), "un autre", "ldap.bind");
        refused(settings(tls(), TestSlapd.LIMITED, authority.authorityPem()), TestSlapd.PASSWORD, "ldap.size");

        assertThat(read(settings(plain(), TestSlapd.READER, authority.authorityPem()), TestSlapd.PASSWORD))
                .hasSize(MANY);
    }

    @Test
    void anOutageInTheMiddleIsARefusalAndNobodyLeaves() {
        LdapSettings settings = settings(tls(), TestSlapd.READER, authority.authorityPem());
        set(settings);
        readings.atNight(town);

        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> link.read(settings, TestSlapd.PASSWORD, new String[] {"sn"}, entry -> slapd.kill()));
        assertThat(refusal.code()).isEqualTo("ldap.cut");
        readings.atNight(town);

        assertThat(book.get(town).last().error()).isEqualTo("ldap.refused");
        assertThat(live()).isEqualTo(MANY);
    }

    private void refused(LdapSettings settings, String password, String code) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(settings, password));
        assertThat(refusal).as(code).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
    }

    private List<String> read(LdapSettings settings, String password) {
        List<String> found = new ArrayList<>();
        link.read(settings, password, new String[] {"sn"}, entry -> found.add(entry.getDN()));
        return found;
    }

    private void set(LdapSettings settings) {
        book.set(town, settings, TestSlapd.PASSWORD, null, TESTER);
    }

    private String tls() {
        return "ldaps://localhost:" + slapd.tlsPort();
    }

    private String plain() {
        return "ldap://localhost:" + slapd.port();
    }

    private static LdapSettings settings(String url, String reader, String ca) {
        LdapPresets.Preset preset = LdapPresets.ALL.getLast();
        Map<String, String> attributes = new HashMap<>(preset.attributes());
        attributes.put("unit", LdapSettings.PARENT);
        return new LdapSettings(url, reader, PEOPLE, preset.filter(), attributes, ca, null);
    }

    private static String people() {
        StringBuilder ldif = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            ldif.append("""
                    dn: uid=p%1$05d,%2$s
                    objectClass: inetOrgPerson
                    uid: p%1$05d
                    cn: Prénom%1$05d Nom %1$05d
                    sn: Nom %1$05d
                    givenName: Prénom%1$05d
                    title: Agent d’accueil

                    """.formatted(i, PEOPLE));
        }
        return ldif.toString();
    }

    private long live() {
        return jdbc.sql(
                        "SELECT count(*) FROM directory.affiliation WHERE member = ? AND source = 'ldap' AND phase <> 'ended'")
                .param(town.value())
                .query(Long.class)
                .single();
    }

    private UUID person(String usualName) {
        return jdbc.sql("""
                SELECT p.id FROM directory.person p JOIN directory.affiliation a ON a.person = p.id WHERE a.member = ? AND lower(p.usual_name) = ?
                """).params(town.value(), usualName).query(UUID.class).single();
    }
}
