package org.entente.sources;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * Which servers the platform may be made to call by what a member's admin types in. Public addresses always; those of a private
 * network, of this machine or of its surroundings only where the operator lists them in {@code entente.sources.reach}: host names,
 * or networks such as {@code 10.20.0.0/16}.
 */
@Component
class Reach {

    private final List<String> hosts;
    private final List<IpAddressMatcher> networks;

    Reach(@Value("${entente.sources.reach:}") List<String> listed) {
        List<String> all = listed.stream()
                .map(one -> one.strip().toLowerCase(Locale.ROOT))
                .filter(one -> !one.isEmpty())
                .toList();
        this.hosts = all.stream().filter(one -> !isNetwork(one)).toList();
        this.networks =
                all.stream().filter(Reach::isNetwork).map(IpAddressMatcher::new).toList();
    }

    /** Whether the host may be called: every address it has now must be one that may. */
    boolean allows(String host) throws UnknownHostException {
        return namesHost(host) || each(host, address -> isPublic(address) || inNetwork(address));
    }

    /** Whether the operator has listed it, and so knows what it is. */
    boolean lists(String host) throws UnknownHostException {
        return namesHost(host) || each(host, this::inNetwork);
    }

    private boolean namesHost(String host) {
        return hosts.contains(host.toLowerCase(Locale.ROOT));
    }

    private static boolean each(String host, Predicate<InetAddress> test) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host)).allMatch(test);
    }

    private boolean inNetwork(InetAddress address) {
        return networks.stream().anyMatch(network -> network.matches(address.getHostAddress()));
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean carrierGrade = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
        return !(address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || carrierGrade
                || uniqueLocal);
    }

    private static boolean isNetwork(String listed) {
        return listed.indexOf(':') >= 0 || listed.matches("[0-9.]+(/\\d+)?");
    }
}
