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

    /**
     * Where the browser of who ends this session goes on to, so that it ends at ProConnect as well; empty when the session did not come by it.
     *
     * @param back where the browser is sent back to from there
     */
    default Optional<String> elsewhere(String session, String back) {
        return Optional.empty();
    }

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
