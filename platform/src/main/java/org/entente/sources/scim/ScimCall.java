package org.entente.sources.scim;

import org.entente.audit.Author;
import org.entente.directory.MemberId;

/**
 * In whose name a change is made.
 *
 * @param makesUnits whether this software may have units made that the member does not have
 */
record ScimCall(MemberId member, Author by, boolean makesUnits) {}
