package org.entente.keycloak.sources;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.Json;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * Asks the platform whether a password is the one in a member's directory: only the platform has the directory's settings and may reach it. Who asks is
 * proved by a word derived from the secret of the platform's client, which both sides hold.
 */
public final class DirectoryDoor {

    private static final Logger log = Logger.getLogger(DirectoryDoor.class);
    private static final String PLATFORM = "entente-platform";
    private static final String PURPOSE = "entente directory passwords";

    /** Longer than the platform itself gives a directory. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    /** Sign-ins that wait for a directory at the same time on this node: the others must go on being served. */
    private static final Semaphore WAITING = new Semaphore(64);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** What a directory says. */
    public enum Said {
        RIGHT,
        WRONG,
        /** The directory, or the way to it, does not answer: nothing is known. */
        AWAY,
        LOCKED,
        EXPIRED,
        MUST_CHANGE,
        DISABLED,
        ENDED,
        HOURS,
        REFUSED
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Answer(Said said) {
        Answer {
            if (said == null) {
                throw new IllegalArgumentException("says nothing");
            }
        }
    }

    private DirectoryDoor() {}

    /**
     * What the directory says of this password.
     *
     * @param capacity in which the person is in the directory; null asks for nobody, takes as long, and sends no password
     * @param place the address from which somebody signs in
     */
    public static Said ask(
            RealmModel realm,
            Directory directory,
            @Nullable Capacity capacity,
            @Nullable String password,
            @Nullable String place) {
        Directories.All all = Directories.of(realm);
        ClientModel platform = realm.getClientByClientId(PLATFORM);
        if (all == null || platform == null || platform.getSecret() == null || !WAITING.tryAcquire()) {
            return Said.AWAY;
        }
        try {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("member", directory.member());
            if (place != null) {
                body.put("place", place);
            }
            if (capacity != null && password != null) {
                body.put("capacity", capacity.id());
                body.put("password", password);
            }
            HttpResponse<String> response = HTTP.send(
                    HttpRequest.newBuilder(URI.create(all.door()))
                            .timeout(ANSWER)
                            .header("Authorization", "Bearer " + word(platform.getSecret()))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                log.warnf(
                        "The platform does not ask the directory of %s: %d", directory.member(), response.statusCode());
                return Said.AWAY;
            }
            return Json.read(response.body(), Answer.class).said();
        } catch (IOException | IllegalArgumentException e) {
            log.warnf("The platform does not answer for the directory of %s: %s", directory.member(), e.getMessage());
            return Said.AWAY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Said.AWAY;
        } finally {
            WAITING.release();
        }
    }

    /** By what the engine is known to the platform. */
    static String word(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
