package org.entente.provisioning;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.access.Entitlements;
import org.entente.access.Explanation;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.catalog.SignIn;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.PersonId;
import org.entente.directory.Right;
import org.entente.identity.AppEndpoints;
import org.entente.identity.HeadersToApps;
import org.entente.identity.ToldToApps;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the operator what has to be typed into an application, and the operator and members' admins what it would be told of somebody in one capacity, before
 * that person meets a closed door.
 */
@RestController
class ClaimsController {

    private final Catalog catalog;
    private final Entitlements entitlements;
    private final ObjectProvider<ToldToApps> told;
    private final ObjectProvider<AppEndpoints> endpoints;
    private final ObjectProvider<HeadersToApps> headers;
    private final JdbcClient jdbc;

    ClaimsController(
            Catalog catalog,
            Entitlements entitlements,
            ObjectProvider<ToldToApps> told,
            ObjectProvider<AppEndpoints> endpoints,
            ObjectProvider<HeadersToApps> headers,
            JdbcClient jdbc) {
        this.catalog = catalog;
        this.entitlements = entitlements;
        this.told = told;
        this.endpoints = endpoints;
        this.headers = headers;
        this.jdbc = jdbc;
    }

    /** @param missing words that such an application cannot do without, and that this capacity has nothing for */
    record Claims(
            String protocol,
            List<String> scopes,
            Map<String, Object> idToken,
            Map<String, Object> userinfo,
            List<String> missing) {}

    /** @param value as the application's own settings ask for it */
    record Setting(String name, String value) {}

    @GetMapping("/api/operator/services/{service}/connection")
    @Needs(Right.OPERATE)
    List<Setting> connection(@PathVariable String service) {
        Service asked = catalog.find(service).orElseThrow(() -> Refusal.notFound("service.unknown", service));
        return endpoints.stream()
                .flatMap(door -> door.of(asked.signIn()).entrySet().stream())
                .map(one -> new Setting(one.getKey(), one.getValue()))
                .toList();
    }

    @GetMapping("/api/operator/services/{service}/claims")
    @Needs(Right.OPERATE)
    Claims claims(@PathVariable String service, @RequestParam PersonId person, @RequestParam AffiliationId capacity) {
        return told(service, memberOf(person, capacity), person, capacity);
    }

    /** The same to a member's admin, of the member's own people. */
    @GetMapping("/api/members/{member}/services/{service}/claims")
    @Needs(Right.MANAGE_MEMBER)
    Claims claimsOfMember(
            @PathVariable MemberId member,
            @PathVariable String service,
            @RequestParam PersonId person,
            @RequestParam AffiliationId capacity) {
        if (!memberOf(person, capacity).equals(member)) {
            throw Refusal.notFound("claims.capacity");
        }
        return told(service, member, person, capacity);
    }

    private Claims told(String service, MemberId member, PersonId person, AffiliationId capacity) {
        Service asked = catalog.find(service).orElseThrow(() -> Refusal.notFound("service.unknown", service));
        String client = client(asked);
        mustBeGiven(asked, member, capacity);
        if (asked.signIn() instanceof SignIn.Link) {
            // A link opens a site that knows nothing of the territory.
            return new Claims("link", List.of(), Map.of(), Map.of(), List.of());
        }
        if (asked.signIn() instanceof SignIn.Gateway) {
            Map<String, Object> said = Map.copyOf(headers.getObject().ask(service, capacity));
            return new Claims("gateway", List.of(), Map.of(), said, List.of());
        }
        ToldToApps door = told.getIfAvailable();
        if (door == null) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "signin.unavailable");
        }
        ToldToApps.Told answer = door.ask(client, person, capacity);
        return new Claims(
                answer.protocol(), answer.scopes(), answer.idToken(), answer.userinfo(), missing(asked, answer));
    }

    private static String client(Service service) {
        return switch (service.signIn()) {
            case SignIn.Oidc oidc -> oidc.clientId();
            case SignIn.Saml saml -> saml.entityId();
            case SignIn.Cas cas -> SignIn.Cas.clientId(service.id());
            case SignIn.Gateway gateway -> service.id();
            case SignIn.BuiltIn builtIn ->
                throw Refusal.conflict("claims.no-application", service.name().fr());
            case SignIn.Link link -> service.id();
        };
    }

    private MemberId memberOf(PersonId person, AffiliationId capacity) {
        return jdbc.sql("SELECT member FROM directory.v_affiliation WHERE id = ? AND person = ?")
                .param(capacity.value())
                .param(person.value())
                .query(UUID.class)
                .optional()
                .map(MemberId::new)
                .orElseThrow(() -> Refusal.notFound("claims.capacity"));
    }

    /** The reason is that of the rights themselves, in the reader's language. */
    private void mustBeGiven(Service service, MemberId member, AffiliationId capacity) {
        Explanation why = entitlements.explain(member, capacity).stream()
                .filter(one -> one.service().equals(service.id()))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("service.unknown", service.id()));
        if (!why.given()) {
            String reason = why.steps().stream()
                    .filter(step -> !step.ok())
                    .map(Explanation.Step::text)
                    .findFirst()
                    .orElse("");
            throw Refusal.conflict("claims.not-given", reason);
        }
    }

    private static List<String> missing(Service service, ToldToApps.Told answer) {
        boolean proConnect = service.signIn() instanceof SignIn.Oidc oidc && oidc.proConnect() != null;
        // ProConnect promises these to every application.
        return List.of("given_name", "usual_name", "email", "uid", "siret").stream()
                .filter(word -> proConnect && !answer.userinfo().containsKey(word))
                .toList();
    }
}
