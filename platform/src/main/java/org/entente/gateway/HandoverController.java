package org.entente.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.identity.PortalSessions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The portal's side of entering an application behind the gateway: who has the right goes on with a code, in the capacity they act in when it
 * gives the application, else in the only one that does; where several do, they say which. An application that asks for a second factor sends whoever
 * gave none back to the sign-in first.
 */
@RestController
class HandoverController {

    private static final int HASH = 32;

    private final Apps apps;
    private final Handover handover;
    private final PortalSessions sessions;
    private final Proofs proofs;
    private final Pages pages;
    private final JdbcClient jdbc;

    HandoverController(
            Apps apps, Handover handover, PortalSessions sessions, Proofs proofs, Pages pages, JdbcClient jdbc) {
        this.apps = apps;
        this.handover = handover;
        this.sessions = sessions;
        this.proofs = proofs;
        this.pages = pages;
        this.jdbc = jdbc;
    }

    private record Fitting(UUID id, String function, String member) {}

    @GetMapping("/go/{service}/enter")
    @Needs(Right.SIGNED_IN)
    ResponseEntity<String> enter(
            @PathVariable String service,
            @RequestParam String state,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable UUID capacity,
            @RequestParam(defaultValue = "false") boolean raised,
            HttpServletRequest request) {
        App app = apps.find(service).orElseThrow(() -> Refusal.notFound("service.unknown", service));
        byte[] browser = hash(state);
        PortalSessions.Current session =
                sessions.of(request).orElseThrow(() -> Refusal.of(Refusal.Kind.UNAUTHENTICATED, "unauthenticated"));
        List<Fitting> fitting = fitting(session, service);
        UUID acting = session.acting() == null ? null : session.acting().value();
        Optional<Fitting> chosen = choose(fitting, capacity == null ? acting : capacity)
                .or(() -> capacity == null && fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty());
        if (chosen.isPresent()) {
            AffiliationId entered = new AffiliationId(chosen.get().id());
            if (app.secondFactor() && !proofs.of(session.session())) {
                return raised
                        ? page(HttpStatus.FORBIDDEN, request, "factor", app, List.of(handover.home(request)))
                        : raise(way(service, state, to, entered.value()));
            }
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create(handover.code(app, browser, session.session(), entered, to)))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header("Referrer-Policy", "no-referrer")
                    .build();
        }
        return fitting.isEmpty()
                ? page(HttpStatus.FORBIDDEN, request, "closed", app, List.of(handover.home(request)))
                : page(HttpStatus.OK, request, "choose", app, choices(fitting, service, state, to));
    }

    /** This is a page being opened: whoever is not signed in does so, and comes back here. */
    @ExceptionHandler(Refusal.class)
    ResponseEntity<Void> refused(Refusal refusal, HttpServletRequest request) {
        boolean unknown = refusal.kind() == Refusal.Kind.UNAUTHENTICATED;
        String here = request.getRequestURI() + "?" + request.getQueryString();
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(UriComponentsBuilder.fromPath(unknown ? "/sign-in" : "/")
                        .queryParam(unknown ? "to" : "refused", "{value}")
                        .encode()
                        .build(unknown ? here : refusal.code()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** To the sign-in, which asks for a second factor, and back here: once, or somebody whose sign-in gives none would go round and round. */
    private static ResponseEntity<String> raise(String way) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(UriComponentsBuilder.fromPath("/sign-in")
                        .queryParam("level", "second-factor")
                        .queryParam("to", "{to}")
                        .encode()
                        .build(way + "&raised=true"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private List<Fitting> fitting(PortalSessions.Current session, String service) {
        return jdbc.sql("""
                        SELECT a.id, a.function, m.name AS member FROM directory.v_affiliation a
                        JOIN directory.v_member m ON m.id = a.member
                        JOIN identity.v_session s ON s.id = ? AND (s.only_members IS NULL OR a.member = ANY(s.only_members))
                        WHERE a.person = ? AND a.live
                          AND EXISTS (SELECT FROM access.v_entitlement e WHERE e.affiliation = a.id AND e.service = ?)
                        ORDER BY m.name, a.valid_from, a.id""")
                .params(session.session(), session.person().value(), service)
                .query(Fitting.class)
                .list();
    }

    private static Optional<Fitting> choose(List<Fitting> fitting, @Nullable UUID capacity) {
        return fitting.stream().filter(one -> one.id().equals(capacity)).findFirst();
    }

    private static List<Pages.Link> choices(List<Fitting> fitting, String service, String state, @Nullable String to) {
        return fitting.stream()
                .map(one -> new Pages.Link(one.function() + ", " + one.member(), way(service, state, to, one.id())))
                .toList();
    }

    private static String way(String service, String state, @Nullable String to, UUID capacity) {
        UriComponentsBuilder way = UriComponentsBuilder.fromPath("/go/" + service + "/enter")
                .queryParam("state", state)
                .queryParam("capacity", capacity);
        if (to != null) {
            way.queryParam("to", "{to}");
        }
        return way.encode().buildAndExpand(to == null ? "" : to).toUriString();
    }

    private ResponseEntity<String> page(
            HttpStatus status, HttpServletRequest request, String what, App app, List<Pages.Link> links) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(pages.html(request, "/plain.css", what, app, links));
    }

    private static byte[] hash(String state) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(state);
            if (bytes.length == HASH) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Not one of ours: said below.
        }
        throw Refusal.invalid("gateway.state");
    }
}
