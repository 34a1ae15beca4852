package org.entente.provisioning.spi;

import java.util.List;
import java.util.UUID;
import org.entente.identity.LogoutNotices;
import org.jspecify.annotations.Nullable;

/**
 * What became of one account of a batch.
 *
 * @param account the row in Entente
 * @param externalId the engine's id for it, when there is one
 * @param detail what was done, for the certificate ({@code 2 sessions ended}); or why it failed
 * @param done whether the engine now holds the desired state
 * @param lasting for a failure: whether trying again as it is cannot help
 * @param notices what applications are told of sessions that ended by it; only of the engine that signs people in
 */
public record Outcome(
        UUID account,
        @Nullable String externalId,
        boolean done,
        boolean lasting,
        String detail,
        List<LogoutNotices.Notice> notices) {

    public Outcome {
        notices = List.copyOf(notices);
    }

    public static Outcome done(UUID account, @Nullable String externalId, String detail) {
        return new Outcome(account, externalId, true, false, detail, List.of());
    }

    public static Outcome failed(UUID account, String why) {
        return new Outcome(account, null, false, false, why, List.of());
    }

    public static Outcome refused(UUID account, String why) {
        return new Outcome(account, null, false, true, why, List.of());
    }

    public Outcome telling(List<LogoutNotices.Notice> of) {
        return new Outcome(account, externalId, done, lasting, detail, of);
    }
}
