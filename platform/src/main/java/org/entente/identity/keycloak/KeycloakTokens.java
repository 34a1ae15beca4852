package org.entente.identity.keycloak;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.identity.AccessTokens;
import org.entente.identity.AppPasswords;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/** {@link AccessTokens} of the realm, asked as the platform's own client. */
@Component
class KeycloakTokens implements AccessTokens {

    private static final int LONGEST = 8_000;

    private final RestClient rest;
    private final String path;
    private final ClientSecrets secrets;
    private final JdbcClient jdbc;

    KeycloakTokens(KeycloakSettings settings, ClientSecrets secrets, JdbcClient jdbc) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build());
        requests.setReadTimeout(settings.answer());
        this.rest = RestClient.builder()
                .baseUrl(settings.url())
                .requestFactory(requests)
                .build();
        this.path = "/realms/" + settings.realm() + "/protocol/openid-connect/token/introspect";
        this.secrets = secrets;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<AppPasswords.Granted> forFiles(String token) {
        // What cannot be a token of ours is not worth asking about.
        if (token.length() > LONGEST || !token.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}")) {
            return Optional.empty();
        }
        JsonNode told = ask(token);
        boolean ours = told.path("active").asBoolean(false)
                && told.path("typ").asString("").equals("Bearer")
                && texts(told.path("aud")).contains(FILES_AUDIENCE)
                && List.of(told.path("scope").asString("").split(" ")).contains(FILES_SCOPE);
        return ours ? capacity(told).flatMap(this::live) : Optional.empty();
    }

    private JsonNode ask(String token) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("token", token);
        try {
            return Objects.requireNonNull(rest.post()
                    .uri(path)
                    .headers(headers -> headers.setBasicAuth(RealmClients.PLATFORM, secrets.of(RealmClients.PLATFORM)))
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .body(form)
                    .retrieve()
                    .body(JsonNode.class));
        } catch (RestClientException e) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "bearer.down");
        }
    }

    private static List<String> texts(JsonNode node) {
        return node.isArray() ? node.valueStream().map(one -> one.asString("")).toList() : List.of(node.asString(""));
    }

    private static Optional<UUID> capacity(JsonNode told) {
        try {
            return Optional.of(UUID.fromString(told.path("capacity").path("id").asString("")));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private Optional<AppPasswords.Granted> live(UUID capacity) {
        return jdbc.sql("""
                        SELECT a.person, a.member, p.given_name || ' ' || p.usual_name AS name, coalesce(a.address, '') AS address
                        FROM directory.v_affiliation a JOIN directory.v_person p ON p.id = a.person WHERE a.id = ? AND a.live""")
                .param(capacity)
                .query((row, n) -> new AppPasswords.Granted(
                        new PersonId(row.getObject("person", UUID.class)),
                        row.getString("name"),
                        new AffiliationId(capacity),
                        new MemberId(row.getObject("member", UUID.class)),
                        row.getString("address")))
                .optional();
    }
}
