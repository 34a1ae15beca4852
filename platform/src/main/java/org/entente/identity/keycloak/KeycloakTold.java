package org.entente.identity.keycloak;

import java.util.Objects;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.ToldToApps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/** {@link ToldToApps} by our own resource in Keycloak. */
@Component
class KeycloakTold implements ToldToApps {

    private static final Logger log = LoggerFactory.getLogger(KeycloakTold.class);

    private final KeycloakCalls keycloak;

    KeycloakTold(KeycloakCalls keycloak) {
        this.keycloak = keycloak;
    }

    @Override
    public Told ask(String clientId, PersonId person, AffiliationId capacity) {
        try {
            return Objects.requireNonNull(keycloak.call(rest -> rest.get()
                    .uri(
                            "/entente/told?client={client}&person={person}&capacity={capacity}",
                            clientId,
                            person,
                            capacity)
                    .retrieve()
                    .body(Told.class)));
        } catch (HttpClientErrorException.NotFound | HttpClientErrorException.BadRequest notYet) {
            throw Refusal.conflict("claims.not-yet");
        } catch (RestClientException e) {
            log.warn("Keycloak does not say what {} would be told: {}", clientId, e.getMessage());
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "signin.unavailable");
        }
    }
}
