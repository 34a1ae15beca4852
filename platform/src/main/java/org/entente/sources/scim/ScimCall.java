package org.entente.sources.scim;

import org.entente.audit.Author;
import org.entente.directory.MemberId;

/**
 * In whose name a change is made.
 *
 * @param base the address under which the member is found
 * @param makesUnits whether this software may have units made that the member does not have
 */
record ScimCall(MemberId member, String base, Author by, boolean makesUnits) {

    /** Which software it is, from whatever address it calls. */
    String caller() {
        return member + " " + by.name();
    }
}
