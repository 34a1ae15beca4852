package org.entente.keycloak.cas;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.backchannel.Entered;
import org.entente.keycloak.cas.Verdict.Bad;
import org.entente.keycloak.cas.Verdict.Code;
import org.entente.keycloak.cas.Verdict.Good;
import org.entente.keycloak.claims.CasWords;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/** Judges a ticket: good once, for the address and the session it was given for, while the capacity lives. */
final class Validation {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EventBuilder event;

    Validation(KeycloakSession session, EventBuilder event) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.event = event.event(EventType.CODE_TO_TOKEN);
    }

    Verdict of(MultivaluedMap<String, String> parameters) {
        Verdict verdict = judged(parameters);
        if (verdict instanceof Bad bad) {
            event.detail("reason", bad.code().name()).error(Errors.INVALID_CODE);
        } else {
            event.success();
        }
        return verdict;
    }

    private Verdict judged(MultivaluedMap<String, String> parameters) {
        if (parameters.containsKey("pgtUrl")) {
            // Nor is that address ever called.
            return new Bad(Code.INVALID_PROXY_CALLBACK, "No proxy tickets are given here: leave pgtUrl out");
        }
        String service = one(parameters, "service");
        String text = one(parameters, "ticket");
        if (service == null || text == null) {
            return new Bad(Code.INVALID_REQUEST, "service and ticket are needed, once each");
        }
        Optional<Ticket> taken = Ticket.take(session, text);
        Optional<Services.Found> found = Services.find(realm, service);
        if (found.isEmpty()) {
            return new Bad(Code.UNAUTHORIZED_SERVICE, "No application of this territory has this service address");
        }
        event.client(found.get().client());
        if (taken.isEmpty()) {
            return new Bad(Code.INVALID_TICKET, "The ticket is unknown, was used already, or is too old");
        }
        Ticket ticket = taken.get();
        if (!ticket.service().equals(service)
                || !ticket.client().equals(found.get().client().getId())) {
            return new Bad(Code.INVALID_SERVICE, "The ticket was given for another service address");
        }
        if (Asked.set(parameters, "renew") && !ticket.fresh()) {
            return new Bad(
                    Code.INVALID_TICKET, "The ticket came from a session that was open already, and renew is set");
        }
        session.getContext().setClient(found.get().client());
        return opened(ticket)
                .flatMap(clientSession -> told(clientSession, ticket, text))
                .orElseGet(() -> new Bad(Code.INVALID_TICKET, "What the ticket stood for has ended"));
    }

    /** The session the ticket was given in, if it is as it was then. */
    private Optional<AuthenticatedClientSessionModel> opened(Ticket ticket) {
        UserSessionModel userSession =
                session.sessions().getUserSessionIfClientExists(realm, ticket.userSession(), false, ticket.client());
        if (userSession == null
                || !AuthenticationManager.isSessionValid(realm, userSession)
                || !userSession.getUser().isEnabled()) {
            return Optional.empty();
        }
        event.user(userSession.getUser()).session(userSession);
        return Optional.ofNullable(userSession.getAuthenticatedClientSessionByClient(ticket.client()))
                // Entered in another capacity meanwhile: the ticket must not speak for that one.
                .filter(clientSession -> Objects.equals(clientSession.getNote(Capacity.NOTE), ticket.capacity()));
    }

    private Optional<Verdict> told(AuthenticatedClientSessionModel clientSession, Ticket ticket, String text) {
        return CasWords.of(clientSession.getUserSession(), clientSession).map(said -> {
            CasLogout.opened(clientSession, text, ticket.service());
            Entered.keep(session, clientSession, CasLogout.notices(clientSession));
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("authenticationDate", proved(clientSession.getUserSession()));
            attributes.put("longTermAuthenticationRequestTokenUsed", "false");
            attributes.put("isFromNewLogin", Boolean.toString(ticket.fresh()));
            attributes.putAll(said.attributes());
            return new Good(said.user(), attributes);
        });
    }

    private static String proved(UserSessionModel userSession) {
        String noted = userSession.getNote(AuthenticationManager.AUTH_TIME);
        return Instant.ofEpochSecond(noted == null ? userSession.getStarted() : Long.parseLong(noted))
                .toString();
    }

    private static @Nullable String one(MultivaluedMap<String, String> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.size() == 1 && !values.getFirst().isBlank() ? values.getFirst() : null;
    }
}
