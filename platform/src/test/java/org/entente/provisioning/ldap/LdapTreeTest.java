package org.entente.provisioning.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.entente.provisioning.ldap.LdapTrees.PASSWORD;
import static org.entente.provisioning.ldap.LdapTrees.READER;
import static org.entente.provisioning.ldap.LdapTrees.ROOT;
import static org.entente.provisioning.ldap.LdapTrees.run;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.jayway.jsonpath.JsonPath;
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
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.identity.AppPasswords;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.ConnectorContract;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.Target;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** The tree as applications read it: by OpenLDAP's ldapsearch and by the JDK's own client. */
@SpringBootTest(properties = "entente.ldap.port=0")
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, Town.class, LdapTrees.class})
class LdapTreeTest extends ConnectorContract {

    @Autowired
    LdapTreeConnector connector;

    @Autowired
    LdapTreeDoor door;

    @Autowired
    Tree tree;

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

        LdapTrees.Ran ran = ldapsearch(
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

    private LdapTrees.Ran ldapsearch(String... args) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("ldapsearch", "-x", "-LLL", "-o", "ldif-wrap=no", "-H", url(), "-D", READER, "-w", PASSWORD));
        command.addAll(Arrays.asList(args));
        return run(command.toArray(String[]::new));
    }
}
