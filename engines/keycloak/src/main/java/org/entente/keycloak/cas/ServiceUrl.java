package org.entente.keycloak.cas;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address at which an application wants its ticket (CAS protocol 3.0, 2.1.1): what may be sent there opens a session, so it is compared
 * part by part, and whatever two programs could read in two ways is none.
 *
 * @param port always a number, also where the address leaves it out
 * @param rest path and query
 */
record ServiceUrl(String text, String scheme, String host, int port, String rest) {

    private static final int LONGEST = 2_000;
    private static final Set<String> STEPS = Set.of(".", "..");

    /** Empty for what is no such address: relative, with a fragment or a user, of another scheme, with steps up, with a ticket already. */
    static Optional<ServiceUrl> of(@Nullable String text) {
        if (text == null || text.length() > LONGEST || !text.chars().allMatch(one -> one > ' ' && one < 0x7f)) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            if (!web
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null
                    || climbs(uri.getRawPath())
                    || hasTicket(uri.getRawQuery())) {
                return Optional.empty();
            }
            int usual = scheme.equals("https") ? 443 : 80;
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return Optional.of(new ServiceUrl(
                    text,
                    scheme,
                    uri.getHost().toLowerCase(Locale.ROOT),
                    uri.getPort() == -1 ? usual : uri.getPort(),
                    uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether it is the registered address, or begins with it where that ends with {@code *}: never for another host, since the star of a
     * pattern comes after its first slash.
     */
    boolean fits(String registered) {
        boolean prefix = registered.endsWith("*");
        String until = prefix ? registered.substring(0, registered.length() - 1) : registered;
        if (prefix && !until.matches("https?://[^/?#*]+/.*")) {
            return false;
        }
        return of(until)
                .filter(other -> other.scheme.equals(scheme) && other.host.equals(host) && other.port == port)
                .filter(other -> prefix ? rest.startsWith(other.rest) : rest.equals(other.rest))
                .isPresent();
    }

    /** The same with the ticket, where the browser takes it. */
    URI with(String ticket) {
        String joint = rest.indexOf('?') < 0 ? "?" : rest.endsWith("?") || rest.endsWith("&") ? "" : "&";
        return URI.create(text + joint + "ticket=" + ticket);
    }

    URI uri() {
        return URI.create(text);
    }

    private static boolean climbs(String rawPath) {
        String path = plain(rawPath);
        return path.toLowerCase(Locale.ROOT).contains("%2e")
                || Arrays.stream(path.split("[/\\\\]", -1))
                        .map(segment -> segment.replaceFirst(";.*", ""))
                        .anyMatch(STEPS::contains);
    }

    private static boolean hasTicket(@Nullable String rawQuery) {
        return rawQuery != null
                && Arrays.stream(rawQuery.split("&", -1))
                        .anyMatch(one -> plain(one.replaceFirst("=.*", "")).equals("ticket"));
    }

    private static String plain(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
