package org.entente.identity;

import org.entente.directory.PersonId;

/** Sets a person's password in the identity engine, for accounts that are made to be tried. Nobody's own password is set this way. */
public interface Passwords {

    /**
     * Sets a password that may be used at once.
     *
     * @return whether the person's account exists already; when not, asking again later will do
     */
    boolean set(PersonId person, String password);
}
