package org.entente.launcher.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.entente.launcher.territory.Place;
import org.entente.launcher.territory.Settings;

/**
 * Waits until people can sign in: the platform serves a moment before it has made the territory's realm in Keycloak, and an address that
 * is printed should work.
 */
final class SignInReady {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private SignInReady() {}

    static void await(Place place, Terminal terminal) throws InterruptedException {
        Settings.Keycloak keycloak = place.settings().keycloak();
        String url = keycloak.outside() == null
                ? "http://127.0.0.1:" + keycloak.port()
                : keycloak.outside().url();
        HttpRequest realm = HttpRequest.newBuilder(URI.create(url + "/realms/entente"))
                .timeout(Duration.ofSeconds(10))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            while (!answers(http, realm)) {
                if (System.nanoTime() > end) {
                    terminal.say("Signing in is not possible yet: ./entente logs platform says what it waits for.");
                    return;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static boolean answers(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
