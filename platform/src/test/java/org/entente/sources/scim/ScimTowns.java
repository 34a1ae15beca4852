package org.entente.sources.scim;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.entente.testing.TestActors;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Towns whose software has a token, and what such software says. */
@TestComponent
class ScimTowns {

    static final MediaType SCIM = MediaType.parseMediaType(ScimController.JSON);

    private static final List<String> SIRENS = List.of("216900696", "216902593"); // Corbas, Vénissieux

    private final MockMvc mvc;
    private final JsonMapper json;
    private final JdbcClient jdbc;
    private final TestActors actors;

    ScimTowns(MockMvc mvc, JsonMapper json, JdbcClient jdbc, TestActors actors) {
        this.mvc = mvc;
        this.json = json;
        this.jdbc = jdbc;
        this.actors = actors;
    }

    record Town(MemberId id, String siren, String domain, AffiliationId admin, String token) {}

    /** Two new towns, each with a verified domain; those before them lose their SIREN. */
    List<Town> two() throws Exception {
        jdbc.sql("UPDATE directory.member SET siren = NULL WHERE siren IN (?, ?)")
                .params(SIRENS)
                .update();
        return List.of(town(SIRENS.get(0)), town(SIRENS.get(1)));
    }

    private Town town(String siren) throws Exception {
        MemberId id = actors.member("Ville " + UUID.randomUUID());
        String domain = "d" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        jdbc.sql("UPDATE directory.member SET siren = ? WHERE id = ?")
                .params(siren, id.value())
                .update();
        jdbc.sql("INSERT INTO directory.mail_domain (domain, member, verified_at) VALUES (?, ?, now())")
                .params(domain, id.value())
                .update();
        AffiliationId admin = actors.affiliation(id, Role.MEMBER_ADMIN);
        String token = json.readTree(mvc.perform(post("/api/members/{m}/scim-clients", id)
                                .with(actors.actingAs(admin))
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"name\":\"Annuaire\"}"))
                        .andExpect(status().isCreated())
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .path("token")
                .asString();
        return new Town(id, siren, domain, admin, token);
    }

    /** A user of that town, as its software would say it. */
    Map<String, Object> user(Town of, String given, String family) {
        String address = (given + "." + family).toLowerCase(Locale.ROOT).replace('é', 'e') + "@" + of.domain();
        Map<String, Object> user = new HashMap<>();
        user.put("schemas", List.of(ScimUser.SCHEMA, ScimUser.ENTERPRISE));
        user.put("userName", address);
        user.put("name", Map.of("givenName", given, "familyName", family));
        user.put("title", "Chargée d’accueil");
        user.put("emails", List.of(Map.of("value", address, "type", "work", "primary", true)));
        return user;
    }

    Map<String, Object> group(String name, List<String> members) {
        return Map.of(
                "schemas",
                List.of(ScimGroup.SCHEMA),
                "displayName",
                name,
                "members",
                members.stream().map(one -> Map.of("value", one)).toList());
    }

    List<String> groups(String affiliation) {
        return jdbc.sql("SELECT unnest(groups) FROM directory.affiliation WHERE id = ?::uuid ORDER BY 1")
                .param(affiliation)
                .query(String.class)
                .list();
    }

    String created(Town by, Map<String, Object> user) throws Exception {
        String answer = call(by, body(post("/scim/v2/{s}/Users", by.siren()), user))
                .andExpect(status().isCreated())
                .andExpect(header().exists("Location"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        return json.readTree(answer).path("id").asString();
    }

    ResultActions patched(Town by, String id, String version, Map<String, Object> operation) throws Exception {
        MockHttpServletRequestBuilder asked = body(
                patch("/scim/v2/{s}/Users/{u}", by.siren(), id),
                Map.of(
                        "schemas",
                        List.of("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
                        "Operations",
                        List.of(operation)));
        return call(by, version == null ? asked : asked.header("If-Match", version));
    }

    MockHttpServletRequestBuilder body(MockHttpServletRequestBuilder call, Object body) {
        return call.contentType(SCIM).content(json.writeValueAsString(body));
    }

    ResultActions call(Town by, MockHttpServletRequestBuilder call) throws Exception {
        return mvc.perform(call.header("Authorization", "Bearer " + by.token()));
    }

    UUID person(String affiliation) {
        return jdbc.sql("SELECT person FROM directory.affiliation WHERE id = ?::uuid")
                .param(affiliation)
                .query(UUID.class)
                .single();
    }

    String phase(String affiliation) {
        return jdbc.sql("SELECT phase FROM directory.affiliation WHERE id = ?::uuid")
                .param(affiliation)
                .query(String.class)
                .single();
    }
}
