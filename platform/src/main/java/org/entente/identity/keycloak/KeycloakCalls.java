package org.entente.identity.keycloak;

import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** Calls into our realm as the platform's own account. */
@Component
class KeycloakCalls {

    private final KeycloakHttp http;
    private final RestClient client;

    KeycloakCalls(KeycloakSettings settings, ClientSecrets secrets, Clock clock) {
        this.http = new KeycloakHttp(
                settings.url(),
                settings.realm(),
                RealmClients.PLATFORM,
                secrets.of(RealmClients.PLATFORM),
                settings.answer(),
                clock);
        this.client = http.authorised()
                .mutate()
                .baseUrl(settings.url() + "/admin/realms/" + settings.realm())
                .build();
    }

    /** Paths are below {@code /admin/realms/<realm>}. A token that is refused is taken anew once. */
    <T extends @Nullable Object> T call(Function<RestClient, T> call) {
        try {
            return call.apply(client);
        } catch (HttpClientErrorException.Unauthorized refused) {
            http.forgetToken();
            return call.apply(client);
        }
    }
}
