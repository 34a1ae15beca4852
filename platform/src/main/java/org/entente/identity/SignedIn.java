package org.entente.identity;

import java.util.UUID;
import org.entente.directory.PersonId;

/**
 * A session of the portal began.
 *
 * @param severalFactors whether the person proved who they are by more than one ({@code mfa} in RFC 8176's words), here or at their member's provider
 */
public record SignedIn(UUID session, PersonId person, boolean severalFactors) {}
