package org.entente.identity.session;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.entente.identity.PortalClient;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The portal as a client of Keycloak. Its endpoints are known from the issuer, so nothing is asked of Keycloak before somebody signs
 * in, and the platform starts without it.
 */
@Component
class KeycloakClient implements ClientRegistrationRepository {

    static final String REGISTRATION = "keycloak";

    private static final Duration ASK_EVERY = Duration.ofSeconds(5);

    private final ClientRegistration registration;
    private final URI issuer;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private volatile Seen seen = new Seen(Instant.MIN, false);

    private record Seen(Instant at, boolean answers) {}

    KeycloakClient(PortalClient client, SignInSettings settings, Clock clock) {
        this.clock = clock;
        this.issuer = URI.create(client.issuer());
        String protocol = client.issuer() + "/protocol/openid-connect";
        this.registration = ClientRegistration.withRegistrationId(REGISTRATION)
                .clientId(client.clientId())
                .clientSecret(client.clientSecret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build())
                .scope("openid")
                .redirectUri(settings.at("/login/oauth2/code/" + REGISTRATION))
                .issuerUri(client.issuer())
                .authorizationUri(protocol + "/auth")
                .tokenUri(protocol + "/token")
                .jwkSetUri(protocol + "/certs")
                .userNameAttributeName("sub")
                .build();
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        return REGISTRATION.equals(id) ? registration : null;
    }

    ClientRegistration registration() {
        return registration;
    }

    /** Whether Keycloak answers, asked at most every few seconds: better a plain page of ours than a browser's error. */
    boolean answers() {
        Seen last = seen;
        Instant now = clock.instant();
        if (last.answers() && last.at().plus(ASK_EVERY).isAfter(now)) {
            return true;
        }
        boolean answers;
        try {
            HttpRequest ask = HttpRequest.newBuilder(issuer)
                    .timeout(Duration.ofSeconds(3))
                    .build();
            answers = http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() < 500;
        } catch (IOException e) {
            answers = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answers = false;
        }
        seen = new Seen(now, answers);
        return answers;
    }

    /** Where a browser ends its session at Keycloak itself, after a question. */
    String signOutUrl(String then) {
        return UriComponentsBuilder.fromUri(issuer)
                .path("/protocol/openid-connect/logout")
                .queryParam("client_id", "{client}")
                .queryParam("post_logout_redirect_uri", "{then}")
                .encode()
                .buildAndExpand(registration.getClientId(), then)
                .toUriString();
    }
}
