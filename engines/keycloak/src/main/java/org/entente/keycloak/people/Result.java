package org.entente.keycloak.people;

import org.jspecify.annotations.Nullable;

/** What became of one person of a batch. */
record Result(
        String person,
        @Nullable String userId,
        String outcome,
        @Nullable String error,
        Cut cut) {

    static Result created(String person) {
        return new Result(person, person, "created", null, Cut.NOTHING);
    }

    static Result failed(String person, String error) {
        return new Result(person, null, "failed", error, Cut.NOTHING);
    }

    /** How much of sign-in ended with a capacity. */
    record Cut(int sessions, int clientSessions, int offlineSessions) {
        static final Cut NOTHING = new Cut(0, 0, 0);
    }
}
