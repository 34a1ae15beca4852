package org.entente.identity.session;

import java.util.List;
import java.util.Map;
import org.entente.identity.PortalClient;
import org.entente.testing.TestKeycloak;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/** A realm with the portal's client and a user, for tests of sign-in alone. */
final class TestRealm {

    static final String PASSWORD = "un mot de passe assez long";

    private final RestClient rest;
    private final String realm;

    TestRealm(String realm) {
        this.realm = realm;
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>(Map.of());
        form.add("grant_type", "client_credentials");
        form.add("client_id", TestKeycloak.admin().id());
        form.add("client_secret", TestKeycloak.admin().secret());
        Map<?, ?> token = RestClient.create(TestKeycloak.url())
                .post()
                .uri("/realms/master/protocol/openid-connect/token")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form)
                .retrieve()
                .body(Map.class);
        this.rest = RestClient.builder()
                .baseUrl(TestKeycloak.url() + "/admin/realms")
                .defaultHeader("Authorization", "Bearer " + token.get("access_token"))
                .build();
    }

    void make(PortalClient client, String portal, String backChannel) {
        post("", Map.of("realm", realm, "enabled", true, "sslRequired", "none"));
        post(
                "/" + realm + "/clients",
                Map.of(
                        "clientId", client.clientId(),
                        "secret", client.clientSecret(),
                        "publicClient", false,
                        "standardFlowEnabled", true,
                        "redirectUris", List.of(portal + "/*"),
                        "attributes",
                                Map.of(
                                        "pkce.code.challenge.method", "S256",
                                        "backchannel.logout.url", backChannel,
                                        "backchannel.logout.session.required", "true")));
    }

    void user(String name, String mail) {
        post(
                "/" + realm + "/users",
                Map.of(
                        "username",
                        name,
                        "enabled",
                        true,
                        "email",
                        mail,
                        "emailVerified",
                        true,
                        "firstName",
                        "Nadia",
                        "lastName",
                        "Benali",
                        "credentials",
                        List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false))));
    }

    /** Ends every session of the user, as an administrator of Keycloak does. */
    void logOut(String name) {
        List<?> found = rest.get()
                .uri("/{realm}/users?username={name}&exact=true", realm, name)
                .retrieve()
                .body(List.class);
        rest.post()
                .uri("/{realm}/users/{id}/logout", realm, ((Map<?, ?>) found.getFirst()).get("id"))
                .retrieve()
                .toBodilessEntity();
    }

    private void post(String path, Object body) {
        rest.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .toBodilessEntity();
    }
}
