package org.entente.dav;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses that a client names in its headers: of this host and this tree only. */
final class Addresses {

    private Addresses() {}

    /**
     * The names of a place in the tree that the request is about.
     *
     * @throws DavError 502 for another host or another tree, 400 for what is no address
     */
    static List<String> path(Exchange exchange, String address) {
        return DavPath.names(within(exchange, raw(exchange, address)));
    }

    /**
     * That a destination is beneath a place of the same owner and kind, such as {@code /restore/}: what it is called there does not matter.
     *
     * @throws DavError as {@link #path}
     */
    static void demandHere(Exchange exchange, String place) {
        String destination = exchange.header("Destination");
        if (destination == null) {
            throw DavError.of(400, "dav.destination");
        }
        if (!("/" + String.join("/", path(exchange, destination)) + "/").startsWith(place)) {
            throw DavError.of(403, "dav.destination");
        }
    }

    static String raw(Exchange exchange, String address) {
        if (address.startsWith("/") && !address.startsWith("//")) {
            return clean(address);
        }
        URI uri;
        try {
            // Some clients leave what must be encoded as it is; only the beginning matters here.
            int slash = address.indexOf('/', Math.max(0, address.indexOf("://") + 3));
            uri = new URI(slash < 0 ? address : address.substring(0, slash));
            if (uri.getScheme() == null || uri.getRawAuthority() == null) {
                throw DavError.of(400, "dav.destination");
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (!(scheme.equals("http") || scheme.equals("https")) || uri.getRawUserInfo() != null) {
                throw DavError.of(502, "dav.elsewhere");
            }
            if (!authority(uri.getHost(), uri.getPort()).equals(ours(exchange))) {
                throw DavError.of(502, "dav.elsewhere");
            }
            return slash < 0 ? "/" : clean(address.substring(slash));
        } catch (URISyntaxException e) {
            throw DavError.of(400, "dav.destination");
        }
    }

    private static String clean(String path) {
        if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw DavError.of(400, "dav.destination");
        }
        return path;
    }

    private static String within(Exchange exchange, String raw) {
        String mount = exchange.mount();
        if (raw.equals(mount)) {
            return "/";
        }
        if (raw.startsWith(mount + "/")) {
            return raw.substring(mount.length());
        }
        // The same address may be written in more than one way.
        List<String> names = DavPath.names(raw);
        List<String> above = DavPath.names(mount);
        if (names.size() >= above.size() && names.subList(0, above.size()).equals(above)) {
            return DavPath.href("", names.subList(above.size(), names.size()), false);
        }
        throw DavError.of(502, "dav.elsewhere");
    }

    /** As the client called us; the usual port counts as none, since a proxy in front may have taken https off. */
    private static String ours(Exchange exchange) {
        return authority(exchange.request().getServerName(), exchange.request().getServerPort());
    }

    private static String authority(@Nullable String host, int port) {
        String name = String.valueOf(host).toLowerCase(Locale.ROOT);
        return port < 0 || port == 80 || port == 443 ? name : name + ":" + port;
    }
}
