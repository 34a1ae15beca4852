package org.entente.identity.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** The cookies of this application and their attributes, in one place. */
@Component
class SessionCookies {

    static final String SESSION = "entente_session";
    static final String SIGN_IN = "entente_sign_in";
    /** Names what the last sign-out has ended, for the page that says so. */
    static final String SIGNED_OUT = "entente_signed_out";

    static final String CSRF = "XSRF-TOKEN";

    private final boolean secure;

    SessionCookies(SignInSettings settings) {
        this.secure = settings.secure();
    }

    /**
     * By the prefix a browser takes the cookie from this very host only: an application on a neighbouring one cannot plant another (RFC 6265bis, 4.1.3). The
     * token against forged requests is worth nothing without the session it was made from.
     */
    private String named(String name) {
        return secure && !name.equals(CSRF) ? "__Host-" + name : name;
    }

    @Nullable
    String read(HttpServletRequest request, String name) {
        Cookie cookie = WebUtils.getCookie(request, named(name));
        return cookie == null
                        || cookie.getValue().isEmpty()
                        || cookie.getValue().length() > 200
                ? null
                : cookie.getValue();
    }

    /** Until the browser closes; the server decides when it ends. */
    void write(HttpServletResponse response, String name, String value) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie(name, value).build().toString());
    }

    void forget(HttpServletResponse response, String name) {
        response.addHeader(
                HttpHeaders.SET_COOKIE, cookie(name, "").maxAge(0).build().toString());
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String name, String value) {
        return ResponseCookie.from(named(name), value)
                .path("/")
                .sameSite("Lax")
                .secure(secure)
                .httpOnly(!name.equals(CSRF)); // the web application copies this one into a header
    }
}
