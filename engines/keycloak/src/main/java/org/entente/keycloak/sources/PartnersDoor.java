package org.entente.keycloak.sources;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.keycloak.Json;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Asks the platform whose an account of ProConnect is: only the platform knows whom members invited, and of which organisation. Who asks is proved as at
 * {@link DirectoryDoor}.
 */
public final class PartnersDoor {

    private static final Logger log = Logger.getLogger(PartnersDoor.class);
    private static final String PLATFORM = "entente-platform";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * @param person whose it is; null when it is refused
     * @param vouched the members that named this very account: others' trust in the person is not theirs to open
     * @param refusal a word of {@link Refusals} in lower case
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Answer(
            @Nullable String person,
            List<String> vouched,
            @Nullable String refusal) {

        public Answer {
            vouched = vouched == null ? List.of() : List.copyOf(vouched);
            if ((person == null) == (refusal == null)) {
                throw new IllegalArgumentException("says nothing");
            }
        }

        public @Nullable Refusals why() {
            return refusal == null ? null : Refusals.of(refusal);
        }
    }

    private static final Answer AWAY = new Answer(null, List.of(), Refusals.UNANSWERED.word());

    private PartnersDoor() {}

    /** The door is https, or on this machine: what people are called goes there. */
    static String checked(String door) {
        URI uri = URI.create(door);
        if (!"https".equals(uri.getScheme())
                && !("http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost())))) {
            throw new IllegalArgumentException("The door must be https, or on this machine");
        }
        return door;
    }

    /** @param linked the person to whom the account was linked before; the platform then keeps that it came */
    public static Answer ask(
            RealmModel realm, Source source, BrokeredIdentityContext asserted, @Nullable UserModel linked) {
        ClientModel platform = realm.getClientByClientId(PLATFORM);
        if (source.door() == null || platform == null || platform.getSecret() == null) {
            return AWAY;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("subject", asserted.getId());
        body.put("address", asserted.getEmail());
        body.put("siret", Asserted.siret(asserted));
        body.put("linked", linked == null ? null : linked.getUsername());
        try {
            HttpResponse<String> response = HTTP.send(
                    HttpRequest.newBuilder(URI.create(source.door()))
                            .timeout(ANSWER)
                            .header("Authorization", "Bearer " + DirectoryDoor.word(platform.getSecret()))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return Json.read(response.body(), Answer.class);
            }
            log.warnf("The platform does not say whose an account of ProConnect is: %d", response.statusCode());
        } catch (IOException | IllegalArgumentException e) {
            log.warnf("The platform does not say whose an account of ProConnect is: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return AWAY;
    }
}
