package org.entente.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import org.entente.access.Entitlements;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.catalog.SignIn;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Opens a service in the acting capacity: checks the right at that moment, counts one use (per day and member, never per person) and
 * sends the browser there. An application that signs in by OIDC is told which capacity, so that it asks no question.
 */
@RestController
class GoController {

    private final Entitlements entitlements;
    private final Catalog catalog;
    private final JdbcClient jdbc;
    private final Clock clock;

    GoController(Entitlements entitlements, Catalog catalog, JdbcClient jdbc, Clock clock) {
        this.entitlements = entitlements;
        this.catalog = catalog;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @GetMapping("/go/{service}")
    @Needs(Right.PERSON)
    ResponseEntity<Void> open(@PathVariable String service, Actor actor) {
        Service opened = catalog.find(service).orElseThrow(() -> Refusal.notFound("service.unknown", service));
        String where = opened.signIn().opens();
        boolean given = entitlements.of(actor.capacity()).stream()
                .anyMatch(one -> one.service().equals(service));
        if (!given || where == null) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "service.not-given", service);
        }
        count(actor, service);
        return to(opened.signIn() instanceof SignIn.Oidc ? withCapacity(where, actor) : URI.create(where));
    }

    /** This is a page being opened, not a call of the application: whoever may not lands where they can do something about it. */
    @ExceptionHandler(Refusal.class)
    ResponseEntity<Void> refused(Refusal refusal, HttpServletRequest request) {
        String path = refusal.kind() == Refusal.Kind.UNAUTHENTICATED ? "/sign-in" : "/";
        UriComponentsBuilder page = UriComponentsBuilder.fromPath(path);
        return refusal.kind() == Refusal.Kind.UNAUTHENTICATED
                ? to(page.queryParam("to", "{to}").encode().build(request.getRequestURI()))
                : to(page.queryParam("refused", "{code}").encode().build(refusal.code()));
    }

    private URI withCapacity(String initiate, Actor actor) {
        UriComponentsBuilder page =
                UriComponentsBuilder.fromUriString(initiate).queryParam("capacity_hint", actor.capacity());
        jdbc.sql("SELECT siret FROM directory.v_member WHERE id = :member AND siret IS NOT NULL")
                .param("member", actor.member().value())
                .query(String.class)
                .optional()
                .ifPresent(siret -> page.queryParam("siret_hint", siret));
        return page.build(true).toUri();
    }

    private void count(Actor actor, String service) {
        jdbc.sql("""
                INSERT INTO portal.opening AS o (day, member, service, count) VALUES (:day, :member, :service, 1)
                ON CONFLICT (day, member, service) DO UPDATE SET count = o.count + 1
                """)
                .param("day", LocalDate.now(clock))
                .param("member", actor.member().value())
                .param("service", service)
                .update();
    }

    private static ResponseEntity<Void> to(URI where) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(where)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
