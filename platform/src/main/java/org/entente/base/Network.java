package org.entente.base;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where somebody comes from, as far as limits go: one house has as many addresses of IPv6 as it likes, all in one network of 64 bits (RFC 6177). */
public final class Network {

    private static final int BYTES = 8;

    private Network() {}

    /** @param address as a request says it; another text stands for itself */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return InetAddress.getByName(address) instanceof Inet6Address six
                    ? Arrays.toString(Arrays.copyOf(six.getAddress(), BYTES))
                    : address;
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }

    /** Whether a request comes from this very machine. @param address as a request says it, never a name */
    public static boolean isHere(String address) {
        try {
            return address.matches("[0-9a-fA-F:.%]+")
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
