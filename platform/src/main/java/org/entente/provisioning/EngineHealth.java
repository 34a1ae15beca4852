package org.entente.provisioning;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.entente.catalog.Catalog;
import org.entente.provisioning.certificate.S3Store;
import org.entente.scanning.Scans;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** How each engine is doing at this moment: asked when the operator looks, never longer than two seconds each. */
@Component
class EngineHealth {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final OperatorStore store;
    private final S3Store objects;
    private final Catalog catalog;
    private final Scans scans;
    private final MessageSource messages;
    private final URI keycloak;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    EngineHealth(
            OperatorStore store,
            S3Store objects,
            Catalog catalog,
            Scans scans,
            MessageSource messages,
            @Value("${entente.keycloak.url:http://127.0.0.1:8401}") String keycloak,
            @Value("${entente.keycloak.realm:entente}") String realm) {
        this.store = store;
        this.objects = objects;
        this.catalog = catalog;
        this.scans = scans;
        this.messages = messages;
        this.keycloak = URI.create(keycloak + "/realms/" + realm);
    }

    /**
     * @param state up, down, or degraded: answers, but some accounts wait
     */
    record Engine(
            String id,
            String name,
            String state,
            String detail,
            @Nullable Instant since) {}

    List<Engine> all() {
        List<Engine> engines = new ArrayList<>();
        engines.add(database());
        engines.add(keycloak());
        String down = objects.trouble();
        engines.add(new Engine("s3", text("engine.s3"), down == null ? "up" : "down", down == null ? "" : down, null));
        scans.health()
                .ifPresent(health -> engines.add(new Engine(
                        "antivirus",
                        text("engine.antivirus"),
                        !health.answers() ? "down" : health.waiting() > 0 ? "degraded" : "up",
                        health.waiting() > 0
                                ? text("engine.antivirus.waiting", health.detail(), health.waiting())
                                : health.detail(),
                        health.since())));
        Map<String, OperatorStore.CircuitState> circuits = store.circuits();
        Map<String, Integer> failing = new java.util.HashMap<>();
        store.counts().forEach(one -> failing.merge(one.service(), one.failing(), Integer::sum));
        catalog.services().stream()
                .filter(service -> service.connector() != null)
                .forEach(service -> {
                    OperatorStore.CircuitState circuit = circuits.get(service.id());
                    int waiting = failing.getOrDefault(service.id(), 0);
                    String broken = circuit == null || circuit.failures() == 0 ? null : String.valueOf(circuit.error());
                    String detail = broken != null ? broken : waiting > 0 ? text("engine.waiting", waiting) : "";
                    engines.add(new Engine(
                            "connector:" + service.id(),
                            service.name().in(LocaleContextHolder.getLocale()) + " (" + service.connector() + ")",
                            broken != null ? "down" : waiting > 0 ? "degraded" : "up",
                            detail,
                            circuit == null ? null : circuit.since()));
                });
        return engines;
    }

    private Engine database() {
        try {
            return new Engine("postgresql", "PostgreSQL", "up", store.databaseVersion(), null);
        } catch (DataAccessException e) {
            return new Engine("postgresql", "PostgreSQL", "down", String.valueOf(e.getMessage()), null);
        }
    }

    private Engine keycloak() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(keycloak).timeout(PATIENCE).build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return new Engine(
                    "keycloak",
                    "Keycloak",
                    status == 200 ? "up" : "degraded",
                    status == 200 ? "" : "HTTP " + status,
                    null);
        } catch (IOException e) {
            return new Engine("keycloak", "Keycloak", "down", e.getClass().getSimpleName(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Engine("keycloak", "Keycloak", "down", "", null);
        }
    }

    private String text(String key, Object... args) {
        return String.valueOf(messages.getMessage(key, args, key, LocaleContextHolder.getLocale()));
    }
}
