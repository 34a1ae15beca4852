package org.entente.identity.keycloak;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.AppSessions;
import org.entente.identity.PortalClient;
import org.entente.identity.SignInAccounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** {@link SignInAccounts} and {@link AppSessions} by Keycloak's admin API and our own resource in it. */
@Component
class KeycloakSignIn implements SignInAccounts, AppSessions {

    private static final Logger log = LoggerFactory.getLogger(KeycloakSignIn.class);
    private static final Map<String, Kind> FACTORS =
            Map.of("otp", Kind.CODE, "webauthn", Kind.PASSKEY, "webauthn-passwordless", Kind.PASSKEY);

    private final KeycloakCalls keycloak;

    KeycloakSignIn(KeycloakCalls keycloak) {
        this.keycloak = keycloak;
    }

    @Override
    public void setInitialPassword(PersonId person, String password, boolean temporary) {
        var unused = call(rest -> rest.put()
                .uri("/users/{id}/reset-password", person)
                .body(Map.of("type", "password", "value", password, "temporary", temporary))
                .retrieve()
                .toBodilessEntity());
    }

    @Override
    public Link firstSignInLink(PersonId person, Duration lifespan) {
        return Objects.requireNonNull(call(rest -> rest.post()
                .uri("/entente/first-sign-in-links")
                .body(Map.of(
                        "person", person.toString(),
                        "lifespanSeconds", lifespan.toSeconds(),
                        "clientId", PortalClient.ID))
                .retrieve()
                .body(Link.class)));
    }

    @Override
    public void mailFirstSignInLink(PersonId person, Duration lifespan) {
        var unused = call(rest -> rest.post()
                .uri("/entente/first-sign-in-mails")
                .body(Map.of(
                        "person", person.toString(),
                        "lifespanSeconds", lifespan.toSeconds(),
                        "clientId", PortalClient.ID))
                .retrieve()
                .toBodilessEntity());
    }

    @Override
    public List<SecondFactor> secondFactors(PersonId person) {
        Credential[] all = call(rest ->
                rest.get().uri("/users/{id}/credentials", person).retrieve().body(Credential[].class));
        return Arrays.stream(all == null ? new Credential[0] : all)
                .filter(credential -> FACTORS.containsKey(credential.type()))
                .map(credential -> new SecondFactor(
                        credential.id(),
                        Objects.requireNonNull(FACTORS.get(credential.type())),
                        credential.userLabel(),
                        Instant.ofEpochMilli(credential.createdDate())))
                .toList();
    }

    @Override
    public boolean removeSecondFactor(PersonId person, String id) {
        boolean theirs =
                secondFactors(person).stream().anyMatch(factor -> factor.id().equals(id));
        if (theirs) {
            var unused = call(rest -> rest.delete()
                    .uri("/users/{person}/credentials/{id}", person, id)
                    .retrieve()
                    .toBodilessEntity());
        }
        return theirs;
    }

    @Override
    public String addSecondFactorAction(Kind kind) {
        return kind == Kind.CODE ? "CONFIGURE_TOTP" : "webauthn-register-passwordless";
    }

    @Override
    public List<AppSession> of(PersonId person) {
        try {
            return sessions(person).stream()
                    .flatMap(session -> session.apps().stream().map(app -> app(session, app)))
                    .toList();
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
                return List.of();
            }
            throw refusal;
        }
    }

    @Override
    public boolean end(PersonId person, String session) {
        boolean theirs = sessions(person).stream().anyMatch(one -> one.id().equals(session));
        if (theirs) {
            var unused = call(rest -> rest.delete()
                    .uri("/entente/sessions/{id}", session)
                    .retrieve()
                    .toBodilessEntity());
        }
        return theirs;
    }

    @Override
    public Optional<SigningOut> signOut(PersonId person, String session, String next) {
        if (sessions(person).stream().noneMatch(one -> one.id().equals(session))) {
            return Optional.empty();
        }
        return Optional.ofNullable(call(rest -> rest.post()
                .uri("/entente/sign-outs")
                .body(Map.of("session", session, "next", next))
                .retrieve()
                .body(SigningOut.class)));
    }

    @Override
    public Optional<Ended> ended(String page) {
        return call(rest -> {
            try {
                return Optional.ofNullable(rest.get()
                        .uri("/entente/sign-outs/{page}", page)
                        .retrieve()
                        .body(Ended.class));
            } catch (HttpClientErrorException.NotFound forgotten) {
                return Optional.empty();
            }
        });
    }

    @Override
    public List<String> entered(PersonId person) {
        App[] all = call(rest -> rest.get()
                .uri("/entente/entered?person={person}", person)
                .retrieve()
                .body(App[].class));
        return all == null
                ? List.of()
                : Arrays.stream(all).map(App::title).distinct().sorted().toList();
    }

    private List<Session> sessions(PersonId person) {
        Session[] all = call(rest -> rest.get()
                .uri("/entente/sessions?person={person}", person)
                .retrieve()
                .body(Session[].class));
        return all == null ? List.of() : List.of(all);
    }

    private static AppSession app(Session session, App app) {
        String capacity = app.capacity();
        return new AppSession(
                session.id(),
                app.title(),
                capacity == null ? null : AffiliationId.of(capacity),
                session.address(),
                session.since(),
                session.lastSeen());
    }

    private <T extends @Nullable Object> T call(Function<RestClient, T> call) {
        try {
            return keycloak.call(call);
        } catch (HttpClientErrorException.NotFound missing) {
            throw Refusal.notFound("signin.person");
        } catch (HttpClientErrorException.BadRequest refused) {
            throw Refusal.invalid("signin.refused");
        } catch (RestClientException e) {
            log.warn("Keycloak does not answer: {}", e.getMessage());
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "signin.unavailable");
        }
    }

    private record Credential(
            String id, String type, @Nullable String userLabel, long createdDate) {}

    private record Session(String id, @Nullable String address, Instant since, Instant lastSeen, List<App> apps) {}

    private record App(
            String clientId,
            @Nullable String name,
            @Nullable String capacity) {

        String title() {
            return Objects.requireNonNullElse(name, clientId);
        }
    }
}
