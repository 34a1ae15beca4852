package org.entente.identity.keycloak;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.entente.base.Refusal;
import org.entente.identity.SignInSources;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** {@link SignInSources} by our own resource in Keycloak: see {@code docs/developers/keycloak-door.md}. */
@Component
class KeycloakSources implements SignInSources {

    private static final Logger log = LoggerFactory.getLogger(KeycloakSources.class);

    private final KeycloakCalls keycloak;
    private final KeycloakSettings settings;

    KeycloakSources(KeycloakCalls keycloak, KeycloakSettings settings) {
        this.keycloak = keycloak;
        this.settings = settings;
    }

    @Override
    public Ours ours(String alias) {
        String endpoint = settings.issuer() + "/broker/" + alias + "/endpoint";
        return new Ours(
                endpoint,
                settings.issuer(),
                endpoint + "/descriptor",
                endpoint + "/logout_response",
                settings.issuer() + "/protocol/openid-connect/logout/backchannel-logout");
    }

    @Override
    public void put(String alias, Source source) {
        body(alias, source);
    }

    @Override
    public void putPartners(String alias, Partners source) {
        body(
                alias,
                Map.of(
                        "member",
                        "",
                        "label",
                        source.label(),
                        "domains",
                        List.of(),
                        "state",
                        source.state(),
                        // It passes on what identity providers have verified, and has no word for it.
                        "trustsAddresses",
                        true,
                        "trustsFactors",
                        source.trustsFactors(),
                        "signsOutThere",
                        true,
                        "oidc",
                        source.oidc(),
                        "partners",
                        Map.of("door", source.door(), "pkce", source.pkce())));
    }

    private void body(String alias, Object source) {
        var unused = call(rest -> rest.put()
                .uri("/entente/sources/{alias}", alias)
                .contentType(MediaType.APPLICATION_JSON)
                .body(source)
                .retrieve()
                .toBodilessEntity());
    }

    @Override
    public void remove(String alias) {
        try {
            var unused = call(rest -> rest.delete()
                    .uri("/entente/sources/{alias}", alias)
                    .retrieve()
                    .toBodilessEntity());
        } catch (HttpClientErrorException.NotFound gone) {
            log.debug("The source {} was not in Keycloak", alias);
        }
    }

    @Override
    public Optional<Map<String, String>> readMetadata(String xml) {
        try {
            return Optional.ofNullable(call(rest -> rest.post()
                    .uri("/entente/sources/saml-metadata")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of("xml", xml))
                    .retrieve()
                    .body(new ParameterizedTypeReference<Map<String, String>>() {})));
        } catch (HttpClientErrorException.BadRequest unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public List<Refused> refusals(String alias) {
        Refused[] all = call(rest -> rest.get()
                .uri("/entente/sources/{alias}/refusals", alias)
                .retrieve()
                .body(Refused[].class));
        return all == null ? List.of() : Arrays.asList(all);
    }

    private <T extends @Nullable Object> T call(Function<RestClient, T> call) {
        try {
            return keycloak.call(call);
        } catch (HttpClientErrorException.NotFound | HttpClientErrorException.BadRequest answer) {
            throw answer;
        } catch (RestClientException e) {
            log.warn("Keycloak does not take a source: {}", e.getMessage());
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "signin.unavailable");
        }
    }
}
