package org.entente.keycloak.signout;

import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.entente.keycloak.sources.Source;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.urls.UrlType;

/**
 * Whether a member's provider is there to sign somebody out: nobody is led to a page that does not answer, or that would refuse to lead back. It is asked what the
 * browser will ask, but for who it is about.
 */
final class Reachable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private Reachable() {}

    static boolean signsOut(KeycloakSession session, RealmModel realm, IdentityProviderModel provider) {
        String url = Source.signOutUrl(provider).orElse("");
        boolean saml = Source.isSaml(provider);
        URI asked = saml
                ? URI.create(url)
                : UriBuilder.fromUri(url)
                        .queryParam("client_id", "{client}")
                        .queryParam("post_logout_redirect_uri", "{back}")
                        .build(
                                provider.getConfig().getOrDefault("clientId", ""),
                                back(session, realm, provider.getAlias()));
        try {
            int status = HTTP.send(
                            HttpRequest.newBuilder(asked)
                                    .timeout(PATIENCE)
                                    .GET()
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            // A SAML endpoint, and ProConnect, have nothing to say to a request that carries no message; 401 is what
            // some answer a
            // sign-in page with.
            return saml || Source.isProConnect(provider) ? status < 500 : status < 400 || status == 401;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String back(KeycloakSession session, RealmModel realm, String alias) {
        return session.getContext()
                .getUri(UrlType.FRONTEND)
                .getBaseUriBuilder()
                .path("realms")
                .path(realm.getName())
                .path("broker")
                .path(alias)
                .path("endpoint/logout_response")
                .build()
                .toString();
    }
}
