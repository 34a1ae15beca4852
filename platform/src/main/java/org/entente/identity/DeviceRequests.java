package org.entente.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a program on a device is let in without being told a password: it asks, a person who is signed in to the portal says yes in one of their capacities, and
 * the program, which asks again and again, is given an app password for files, once. The sequence is that of Nextcloud's login flow v2.
 */
public interface DeviceRequests {

    /**
     * @param client as the program calls itself; shown to the person, and the name of the app password
     * @param address where it calls from
     * @throws org.entente.base.Refusal TOO_MANY {@code device-request.often}
     */
    Begun begin(@Nullable String client, String address);

    /**
     * What was said to a program: for 20 minutes, to who has its secret, and only once. Empty until somebody said yes, when somebody said no, and afterwards.
     *
     * @throws org.entente.base.Refusal TOO_MANY {@code device-request.often} to who guesses
     */
    Optional<Given> poll(String secret, String address);

    /**
     * @param page the address at which the person says yes or no
     * @param secret by which the program asks again
     */
    record Begun(String page, String secret) {}

    /** @param name by which to sign in: a live address of the person */
    record Given(String name, String password) {

        /** Never shows the password: records are easily logged. */
        @Override
        public String toString() {
            return "Given[" + name + "]";
        }
    }
}
