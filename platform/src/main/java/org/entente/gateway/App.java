package org.entente.gateway;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.HttpHost;
import org.entente.catalog.Service;
import org.entente.catalog.SignIn;
import org.entente.catalog.Words;

/**
 * An application behind the gateway.
 *
 * @param host its own name, by which a request is known to be for it
 * @param authority host and, where it is not the usual one, port, as the application is to see them
 * @param said the names of headers that nobody but the gateway may send it, as {@link #folded}
 * @param secondFactor whether only sessions with a second factor enter it
 */
record App(
        String id,
        Words name,
        SignIn.Gateway how,
        String host,
        String authority,
        boolean secure,
        HttpHost upstream,
        Set<String> said,
        boolean secondFactor) {

    static App of(Service service, SignIn.Gateway how) {
        URI url = URI.create(how.url());
        URI upstream = URI.create(how.upstream());
        return new App(
                service.id(),
                service.name(),
                how,
                Objects.requireNonNull(url.getHost()),
                Objects.requireNonNull(url.getAuthority()),
                "https".equals(url.getScheme()),
                new HttpHost(upstream.getScheme(), upstream.getHost(), upstream.getPort()),
                how.headers().keySet().stream().map(App::folded).collect(Collectors.toUnmodifiableSet()),
                service.secondFactor());
    }

    /**
     * What CGI and its heirs (RFC 3875 4.1.18, WSGI, PHP, Rack) make one of: they write {@code X-Mail}, {@code x_mail} and often {@code X.Mail}
     * all as {@code HTTP_X_MAIL}.
     */
    static String folded(String header) {
        return header.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
    }

    /** Whether an {@code Origin} (RFC 6454) is this application's. */
    boolean isOrigin(String origin) {
        try {
            return sameOrigin(URI.create(origin), URI.create(how.url()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static boolean sameOrigin(URI one, URI other) {
        return one.getHost() != null
                && one.getHost().equalsIgnoreCase(other.getHost())
                && String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
