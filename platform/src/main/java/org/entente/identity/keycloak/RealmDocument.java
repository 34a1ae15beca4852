package org.entente.identity.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.entente.identity.AccessTokens;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/** What our realm is made of, as Keycloak's admin API writes it. */
final class RealmDocument {

    /** Claims of ProConnect's vocabulary; each has a scope of its own name. */
    static final List<String> CLAIMS = List.of(
            "uid",
            "given_name",
            "usual_name",
            "email",
            "siret",
            "siren",
            "organizational_unit",
            "belonging_population",
            "phone",
            "idp_id",
            "idp_acr",
            "custom",
            "roles",
            "capacity");

    /** The scope of OpenID Connect Core 5.4 that most applications ask for, and what is told for it. */
    static final String PROFILE = "profile";

    static final List<String> PROFILE_CLAIMS = List.of("name", "given_name", "family_name", "preferred_username");

    /** Scopes of ProConnect about which nothing is known here: an application that asks for one is told nothing, and not refused. */
    static final List<String> SILENT = List.of("chorusdt", "groups", "is_service_public");

    /** What an application may ask for. */
    static final List<String> OPTIONAL_SCOPES = Stream.of(CLAIMS, SILENT, List.of(PROFILE, "offline_access"))
            .flatMap(List::stream)
            .toList();

    /** In every app's tokens without being asked for: the guard, and how the person signed in. */
    static final String DEFAULT_SCOPE = "entente";

    /** In every SAML application's assertions. */
    static final String SAML_SCOPE = "entente-saml";

    static final List<String> DEFAULT_SCOPES = List.of("basic", DEFAULT_SCOPE);

    private static final String OIDC = "openid-connect";
    private static final String SAML = "saml";

    private RealmDocument() {}

    static Map<String, Object> realm(KeycloakSettings settings) {
        Map<String, Object> realm = read(
                "keycloak/realm.json", Map.of("${realm}", settings.realm(), "${territory}", settings.displayName()));
        realm.put("smtpServer", smtp(settings.smtp()));
        return realm;
    }

    static Map<String, Object> userProfile() {
        return read("keycloak/user-profile.json", Map.of());
    }

    static Map<String, Object> scope(String name, List<Map<String, Object>> mappers) {
        return Map.of(
                "name",
                name,
                "protocol",
                name.equals(SAML_SCOPE) ? SAML : OIDC,
                "attributes",
                Map.of("include.in.token.scope", "true", "display.on.consent.screen", "false"),
                "protocolMappers",
                mappers);
    }

    /** What a token for a person's files says: whom it is for, among them who asks Keycloak about it, and in which capacity. */
    static List<Map<String, Object>> filesMappers() {
        return List.of(
                audience("audience", AccessTokens.FILES_AUDIENCE),
                audience("asks", RealmClients.PLATFORM),
                claim("capacity"));
    }

    private static Map<String, Object> audience(String name, String audience) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("included.custom.audience", audience);
        config.put("access.token.claim", "true");
        config.put("id.token.claim", "false");
        config.put("introspection.token.claim", "true");
        return mapper(OIDC, name, "oidc-audience-mapper", config);
    }

    static Map<String, Object> guard() {
        return mapper("guard", "entente-capacity-guard", Map.of());
    }

    /** For the portal, which is used in no capacity. */
    static Map<String, Object> vouching() {
        return mapper("vouching", "entente-vouching-claim", Map.of());
    }

    static Map<String, Object> subject() {
        return mapper("subject", "entente-pairwise-subject", Map.of());
    }

    static Map<String, Object> claim(String claim) {
        return mapper(claim, "entente-capacity-claim", Map.of("claim", claim));
    }

    private static Map<String, Object> mapper(String name, String type, Map<String, String> settings) {
        Map<String, String> config = new LinkedHashMap<>(settings);
        for (String where : List.of("access.token", "id.token", "userinfo.token", "introspection.token")) {
            config.put(where + ".claim", "true");
        }
        return mapper(OIDC, name, type, config);
    }

    /** The capacity, and who the assertion is about, in either of the ways to name a person. */
    static List<Map<String, Object>> samlMappers() {
        String format = "mapper.nameid.format";
        return List.of(
                mapper(SAML, "words", "entente-saml-words", Map.of()),
                mapper(
                        SAML,
                        "persistent",
                        "entente-saml-subject",
                        Map.of(format, "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent")),
                mapper(
                        SAML,
                        "email",
                        "entente-saml-subject",
                        Map.of(format, "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")));
    }

    private static Map<String, Object> mapper(String protocol, String name, String type, Map<String, String> config) {
        return Map.of("name", name, "protocol", protocol, "protocolMapper", type, "config", config);
    }

    private static Map<String, String> smtp(KeycloakSettings.Smtp smtp) {
        Map<String, String> server = new LinkedHashMap<>();
        server.put("host", smtp.host());
        server.put("port", Integer.toString(smtp.port()));
        server.put("from", smtp.from());
        server.put("fromDisplayName", "Entente");
        server.put("starttls", Boolean.toString(smtp.startTls()));
        server.put("auth", Boolean.toString(!smtp.user().isBlank()));
        if (!smtp.user().isBlank()) {
            server.put("user", smtp.user());
            server.put("password", smtp.password());
        }
        return server;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(String resource, Map<String, String> values) {
        try (InputStream in = new ClassPathResource(resource).getInputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> document = new JsonMapper().readValue(text, Map.class);
            document.replaceAll(
                    (key, value) -> value instanceof String string ? values.getOrDefault(string, string) : value);
            return document;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
