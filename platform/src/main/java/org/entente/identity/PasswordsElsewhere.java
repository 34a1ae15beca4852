package org.entente.identity;

import java.util.List;
import org.entente.directory.PersonId;

/** Where somebody's password is, when it is not kept here: the room that reads members' directories knows, and the account page says it. */
@FunctionalInterface
public interface PasswordsElsewhere {

    /** The names of the members whose directory this person signs in with, instead of a password of the territory. */
    List<String> of(PersonId person);
}
