package org.entente.provisioning.spi;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one account of a batch.
 *
 * @param account the row in Entente
 * @param externalId the engine's id for it, when there is one
 * @param detail what was done, for the certificate ({@code 2 sessions ended}); or why it failed
 * @param done whether the engine now holds the desired state
 * @param lasting for a failure: whether trying again as it is cannot help
 */
public record Outcome(UUID account, @Nullable String externalId, boolean done, boolean lasting, String detail) {

    public static Outcome done(UUID account, @Nullable String externalId, String detail) {
        return new Outcome(account, externalId, true, false, detail);
    }

    public static Outcome failed(UUID account, String why) {
        return new Outcome(account, null, false, false, why);
    }

    public static Outcome refused(UUID account, String why) {
        return new Outcome(account, null, false, true, why);
    }
}
