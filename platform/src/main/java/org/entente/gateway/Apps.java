package org.entente.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.catalog.SignIn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Which application a host name belongs to. Descriptors are looked at again every few seconds, as the catalogue does. */
@Component
class Apps {

    private static final Logger log = LoggerFactory.getLogger(Apps.class);

    private final Catalog catalog;
    private final String portal;
    private final String portalHost;
    private volatile @Nullable Map<String, App> known;

    Apps(Catalog catalog, @Value("${entente.public-url:http://localhost:8400}") URI portal) {
        this.catalog = catalog;
        this.portal = portal.toString().replaceFirst("/+$", "");
        this.portalHost = Objects.requireNonNull(portal.getHost()).toLowerCase(Locale.ROOT);
    }

    /** An address of the portal, as browsers reach it. */
    String portal(String path) {
        return portal + path;
    }

    /**
     * The application that this request is for. Only the request's own {@code Host} counts: what a proxy says in {@code X-Forwarded-Host} could be the word of
     * a script of one of the applications, which would reach the portal from there.
     */
    @Nullable
    App of(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host == null ? null : known().get(name(host));
    }

    Optional<App> find(String service) {
        return catalog.find(service).flatMap(Apps::app);
    }

    static Optional<App> app(Service service) {
        return service.signIn() instanceof SignIn.Gateway how ? Optional.of(App.of(service, how)) : Optional.empty();
    }

    private static String name(String host) {
        return host.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", "").replaceFirst("\\.$", "");
    }

    private Map<String, App> known() {
        Map<String, App> now = known;
        return now == null ? first() : now;
    }

    private synchronized Map<String, App> first() {
        Map<String, App> now = known;
        if (now == null) {
            now = ask();
            known = now;
        }
        return now;
    }

    /**
     * No request waits for this. While the database is away the hosts are those of before: the portal must not show itself on one of them.
     */
    @Scheduled(fixedDelayString = "${entente.catalog.watch:5s}")
    void look() {
        try {
            known = ask();
        } catch (DataAccessException e) {
            log.warn("The catalogue cannot be read: {}", e.getMessage());
        }
    }

    private Map<String, App> ask() {
        Map<String, App> byHost = new HashMap<>();
        catalog.services().stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .flatMap(service -> app(service).stream())
                .forEach(app -> {
                    if (app.host().equals(portalHost)) {
                        log.warn(
                                "{} has the host name of the portal, whose cookies it would read: it is not served",
                                app.id());
                    } else {
                        byHost.putIfAbsent(app.host(), app);
                    }
                });
        return Map.copyOf(byHost);
    }
}
