package org.entente.keycloak.cas;

import java.util.Map;

/** The answer to an application that asks about a ticket (CAS protocol 3.0, 2.5). */
sealed interface Verdict {

    /** @param attributes a value, or a list of values */
    record Good(String user, Map<String, Object> attributes) implements Verdict {}

    /** @param why for whoever reads the application's log */
    record Bad(Code code, String why) implements Verdict {}

    /** The words of the protocol; they never change, since applications act on them. */
    enum Code {
        /** Something is missing, is there twice, or cannot be read. */
        INVALID_REQUEST,
        /** The ticket is unknown, was used, is too old, or what it stood for has ended. */
        INVALID_TICKET,
        /** The ticket is another address's. */
        INVALID_SERVICE,
        /** The address is no application's of the territory. */
        UNAUTHORIZED_SERVICE,
        /** A proxy was asked for. */
        INVALID_PROXY_CALLBACK
    }
}
