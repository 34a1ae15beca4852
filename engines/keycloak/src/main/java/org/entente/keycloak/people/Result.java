package org.entente.keycloak.people;

import java.util.List;
import org.entente.keycloak.backchannel.Notice;
import org.jspecify.annotations.Nullable;

/**
 * What became of one person of a batch.
 *
 * @param notices what applications are being told of sessions that ended, now or some minutes ago
 */
record Result(
        String person,
        @Nullable String userId,
        String outcome,
        @Nullable String error,
        Cut cut,
        List<Notice> notices) {

    static Result created(String person) {
        return new Result(person, person, "created", null, Cut.NOTHING, List.of());
    }

    static Result failed(String person, String error) {
        return new Result(person, null, "failed", error, Cut.NOTHING, List.of());
    }

    /** How much of sign-in ended with a capacity. */
    record Cut(int sessions, int clientSessions, int offlineSessions) {
        static final Cut NOTHING = new Cut(0, 0, 0);
    }
}
