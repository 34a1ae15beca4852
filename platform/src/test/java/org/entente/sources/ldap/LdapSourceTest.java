package org.entente.sources.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.entente.testing.TestActors;
import org.entente.testing.TestCertificates;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

/** A town reads its Active Directory: by hand, at night, and when something is wrong with it. */
@SpringBootTest(properties = {"entente.sources.reach=127.0.0.0/8,::1/128", "entente.sources.ldap.every=1h"})
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class LdapSourceTest {

    private static final TestCertificates TOWN = new TestCertificates("Autorité de la ville");
    private static final String BASE = "ou=Mairie,dc=ville,dc=example";

    @Autowired
    MockMvc mvc;

    @Autowired
    JsonMapper json;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestActors actors;

    @Autowired
    LdapReadings readings;

    @Autowired
    LdapBook book;

    private InMemoryDirectoryServer directory;
    private MemberId town;
    private AffiliationId admin;
    private String domain;

    @BeforeEach
    void aTownWithADirectory() throws Exception {
        // Nobody of another test is taken for somebody of this one.
        jdbc.sql("TRUNCATE directory.person CASCADE").update();
        town = actors.member("Ville " + UUID.randomUUID());
        admin = actors.affiliation(town, Role.MEMBER_ADMIN);
        domain = "d" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        jdbc.sql("INSERT INTO directory.mail_domain (domain, member, verified_at) VALUES (?, ?, now())")
                .params(domain, town.value())
                .update();
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=ville,dc=example");
        config.setSchema(null);
        config.addAdditionalBindCredentials("cn=lecture", "s€cret-dit");
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPSConfig(
                "tls", 0, TOWN.server("localhost", Instant.now()).context().getServerSocketFactory()));
        directory = new InMemoryDirectoryServer(config);
        directory.add("dn: dc=ville,dc=example", "objectClass: domain", "dc: ville");
        directory.add("dn: " + BASE, "objectClass: organizationalUnit", "ou: Mairie");
        person("nadia", "Nadia", "Benali", 512);
        person("paul", "Paul", "Roche", 512);
        directory.startListening();
    }

    @AfterEach
    void off() {
        directory.shutDown(true);
    }

    @Test
    void theCheckSaysWhatWouldBeReadAndKeepsNothing() throws Exception {
        directory.modify("cn=paul," + BASE, new Modification(ModificationType.DELETE, "mail"));

        asAdmin(post("/api/members/{m}/ldap/check", town), settings())
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.problem").isEmpty())
                .andExpect(jsonPath("$.entries").value(2))
                .andExpect(jsonPath("$.lacking.address").value(1))
                .andExpect(jsonPath("$.people[0].givenName").value("Nadia"))
                .andExpect(jsonPath("$.people[0].function").value("Chargée d’accueil"))
                .andExpect(jsonPath("$.people[0].unit").value("Accueil"));
        Map<String, Object> wrong = settings();
        wrong.put("password", "autre");
        asAdmin(post("/api/members/{m}/ldap/check", town), wrong)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.field").value("bindDn"))
                .andExpect(jsonPath("$.problem").isNotEmpty());
        assertThat(book.find(town)).isEmpty();
    }

    @Test
    void aReadingIsADryRunAndARenamedPersonStays() throws Exception {
        kept(settings());
        UUID run = read();
        run(run).andExpect(jsonPath("$.source").value("ldap"))
                .andExpect(jsonPath("$.counts.arrivals").value(2))
                .andExpect(jsonPath("$.counts.errors").value(0));
        assertThat(people()).isZero();
        readings.atNight(town);
        assertThat(people()).isEqualTo(2);

        directory.modify("cn=nadia," + BASE, new Modification(ModificationType.REPLACE, "sn", "Benali-Roux"));
        directory.modifyDN("cn=nadia," + BASE, "cn=Nadia Benali-Roux", true);
        run(read())
                .andExpect(jsonPath("$.counts.changes").value(1))
                .andExpect(jsonPath("$.counts.arrivals").value(0))
                .andExpect(jsonPath("$.counts.departures").value(0));
    }

    @Test
    void aDisabledAccountIsADepartureInTheDryRun() throws Exception {
        kept(settings());
        readings.atNight(town);
        directory.modify("cn=paul," + BASE, new Modification(ModificationType.REPLACE, "userAccountControl", "514"));

        run(read())
                .andExpect(jsonPath("$.counts.departures").value(1))
                .andExpect(jsonPath("$.mustConfirmDepartures").value(true));
        assertThat(people()).isEqualTo(2);
    }

    @Test
    void atNightMoreDeparturesThanTheLimitWaitForAHumanWhoIsToldOnce() throws Exception {
        kept(settings());
        readings.atNight(town);
        assertThat(book.get(town).last().state()).isEqualTo("applied");
        readings.atNight(town);
        assertThat(book.get(town).last().state()).isEqualTo("unchanged");
        directory.delete("cn=paul," + BASE);

        readings.atNight(town);
        readings.atNight(town);

        assertThat(people()).isEqualTo(2);
        assertThat(book.get(town).last().state()).isEqualTo("waiting");
        assertThat(acts("ldap.waiting")).isOne();
        asAdmin(get("/api/members/{m}/ldap", town), null)
                .andExpect(jsonPath("$.last.message").isNotEmpty());
    }

    @Test
    void anOutageAndAnEmptyDirectoryMakeNobodyLeaveAndAreToldOnce() throws Exception {
        kept(settings());
        readings.atNight(town);
        directory.delete("cn=paul," + BASE);
        directory.delete("cn=nadia," + BASE);
        readings.atNight(town);
        assertThat(book.get(town).last().error()).isEqualTo("ldap.nothing");
        directory.shutDown(true);
        readings.atNight(town);
        readings.atNight(town);

        assertThat(book.get(town).last().error()).isEqualTo("ldap.refused");
        assertThat(acts("ldap.failed")).isEqualTo(2);
        assertThat(people()).isEqualTo(2);
    }

    @Test
    void farFewerPeopleThanTheLastTimeAreNotBelievedUntilTheSettingsSaySo() throws Exception {
        for (int i = 0; i < 10; i++) {
            person("p" + i, "Prénom", "Nom" + (char) ('a' + i), 512);
        }
        kept(settings());
        readings.atNight(town);
        for (int i = 0; i < 10; i++) {
            directory.delete("cn=p" + i + "," + BASE);
        }

        asAdmin(post("/api/members/{m}/ldap/readings", town), null)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("ldap.shrunk"));
        Map<String, Object> narrower = settings();
        narrower.put("filter", "(&(objectClass=user)(sn=*))");
        kept(narrower);
        run(read()).andExpect(jsonPath("$.counts.departures").value(10));
    }

    @Test
    void thePasswordIsSealedNeverShownAndNeverSentElsewhere() throws Exception {
        kept(settings());
        assertThat(new String(
                        jdbc.sql("SELECT password FROM sources.ldap WHERE member = ?")
                                .param(town.value())
                                .query(byte[].class)
                                .single(),
                        StandardCharsets.ISO_8859_1))
                .doesNotContain("cret-dit");
        assertThat(jdbc.sql("SELECT string_agg(e::text, '') FROM audit.v_entry e WHERE member = ?")
                        .param(town.value())
                        .query(String.class)
                        .single())
                .contains("ldap.set")
                .doesNotContain("cret-dit");
        asAdmin(get("/api/members/{m}/ldap", town), null)
                .andExpect(
                        content().string(org.hamcrest.Matchers.not(org.hamcrest.Matchers.containsString("cret-dit"))));

        Map<String, Object> same = settings();
        same.remove("password");
        same.put("nightly", 3);
        kept(same);
        assertThat(book.get(town).nextAt()).isNotNull();
        for (String changed : new String[] {"url", "bindDn", "ca"}) {
            Map<String, Object> moved = new HashMap<>(same);
            moved.put(changed, changed.equals("url") ? "ldaps://127.0.0.1:9" : changed.equals("ca") ? null : "cn=moi");
            asAdmin(put("/api/members/{m}/ldap", town), moved)
                    .andExpect(status().isUnprocessableContent())
                    .andExpect(jsonPath("$.fields.password").value("ldap.password.again"));
            asAdmin(post("/api/members/{m}/ldap/check", town), moved)
                    .andExpect(jsonPath("$.field").value("password"));
        }
    }

    @Test
    void anotherTownReachesNothingOfIt() throws Exception {
        kept(settings());
        AffiliationId stranger = actors.affiliation(actors.member("Autre " + UUID.randomUUID()), Role.MEMBER_ADMIN);

        mvc.perform(get("/api/members/{m}/ldap", town).with(actors.actingAs(stranger)))
                .andExpect(status().isForbidden());
        mvc.perform(post("/api/members/{m}/ldap/readings", town).with(actors.actingAs(stranger)))
                .andExpect(status().isForbidden());
    }

    @Test
    void hostileValuesAreErrorsOfTheirLineAndHoldNobodyUp() throws Exception {
        person("crlf", "Zoé\r\nBcc: x", "Ménard", 512);
        person("huge", "Max", "x".repeat(100_000), 512);
        person("formula", "=cmd|'/C calc'!A0", "O'Brien); DROP TABLE x; --", 512);
        kept(settings());

        run(read())
                .andExpect(jsonPath("$.counts.errors").value(2))
                .andExpect(jsonPath("$.counts.arrivals").value(3));
        Map<String, Object> injected = settings();
        injected.put("filter", "(sn=a\u0000)");
        asAdmin(put("/api/members/{m}/ldap", town), injected).andExpect(status().isUnprocessableContent());
        injected.put("filter", "(sn=*)");
        injected.put("attributes", Map.of("key", "a)(b"));
        asAdmin(put("/api/members/{m}/ldap", town), injected).andExpect(status().isUnprocessableContent());
    }

    private void person(String uid, String given, String usual, int control) throws Exception {
        UUID id = UUID.randomUUID();
        byte[] guid = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        directory.add(new Entry(
                "cn=" + uid + "," + BASE,
                new Attribute("objectClass", "user"),
                new Attribute("objectCategory", "person"),
                new Attribute("cn", uid),
                new Attribute("givenName", given),
                new Attribute("sn", usual),
                new Attribute("mail", uid.toUpperCase(java.util.Locale.ROOT) + "@" + domain),
                new Attribute("title", "Chargée d’accueil"),
                new Attribute("department", "Accueil"),
                new Attribute("telephoneNumber", "poste 12"),
                new Attribute("accountExpires", "9223372036854775807"),
                new Attribute("objectGUID", guid),
                new Attribute("userAccountControl", String.valueOf(control))));
    }

    private Map<String, Object> settings() {
        LdapPresets.Preset preset = LdapPresets.ALL.getFirst();
        return new HashMap<>(Map.of(
                "url",
                "ldaps://localhost:" + directory.getListenPort("tls"),
                "bindDn",
                "cn=lecture",
                "password",
                "s€cret-dit",
                "baseDn",
                BASE,
                "filter",
                preset.filter(),
                "attributes",
                preset.attributes(),
                "ca",
                TOWN.authorityPem()));
    }

    private void kept(Map<String, Object> settings) throws Exception {
        asAdmin(put("/api/members/{m}/ldap", town), settings).andExpect(status().isOk());
    }

    private UUID read() throws Exception {
        String answer = asAdmin(post("/api/members/{m}/ldap/readings", town), null)
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString();
        return UUID.fromString(json.readTree(answer).get("run").asString());
    }

    private ResultActions run(UUID run) throws Exception {
        return asAdmin(get("/api/members/{m}/imports/{i}", town, run), null).andExpect(status().isOk());
    }

    private long people() {
        return jdbc.sql(
                        "SELECT count(*) FROM directory.affiliation WHERE member = ? AND source = 'ldap' AND phase <> 'ended'")
                .param(town.value())
                .query(Long.class)
                .single();
    }

    private long acts(String act) {
        return jdbc.sql("SELECT count(*) FROM audit.v_entry WHERE member = ? AND act = ?")
                .params(town.value(), act)
                .query(Long.class)
                .single();
    }

    private ResultActions asAdmin(MockHttpServletRequestBuilder request, Object body) throws Exception {
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).content(json.writeValueAsString(body));
        }
        return mvc.perform(request.with(actors.actingAs(admin)));
    }
}
