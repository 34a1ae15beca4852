package org.entente.sources.ldap;

/** What a member's directory says of a password; the words are those of {@code org.entente.keycloak.sources.DirectoryDoor}. */
enum LdapSaid {
    RIGHT,
    WRONG,
    /** The directory, or the way to it, does not answer: nothing is known. */
    AWAY,
    LOCKED,
    EXPIRED,
    MUST_CHANGE,
    DISABLED,
    ENDED,
    HOURS,
    REFUSED
}
