package org.entente.gateway;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * The gateway's own cookies on an application's host, and what passes of the others. Ours are {@code __Host-} ones over https: no other host of the same
 * domain can plant them (RFC 6265bis 4.1.3.2).
 */
final class Cookies {

    /** Opens a visit. */
    static final String VISIT = "entente_gateway";

    /** Says that the browser which comes back from the portal is the one that went there. */
    static final String BROWSER = "entente_browser";

    /** The portal's are never sent here; should a browser hold one of that name, the application does not see it. */
    private static final Set<String> OURS = Set.of(VISIT, BROWSER, "entente_session", "entente_sign_in");

    private Cookies() {}

    static @Nullable String read(HttpServletRequest request, App app, String name) {
        Cookie cookie = WebUtils.getCookie(request, full(app, name));
        return cookie == null
                        || cookie.getValue().isEmpty()
                        || cookie.getValue().length() > 100
                ? null
                : cookie.getValue();
    }

    static void write(HttpServletResponse response, App app, String name, String value) {
        response.addHeader(
                HttpHeaders.SET_COOKIE, ours(app, name, value).build().toString());
    }

    static void forget(HttpServletResponse response, App app, String name) {
        response.addHeader(
                HttpHeaders.SET_COOKIE, ours(app, name, "").maxAge(0).build().toString());
    }

    /**
     * Ends what cookies the browser holds of the application when somebody enters: it must not take them for whoever was there before. Those
     * of deeper paths are not seen from here.
     */
    static void forgetTheirs(HttpServletRequest request, HttpServletResponse response) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return;
        }
        Arrays.stream(cookies)
                .map(Cookie::getName)
                .distinct()
                .filter(name -> !isOurs(name))
                .forEach(name -> {
                    Cookie gone = new Cookie(name, "");
                    gone.setPath("/");
                    gone.setMaxAge(0);
                    gone.setSecure(name.startsWith("__"));
                    response.addCookie(gone);
                });
    }

    /** The {@code Cookie} header for the application: without ours; null when nothing is left. */
    static @Nullable String forApplication(List<String> headers) {
        String left = headers.stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty() && !isOurs(pair.split("=", 2)[0].strip()))
                .collect(Collectors.joining("; "));
        return left.isEmpty() ? null : left;
    }

    /**
     * A {@code Set-Cookie} of the application: of its own host only, since a cookie for the whole domain would reach the portal and the other
     * applications. Null for one with a name of ours.
     */
    static @Nullable String fromApplication(String header, App app) {
        String[] parts = header.split(";");
        if (isOurs(parts[0].split("=", 2)[0].strip())) {
            return null;
        }
        StringBuilder kept = new StringBuilder(parts[0].strip());
        boolean secure = false;
        for (int i = 1; i < parts.length; i++) {
            String attribute = parts[i].strip();
            String name = attribute.split("=", 2)[0].strip().toLowerCase(Locale.ROOT);
            if (!name.equals("domain") && !attribute.isEmpty()) {
                kept.append("; ").append(attribute);
                secure |= name.equals("secure");
            }
        }
        return app.secure() && !secure ? kept.append("; Secure").toString() : kept.toString();
    }

    private static boolean isOurs(String name) {
        return OURS.contains(name.toLowerCase(Locale.ROOT).replaceFirst("^__(host|secure)-", ""));
    }

    private static String full(App app, String name) {
        return app.secure() ? "__Host-" + name : name;
    }

    private static ResponseCookie.ResponseCookieBuilder ours(App app, String name, String value) {
        return ResponseCookie.from(full(app, name), value)
                .path("/")
                .httpOnly(true)
                .sameSite("Lax")
                .secure(app.secure());
    }
}
