package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.ChangeSetId;
import org.entente.identity.AppPasswords;
import org.entente.identity.CapacityCut;
import org.entente.identity.Door;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionOperations;

@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class AppPasswordTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AppPasswords passwords;

    @Autowired
    CapacityCut cut;

    @Autowired
    TransactionOperations transaction;

    AffiliationId capacity;
    String address;
    TestSession session;

    @BeforeEach
    void aPersonWithAnAddress() {
        capacity = actors.affiliation(actors.member("Givors"));
        address = "p" + UUID.randomUUID() + "@givors.example";
        jdbc.sql("UPDATE directory.affiliation SET address = ? WHERE id = ?")
                .params(address, capacity.value())
                .update();
        session = actors.signIn(capacity);
    }

    @Test
    void aDeviceSignsInWithItsPasswordUntilItIsRevoked() throws Exception {
        String made = make();
        String secret = JsonPath.read(made, "$.secret");
        assertThat(secret).matches("([0-9a-z]{4}-){6}[0-9a-z]{4}");

        mvc.perform(basic(address, secret))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.address").value(address))
                .andExpect(jsonPath("$.capacity.id").value(capacity.toString()));
        mvc.perform(basic(
                        address.toUpperCase(Locale.ROOT),
                        secret.toUpperCase(Locale.ROOT).replace("-", " ")))
                .andExpect(status().isOk());
        mvc.perform(get("/api/me/app-passwords").with(session))
                .andExpect(jsonPath("$[0].lastUsedFrom").value("127.0.0.1"))
                .andExpect(jsonPath("$[0].secret").isEmpty());
        mvc.perform(delete("/api/me/app-passwords/{id}", JsonPath.<String>read(made, "$.id"))
                        .with(session))
                .andExpect(status().isNoContent());
        mvc.perform(basic(address, secret))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("WWW-Authenticate", "Basic realm=\"Entente\", charset=\"UTF-8\""))
                .andExpect(jsonPath("$.code").value("app-password.wrong"));
    }

    @Test
    void itOpensWhatItWasMadeForAndNothingElse() throws Exception {
        String made = make("files");
        String secret = JsonPath.read(made, "$.secret");
        assertThat(JsonPath.<List<String>>read(made, "$.opens[*].door")).containsExactly("files");

        mvc.perform(basic(address, secret, "files")).andExpect(status().isOk());
        for (String other : new String[] {"mail", "ldap:ged"}) {
            mvc.perform(basic(address, secret, other))
                    .andExpect(status().isUnauthorized())
                    .andExpect(jsonPath("$.code").value("app-password.wrong"));
        }
        assertThat(passwords.authenticate(address, secret, null, Door.FILES)).isPresent();
        assertThat(passwords.authenticate(address, secret, null, Door.MAIL)).isEmpty();
        assertThat(passwords.authenticate(address, secret, null, Door.ldap("ged")))
                .isEmpty();
    }

    @Test
    void whoAsksWithoutSayingTheDoorIsToldNothing() throws Exception {
        String secret = JsonPath.read(make(), "$.secret");
        mvc.perform(get("/basic/me").headers(headers(address, secret))).andExpect(status().isBadRequest());
        for (String none : new String[] {"", "ldap", "ldap:", "ldap:../x", "FILES", "mail,files"}) {
            mvc.perform(basic(address, secret, none))
                    .andExpect(status().is4xxClientError())
                    .andExpect(jsonPath("$.person").doesNotExist());
        }
    }

    @Test
    void nobodyMakesOneForADoorThatIsNotOpenToThem() throws Exception {
        mvc.perform(get("/api/me/app-passwords/doors").with(session))
                .andExpect(jsonPath("$[0].door").value("files"))
                .andExpect(jsonPath("$[1].door").value("mail"))
                .andExpect(jsonPath("$.length()").value(2));
        for (String door : new String[] {"\"ldap:ged\"", "\"ldap\"", "\"everything\"", "null"}) {
            mvc.perform(post("/api/me/app-passwords")
                            .contentType(MediaType.APPLICATION_JSON)
                            .content("{\"label\":\"Téléphone\",\"door\":" + door + "}")
                            .with(session))
                    .andExpect(jsonPath("$.code").value("app-password.door"));
        }
        mvc.perform(get("/api/me/app-passwords/doors")
                        .param(
                                "capacity",
                                actors.affiliation(actors.member("Corbas")).toString())
                        .with(session))
                .andExpect(status().isNotFound());
    }

    @Test
    void oneOfBeforeKeepsWhatItOpenedThen() throws Exception {
        String made = make();
        jdbc.sql("UPDATE identity.app_password SET doors = '{mail,ldap}' WHERE id = ?::uuid")
                .param(JsonPath.<String>read(made, "$.id"))
                .update();
        String secret = JsonPath.read(made, "$.secret");

        mvc.perform(basic(address, secret, "mail")).andExpect(status().isOk());
        mvc.perform(basic(address, secret, "ldap:ged")).andExpect(status().isOk());
        mvc.perform(basic(address, secret, "files")).andExpect(status().isUnauthorized());
    }

    @Test
    void itIsNobodyElses() throws Exception {
        String id = JsonPath.read(make(), "$.id");
        TestSession another = actors.signIn(actors.affiliation(actors.member("Corbas")));
        mvc.perform(delete("/api/me/app-passwords/{id}", id).with(another)).andExpect(status().isNotFound());
        mvc.perform(get("/api/me/app-passwords").with(another))
                .andExpect(jsonPath("$").isEmpty());
    }

    @Test
    void nonsenseIsRefusedAndManyFailuresDoNotKeepOutARightPassword() throws Exception {
        String secret = JsonPath.read(make(), "$.secret");
        mvc.perform(basic(address, secret).with(from("198.51.100.7"))).andExpect(status().isOk());
        for (String wrong : new String[] {"Basic", "Basic %%%", "Basic Og==", "Bearer x", "Basic YQ=="}) {
            mvc.perform(get("/basic/me?door=mail").header(HttpHeaders.AUTHORIZATION, wrong))
                    .andExpect(status().isUnauthorized());
        }
        for (int i = 0; i < 10; i++) {
            mvc.perform(basic(address, "guess").with(from("198.51.100.7"))).andExpect(status().isUnauthorized());
        }
        mvc.perform(basic(address, "guess").with(from("198.51.100.7"))).andExpect(status().isTooManyRequests());
        mvc.perform(basic(address, secret).with(from("198.51.100.7"))).andExpect(status().isOk());
        mvc.perform(basic(address, secret).with(from("203.0.113.1"))).andExpect(status().isOk());
    }

    @Test
    void aCapacityThatEndsTakesItsSessionsAndPasswordsAndAnUndoGivesThePasswordsBack() throws Exception {
        AffiliationId other = actors.affiliation(actors.personOf(capacity), actors.member("Corbas"));
        TestSession elsewhere = actors.signIn(other);
        String secret = JsonPath.read(make(), "$.secret");
        AffiliationId only = actors.affiliation(actors.member("Grigny"));
        TestSession last = actors.signIn(only);

        List<CapacityCut.Cut> cuts = end(capacity, only);

        assertThat(cuts)
                .containsExactlyInAnyOrder(new CapacityCut.Cut(capacity, 1, 1), new CapacityCut.Cut(only, 1, 0));
        mvc.perform(get("/api/me/app-passwords").with(session))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("capacity.ended"));
        mvc.perform(get("/api/me/app-passwords").with(elsewhere)).andExpect(status().isOk());
        mvc.perform(get("/api/me").with(last)).andExpect(status().isUnauthorized());
        mvc.perform(basic(address, secret)).andExpect(status().isUnauthorized());

        jdbc.sql("UPDATE directory.affiliation SET phase = 'current', valid_until = NULL WHERE id = ?")
                .param(capacity.value())
                .update();
        assertThat(transaction.<Integer>execute(status -> cut.restore(capacity)))
                .isEqualTo(1);
        mvc.perform(basic(address, secret)).andExpect(status().isOk());
    }

    private List<CapacityCut.Cut> end(AffiliationId... ending) {
        return transaction.execute(status -> {
            UUID set = jdbc.sql("INSERT INTO directory.change_set (cause, author) VALUES ('manual', '{}') RETURNING id")
                    .query(UUID.class)
                    .single();
            for (AffiliationId one : ending) {
                jdbc.sql("UPDATE directory.affiliation SET phase = 'ended', valid_until = now() WHERE id = ?")
                        .param(one.value())
                        .update();
                jdbc.sql("INSERT INTO directory.change VALUES (?, ?, 'ended')")
                        .params(set, one.value())
                        .update();
            }
            return cut.cutEndedIn(new ChangeSetId(set));
        });
    }

    private String make() throws Exception {
        return make("mail");
    }

    private String make(String door) throws Exception {
        return mvc.perform(post("/api/me/app-passwords")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(
                                "{\"label\":\"Téléphone\",\"capacity\":\"" + capacity + "\",\"door\":\"" + door + "\"}")
                        .with(session))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private static org.springframework.test.web.servlet.request.RequestPostProcessor from(String place) {
        return request -> {
            request.setRemoteAddr(place);
            return request;
        };
    }

    private static MockHttpServletRequestBuilder basic(String address, String secret) {
        return basic(address, secret, "mail");
    }

    private static MockHttpServletRequestBuilder basic(String address, String secret, String door) {
        return get("/basic/me").param("door", door).headers(headers(address, secret));
    }

    private static HttpHeaders headers(String address, String secret) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBasicAuth(address, secret);
        return headers;
    }
}
