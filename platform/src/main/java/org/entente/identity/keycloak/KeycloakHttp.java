package org.entente.identity.keycloak;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/** HTTP to Keycloak as one service account, whose token is taken anew before it ends. */
final class KeycloakHttp {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final RestClient rest;
    private final RestClient authorised;
    private final String tokenPath;
    private final String clientId;
    private final String secret;
    private final Clock clock;
    private volatile @Nullable Token token;

    private record Token(String value, Instant until) {}

    KeycloakHttp(String url, String realm, String clientId, String secret, Duration answer, Clock clock) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(CONNECT).build());
        requests.setReadTimeout(answer);
        this.rest = RestClient.builder().baseUrl(url).requestFactory(requests).build();
        this.authorised = rest.mutate()
                .requestInitializer(request -> request.getHeaders().setBearerAuth(bearer()))
                .build();
        this.tokenPath = "/realms/" + realm + "/protocol/openid-connect/token";
        this.clientId = clientId;
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * A client that carries the token of the moment; its calls throw {@code RestClientException} when Keycloak does not answer or says no. To be kept: making one
     * looks for message converters in every library, which takes longer than the call.
     */
    RestClient authorised() {
        return authorised;
    }

    /** The next call takes a new token: the realm may have been made anew, or its keys changed. */
    void forgetToken() {
        token = null;
    }

    private String bearer() {
        Token held = token;
        if (held != null && held.until().isAfter(clock.instant())) {
            return held.value();
        }
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>(Map.of());
        form.add("grant_type", "client_credentials");
        form.add("client_id", clientId);
        form.add("client_secret", secret);
        Answer answer = rest.post()
                .uri(tokenPath)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form)
                .retrieve()
                .body(Answer.class);
        if (answer == null) {
            throw new org.springframework.web.client.ResourceAccessException(
                    "Keycloak gave no token", new IOException("empty answer"));
        }
        Token fresh = new Token(
                answer.access_token(),
                clock.instant().plusSeconds(answer.expires_in()).minus(MARGIN));
        token = fresh;
        return fresh.value();
    }

    record Answer(String access_token, long expires_in) {}
}
