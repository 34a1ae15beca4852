package org.entente.identity;

import org.entente.directory.PersonId;

/** How many notices a person has not read yet: the portal knows, and {@code GET /api/me} says it. */
@FunctionalInterface
public interface UnreadNotices {

    int of(PersonId person);
}
