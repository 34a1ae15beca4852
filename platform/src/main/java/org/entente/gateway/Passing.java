package org.entente.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which headers pass, in which words: towards the application, and back. */
final class Passing {

    /** What is of one connection only (RFC 9110 7.6.1), and what old proxies made of it. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /** Said by us or by nobody: where the request comes from, and how it is delimited. Folded, see {@link App#folded}. */
    private static final Set<String> OURS_TO_SAY = Set.of(
            "host",
            "content-length",
            "expect",
            "cookie",
            "forwarded",
            "via",
            "proxy", // becomes HTTP_PROXY in a CGI: httpoxy, CVE-2016-5385
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "client-ip",
            "true-client-ip",
            "x-original-url",
            "x-rewrite-url",
            "remote-user");

    /** By names like these, too, proxies have told applications who comes: nobody says them but a descriptor. */
    private static final List<String> FAMILIES_OURS_TO_SAY = List.of(
            "x-forwarded-",
            "entente-",
            "remote-",
            "x-remote-",
            "auth-",
            "x-auth-",
            "x-authenticated-",
            "x-authentik-",
            "x-webauth-",
            "x-ssl-client-",
            "ssl-client-",
            "x-client-cert",
            "x-user",
            "x-shib-",
            "shib-",
            "oidc-claim-",
            "oidc-");

    /** Would concern more than the application's own host, or another way to it than through here. */
    private static final Set<String> NOT_BACK = Set.of(
            "alt-svc",
            "clear-site-data",
            "set-cookie",
            "location",
            "content-location",
            "content-length",
            "x-request-id");

    record Header(String name, String value) {}

    private Passing() {}

    /** What the application is told of this request, with who comes last: nothing can take that away any more. */
    static List<Header> towards(HttpServletRequest request, App app, Map<String, String> whoComes) {
        List<Header> headers = new ArrayList<>();
        Set<String> dropped = new HashSet<>(OF_THE_CONNECTION);
        namedByConnection(Collections.list(request.getHeaders("Connection")), dropped);
        for (String name : Collections.list(request.getHeaderNames())) {
            String folded = App.folded(name);
            if (dropped.contains(name.toLowerCase(Locale.ROOT))
                    || OURS_TO_SAY.contains(folded)
                    || FAMILIES_OURS_TO_SAY.stream().anyMatch(folded::startsWith)
                    || app.said().contains(folded)) {
                continue;
            }
            Collections.list(request.getHeaders(name)).forEach(value -> headers.add(new Header(name, value)));
        }
        String cookies = Cookies.forApplication(Collections.list(request.getHeaders("Cookie")));
        if (cookies != null) {
            headers.add(new Header("Cookie", cookies));
        }
        String scheme = app.secure() ? "https" : "http";
        String from = request.getRemoteAddr();
        headers.add(new Header("X-Forwarded-For", from));
        headers.add(new Header("X-Forwarded-Host", app.authority()));
        headers.add(new Header("X-Forwarded-Proto", scheme));
        headers.add(new Header(
                "Forwarded",
                "for=" + (from.contains(":") ? "\"[" + from + "]\"" : from) + ";host=\"" + app.authority() + "\";proto="
                        + scheme));
        whoComes.forEach((name, value) -> headers.add(new Header(name, value)));
        return headers;
    }

    /** What the browser is told of the answer. */
    static List<Header> back(List<Header> answered, App app) {
        List<Header> headers = new ArrayList<>();
        Set<String> dropped = new HashSet<>(OF_THE_CONNECTION);
        namedByConnection(
                answered.stream()
                        .filter(h -> h.name().equalsIgnoreCase("Connection"))
                        .map(Header::value)
                        .toList(),
                dropped);
        for (Header header : answered) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.equals("location") || name.equals("content-location")) {
                headers.add(new Header(header.name(), address(header.value(), app)));
            } else if (!dropped.contains(name) && !NOT_BACK.contains(name)) {
                headers.add(header);
            }
        }
        headers.addAll(cookiesBack(answered, app));
        return headers;
    }

    static List<Header> cookiesBack(List<Header> answered, App app) {
        List<Header> cookies = new ArrayList<>();
        for (Header header : answered) {
            if (header.name().equalsIgnoreCase("Set-Cookie")) {
                String cookie = Cookies.fromApplication(header.value(), app);
                if (cookie != null) {
                    cookies.add(new Header("Set-Cookie", cookie));
                }
            }
        }
        return cookies;
    }

    /**
     * An application that does not know of us names itself by where it listens, or by {@code http} where browsers use {@code https}: then it
     * is its address as browsers see it. Any other is left as it is.
     */
    static String address(String location, App app) {
        try {
            URI uri = new URI(location);
            URI upstream = URI.create(app.how().upstream());
            boolean itself = App.sameOrigin(uri, upstream)
                    || (app.host().equalsIgnoreCase(uri.getHost()) && uri.getScheme() != null);
            if (!itself || uri.getRawAuthority() == null) {
                return location;
            }
            int rest = location.indexOf(uri.getRawAuthority())
                    + uri.getRawAuthority().length();
            return app.how().url() + location.substring(rest);
        } catch (java.net.URISyntaxException e) {
            return location;
        }
    }

    /** The path and query as they were asked; null when the path climbs, which no browser sends. */
    static @Nullable String pathAndQuery(HttpServletRequest request) {
        String path = request.getRequestURI();
        String plain = path.toLowerCase(Locale.ROOT).replace("%2e", ".");
        if (!path.startsWith("/")
                || Arrays.stream(plain.split("/")).anyMatch(part -> part.equals("..") || part.startsWith("..;"))) {
            return null;
        }
        return request.getQueryString() == null ? path : path + "?" + request.getQueryString();
    }

    private static void namedByConnection(List<String> connection, Set<String> dropped) {
        connection.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .forEach(dropped::add);
    }
}
