package org.entente.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.entente.directory.PersonId;
import org.jspecify.annotations.Nullable;

/**
 * How a person proves who they are: the first password, and second factors. Passwords are chosen at Keycloak's own pages and never
 * seen here, save the one of a demo. Every method refuses with {@code UNAVAILABLE} when Keycloak does not answer.
 */
public interface SignInAccounts {

    /** @param temporary whether the person must change it when they first sign in */
    void setInitialPassword(PersonId person, String password, boolean temporary);

    /** A link, good once, by which the person chooses a password, and a second factor where they need one. */
    Link firstSignInLink(PersonId person, Duration lifespan);

    /**
     * Sends such a link to the person's own mail address, the one to which a forgotten password's goes.
     *
     * @throws org.entente.base.Refusal NOT_FOUND {@code signin.person} while there is no account yet
     */
    void mailFirstSignInLink(PersonId person, Duration lifespan);

    List<SecondFactor> secondFactors(PersonId person);

    /** Whether there was such a factor of this person. */
    boolean removeSecondFactor(PersonId person, String id);

    /** The value of the parameter {@code kc_action} of a sign-in request that lets the person themselves add such a factor. */
    String addSecondFactorAction(Kind kind);

    /** Codes of an app, or a passkey. */
    enum Kind {
        CODE,
        PASSKEY
    }

    record Link(String url, Instant expiresAt) {}

    record SecondFactor(String id, Kind kind, @Nullable String label, Instant since) {}
}
