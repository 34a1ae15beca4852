package org.entente.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.jspecify.annotations.Nullable;

/** The portal's sessions, for a room that hands one on to a place with a cookie of its own. Joins in SQL use {@code identity.v_session}. */
public interface PortalSessions {

    /** The live session of a request below {@code /api/} or {@code /go/}, if any. */
    Optional<Current> of(HttpServletRequest request);

    /** Says that the session was used, elsewhere than in the portal; false when it is over or was idle for too long. */
    boolean used(UUID session);

    /** How long one lives without any use. */
    Duration idle();

    /** @param acting null when the capacity has ended and another is to be chosen */
    record Current(UUID session, PersonId person, @Nullable AffiliationId acting) {}
}
