package org.entente.identity.keycloak;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.identity.LogoutNotices;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** {@link LogoutNotices} by our own resource in Keycloak. */
@Component
class KeycloakNotices implements LogoutNotices {

    private final KeycloakCalls keycloak;

    KeycloakNotices(KeycloakCalls keycloak) {
        this.keycloak = keycloak;
    }

    @Override
    public List<Told> see(List<Notice> notices, boolean again) {
        Answer answer = keycloak.call(rest -> rest.post()
                .uri("/entente/notices")
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Asked(notices, again))
                .retrieve()
                .body(Answer.class));
        return answer == null
                ? List.of()
                : answer.told().stream()
                        .map(one -> new Told(
                                one.id(), Outcome.valueOf(one.outcome().toUpperCase(Locale.ROOT)), one.detail()))
                        .toList();
    }

    @Override
    public void heard(List<UUID> notices) {
        keycloak.call(rest -> rest.post()
                .uri("/entente/notices/heard")
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Heard(notices))
                .retrieve()
                .toBodilessEntity());
    }

    private record Heard(List<UUID> ids) {}

    private record Asked(List<Notice> notices, boolean again) {}

    private record Answer(List<One> told) {}

    private record One(UUID id, String outcome, String detail) {}
}
