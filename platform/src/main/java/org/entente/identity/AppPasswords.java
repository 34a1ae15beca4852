package org.entente.identity;

import java.util.Optional;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.jspecify.annotations.Nullable;

/** Opens a brick to a device that cannot sign in through a page: mail, calendars, files. */
public interface AppPasswords {

    /**
     * Who this is and in which capacity, when the password was made for this door, the capacity is live now and {@code address} is a
     * live address of that person. A right password at a wrong door is a wrong password.
     *
     * Refused with {@code TOO_MANY} after many failures from one place; a device whose password is right is never kept out by the
     * failures of others.
     *
     * @param remoteAddress where the device calls from: kept as the place of last use
     * @param door what is entered by it
     */
    Optional<Granted> authenticate(String address, String secret, @Nullable String remoteAddress, Door door);

    /**
     * Revokes the app password that a device itself presents, when the device is done with it.
     *
     * @return whether there was one
     */
    boolean revoke(String address, String secret, @Nullable String remoteAddress, Door door);

    /** @param address the address that was given, in lower case */
    record Granted(PersonId person, String name, AffiliationId capacity, MemberId member, String address) {}
}
