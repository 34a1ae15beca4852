package org.entente.provisioning.spi;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as the engine holds it.
 *
 * @param externalId the engine's id
 * @param owner what {@link Connector#owner} says (the account it was made for, its capacity or the person), as the connector wrote it
 *     there; null when it is not ours
 * @param active whether it can be used
 * @param fingerprint of everything the connector writes, to compare with the desired state
 */
public record ActualAccount(String externalId, @Nullable UUID owner, boolean active, String fingerprint) {}
