package org.entente.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.jspecify.annotations.Nullable;

/** A person's sessions at Keycloak, with the apps they opened: to show and to end them beside those of the portal. */
public interface AppSessions {

    List<AppSession> of(PersonId person);

    /** Ends this session of this person, in every app; whether there was one. */
    boolean end(PersonId person, String session);

    /** The apps that this person entered lately, by name, and that may still know them when the session here has ended: kept to be told of a departure. */
    List<String> entered(PersonId person);

    /**
     * Ends this session of this person, in every app, as who signs out does.
     *
     * @param next where the browser is to be in the end
     * @return empty when there was no such session
     */
    Optional<SigningOut> signOut(PersonId person, String session, String next);

    /**
     * What a sign-out of the last five minutes has ended; waits some seconds for apps that have not answered.
     *
     * @param page as {@link SigningOut} names it
     * @return empty once it is forgotten
     */
    Optional<Ended> ended(String page);

    /**
     * @param to where the browser has to go before, for apps that only it can tell and for the provider of the person's member; empty when there is nothing of that
     *     kind
     * @param page a secret: whoever has it is told what has ended
     */
    record SigningOut(String to, String page) {}

    /** @param source the provider that the person was led to; null when there is none */
    record Ended(List<EndedApp> apps, @Nullable EndedSource source) {}

    /**
     * @param means {@code oidc_back_channel}, {@code saml_soap}, {@code cas_logout}, {@code browser} or {@code none}
     * @param outcome {@code answered}, {@code refused}, {@code silent}, {@code gone}; {@code shown} or {@code waiting} for what the browser tells; {@code untold}
     */
    record EndedApp(String name, String means, String outcome) {}

    /** @param outcome {@code waiting}, {@code left} (led there, not back yet), {@code returned} or {@code unreached} */
    record EndedSource(String name, String outcome) {}

    /**
     * One app in one session.
     *
     * @param session Keycloak's id of the session; several apps may share it
     * @param app how the app is called
     * @param capacity the capacity that its tokens carry, when they carry one
     */
    record AppSession(
            String session,
            String app,
            @Nullable AffiliationId capacity,
            @Nullable String address,
            Instant since,
            Instant lastSeen) {}
}
