package org.entente.identity.keycloak;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.identity.AccessTokens;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** Brings the realm to what it should be: each step looks, then makes or mends, so that any number of times is once. */
@Component
class RealmSteps {

    private static final Logger log = LoggerFactory.getLogger(RealmSteps.class);
    private static final ParameterizedTypeReference<List<Map<String, Object>>> LIST =
            new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Map<String, Object>> ONE = new ParameterizedTypeReference<>() {};

    private final KeycloakSettings settings;
    private final KeycloakHttp http;
    private final RealmClients clients;

    RealmSteps(KeycloakSettings settings, RealmClients clients, Clock clock) {
        this.settings = settings;
        this.clients = clients;
        this.http = new KeycloakHttp(
                settings.url(),
                "master",
                settings.adminClientId(),
                settings.adminClientSecret(),
                settings.answer().multipliedBy(3),
                clock);
    }

    void apply() {
        http.forgetToken();
        makeRealm();
        // A token taken before the realm existed has no rights in it.
        http.forgetToken();
        RestClient rest = http.authorised()
                .mutate()
                .baseUrl(settings.url() + "/admin/realms/" + settings.realm())
                .build();
        put(rest, "", RealmDocument.realm(settings));
        put(rest, "/users/profile", RealmDocument.userProfile());
        put(rest, "/entente/flows", Map.of());
        scopes(rest);
        List<RealmClients.Wanted> wanted = clients.all();
        wanted.forEach(client -> apply(rest, client));
        removeRetired(rest, wanted);
        serviceAccount(rest);
        off(rest, "account-console");
        off(rest, "security-admin-console");
    }

    private void makeRealm() {
        RestClient rest = http.authorised();
        try {
            rest.get().uri("/admin/realms/{realm}", settings.realm()).retrieve().toBodilessEntity();
        } catch (HttpClientErrorException.NotFound missing) {
            rest.post()
                    .uri("/admin/realms")
                    .body(Map.of("realm", settings.realm(), "enabled", true))
                    .retrieve()
                    .onStatus(RealmSteps::conflict, (request, response) -> log.debug("Another node made the realm"))
                    .toBodilessEntity();
        }
    }

    private static void scopes(RestClient rest) {
        List<Map<String, Object>> there = list(rest, "/client-scopes");
        scope(
                rest,
                there,
                RealmDocument.DEFAULT_SCOPE,
                List.of(
                        RealmDocument.guard(),
                        RealmDocument.vouching(),
                        RealmDocument.subject(),
                        RealmDocument.claim("acr"),
                        RealmDocument.claim("amr")));
        RealmDocument.CLAIMS.forEach(claim -> scope(rest, there, claim, List.of(RealmDocument.claim(claim))));
        scope(
                rest,
                there,
                RealmDocument.PROFILE,
                RealmDocument.PROFILE_CLAIMS.stream().map(RealmDocument::claim).toList());
        RealmDocument.SILENT.forEach(name -> scope(rest, there, name, List.of()));
        scope(rest, there, AccessTokens.FILES_SCOPE, RealmDocument.filesMappers());
        scope(rest, there, RealmDocument.SAML_SCOPE, RealmDocument.samlMappers());
    }

    /** Mappers are compared by name and set anew where they differ: the stock scope {@code email}, too, becomes ours. */
    private static void scope(
            RestClient rest, List<Map<String, Object>> there, String name, List<Map<String, Object>> mappers) {
        Map<String, Object> found = named(there, "name", name);
        Map<String, Object> wanted = RealmDocument.scope(name, mappers);
        if (found == null) {
            rest.post().uri("/client-scopes").body(wanted).retrieve().toBodilessEntity();
            return;
        }
        // The stock scope "roles" is not named in tokens, by which userinfo and introspection go: they would leave it
        // out.
        put(rest, "/client-scopes/" + found.get("id"), wanted);
        String path = "/client-scopes/" + found.get("id") + "/protocol-mappers/models";
        List<Map<String, Object>> old = list(rest, path);
        for (Map<String, Object> mapper : old) {
            Map<String, Object> same = named(mappers, "name", String.valueOf(mapper.get("name")));
            if (same == null || !Objects.equals(same.get("protocolMapper"), mapper.get("protocolMapper"))) {
                delete(rest, path + "/" + mapper.get("id"));
            }
        }
        List<Map<String, Object>> kept = list(rest, path);
        for (Map<String, Object> mapper : mappers) {
            if (named(kept, "name", String.valueOf(mapper.get("name"))) == null) {
                rest.post().uri(path).body(mapper).retrieve().toBodilessEntity();
            }
        }
    }

    private static void apply(RestClient rest, RealmClients.Wanted wanted) {
        Map<String, Object> found = client(rest, wanted.clientId());
        if (found == null) {
            rest.post().uri("/clients").body(wanted.body()).retrieve().toBodilessEntity();
            found = client(rest, wanted.clientId());
        } else {
            put(rest, "/clients/" + found.get("id"), wanted.body());
        }
        if (found != null) {
            String id = found.get("id") + "";
            clientScopes(rest, id, "default-client-scopes", wanted.defaultScopes());
            clientScopes(rest, id, "optional-client-scopes", wanted.optionalScopes());
        }
    }

    /** CAS clients are found by their addresses: one that is left behind would answer for a service that has taken its place. */
    private static void removeRetired(RestClient rest, List<RealmClients.Wanted> wanted) {
        List<String> kept = wanted.stream().map(RealmClients.Wanted::clientId).toList();
        list(rest, "/clients?clientId=cas:&search=true&max=1000").stream()
                .filter(client -> RealmClients.CAS.equals(client.get("protocol")))
                .filter(client -> !kept.contains(String.valueOf(client.get("clientId"))))
                .forEach(client -> delete(rest, "/clients/" + client.get("id")));
    }

    private static void clientScopes(RestClient rest, String client, String which, List<String> wanted) {
        String path = "/clients/" + client + "/" + which;
        List<Map<String, Object>> now = list(rest, path);
        now.stream()
                .filter(scope -> !wanted.contains(scope.get("name")))
                .forEach(scope -> delete(rest, path + "/" + scope.get("id")));
        List<Map<String, Object>> all = list(rest, "/client-scopes");
        wanted.stream()
                .filter(name -> named(now, "name", name) == null)
                .map(name -> named(all, "name", name))
                .forEach(scope -> {
                    if (scope != null) {
                        put(rest, path + "/" + scope.get("id"), Map.of());
                    }
                });
    }

    /** The platform's own account may keep people, and nothing else of the realm. */
    private static void serviceAccount(RestClient rest) {
        Map<String, Object> platform = client(rest, RealmClients.PLATFORM);
        Map<String, Object> management = client(rest, "realm-management");
        if (platform == null || management == null) {
            throw new IllegalStateException("The realm has no client " + RealmClients.PLATFORM);
        }
        Map<String, Object> user = one(rest, "/clients/" + platform.get("id") + "/service-account-user");
        Map<String, Object> role = one(rest, "/clients/" + management.get("id") + "/roles/manage-users");
        rest.post()
                .uri("/users/" + user.get("id") + "/role-mappings/clients/" + management.get("id"))
                .body(List.of(role))
                .retrieve()
                .toBodilessEntity();
    }

    /** Pages of Keycloak that nobody needs here: people have the portal, its operators the realm master. */
    private static void off(RestClient rest, String clientId) {
        Map<String, Object> found = client(rest, clientId);
        if (found != null && Boolean.TRUE.equals(found.get("enabled"))) {
            put(rest, "/clients/" + found.get("id"), Map.of("clientId", clientId, "enabled", false));
        }
    }

    private static @Nullable Map<String, Object> client(RestClient rest, String clientId) {
        List<Map<String, Object>> found =
                rest.get().uri("/clients?clientId={id}", clientId).retrieve().body(LIST);
        return found == null || found.isEmpty() ? null : found.getFirst();
    }

    private static List<Map<String, Object>> list(RestClient rest, String path) {
        List<Map<String, Object>> found = rest.get().uri(path).retrieve().body(LIST);
        return found == null ? List.of() : found;
    }

    private static Map<String, Object> one(RestClient rest, String path) {
        Map<String, Object> found = rest.get().uri(path).retrieve().body(ONE);
        return found == null ? Map.of() : found;
    }

    private static void put(RestClient rest, String path, Object body) {
        rest.put().uri(path).body(body).retrieve().toBodilessEntity();
    }

    private static void delete(RestClient rest, String path) {
        rest.delete().uri(path).retrieve().toBodilessEntity();
    }

    private static @Nullable Map<String, Object> named(List<Map<String, Object>> all, String key, String value) {
        return all.stream()
                .filter(one -> value.equals(one.get(key)))
                .findFirst()
                .orElse(null);
    }

    private static boolean conflict(HttpStatusCode status) {
        return status.value() == 409;
    }
}
