package org.entente.base;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where the platform may connect when a member's admin types an address: public addresses always; private ones, loopback and the like only where the operator
 * lists the network or the host name in {@code entente.sources.reach}. A name is resolved once, every address it has is checked, and the caller connects to
 * what was checked, so that a name cannot answer otherwise a second time (RFC 6890 for the networks that are not public).
 */
@Component
public class Reach {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?\\.?");

    /** What IANA keeps from being global, beyond what Java knows by name. */
    private static final List<Network> NOT_PUBLIC = networks(List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "::/3", // unspecified, loopback, mapped and translated addresses (64:ff9b::/96)
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "4000::/2",
            "8000::/1"));

    private final Set<String> names = new HashSet<>();
    private final List<Network> networks;

    public Reach(@Value("${entente.sources.reach:}") List<String> allowed) {
        List<String> ranges = new ArrayList<>();
        for (String one : allowed) {
            String entry = one.strip().toLowerCase(Locale.ROOT);
            if (entry.indexOf('/') >= 0) {
                ranges.add(entry);
            } else if (!entry.isEmpty()) {
                names.add(plain(entry));
            }
        }
        networks = networks(ranges);
    }

    /** The addresses of a host, all of which may be connected to; a refusal that says why when there are none, or one of them may not. */
    public InetAddress[] of(String host) {
        String asked = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        boolean six = asked.indexOf(':') >= 0;
        if (!six && !NAME.matcher(asked).matches() || six && !asked.matches("[0-9A-Fa-f:.]{2,45}")) {
            throw Refusal.invalid("reach.name", brief(asked));
        }
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(asked);
        } catch (UnknownHostException e) {
            throw Refusal.invalid("reach.unknown", asked);
        }
        if (!names.contains(plain(asked))) {
            for (InetAddress address : found) {
                if (!allows(address)) {
                    throw Refusal.invalid("reach.refused", asked, address.getHostAddress());
                }
            }
        }
        return found;
    }

    /** Whether the operator has listed this host or each of these addresses of it, and so knows what is there. */
    public boolean lists(String host, InetAddress[] addresses) {
        return names.contains(plain(host))
                || Arrays.stream(addresses)
                        .allMatch(address -> networks.stream().anyMatch(n -> n.has(address)));
    }

    private boolean allows(InetAddress address) {
        return networks.stream().anyMatch(n -> n.has(address))
                || NOT_PUBLIC.stream().noneMatch(n -> n.has(address));
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static String brief(String text) {
        return text.substring(0, Math.min(80, text.length())).replaceAll("\\p{Cntrl}", "\ufffd");
    }

    private static List<Network> networks(List<String> written) {
        return written.stream().map(Network::of).toList();
    }

    /** A network as operators write it: {@code 10.12.0.0/16}. */
    private record Network(InetAddress base, int bits) {

        static Network of(String written) {
            int slash = written.indexOf('/');
            String address = written.substring(0, slash);
            if (!address.matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*")) {
                throw wrong(written);
            }
            try {
                InetAddress base = InetAddress.getByName(address);
                int bits = Integer.parseInt(written.substring(slash + 1));
                if (bits < 0 || bits > base.getAddress().length * 8) {
                    throw wrong(written);
                }
                return new Network(base, bits);
            } catch (UnknownHostException | NumberFormatException e) {
                throw wrong(written);
            }
        }

        boolean has(InetAddress address) {
            boolean comparable = base instanceof Inet4Address && address instanceof Inet4Address
                    || base instanceof Inet6Address && address instanceof Inet6Address;
            if (!comparable) {
                return false;
            }
            byte[] mine = base.getAddress();
            byte[] other = address.getAddress();
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }

        private static IllegalArgumentException wrong(String written) {
            return new IllegalArgumentException("entente.sources.reach: \"" + written
                    + "\" is not a network such as 10.12.0.0/16, nor a host name");
        }
    }
}
