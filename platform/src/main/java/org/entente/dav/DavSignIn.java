package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Base64;
import java.util.Optional;
import org.entente.base.Refusal;
import org.entente.identity.AppPasswords;
import org.entente.identity.Door;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who comes: by an app password of one of their devices, at every request (RFC 7617); never over the open network in clear. */
@Component
class DavSignIn {

    private static final int LONGEST = 1000;

    private final AppPasswords passwords;

    DavSignIn(AppPasswords passwords) {
        this.passwords = passwords;
    }

    AppPasswords.Granted who(HttpServletRequest request, HttpServletResponse response) {
        if (!request.isSecure() && !fromThisMachine(request)) {
            throw DavError.of(403, "dav.clear");
        }
        Optional<AppPasswords.Granted> granted = given(request.getHeader("Authorization"))
                .flatMap(pair -> passwords.authenticate(pair[0], pair[1], request.getRemoteAddr(), Door.FILES));
        if (granted.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Entente\", charset=\"UTF-8\"");
            throw Refusal.of(Refusal.Kind.UNAUTHENTICATED, "app-password.wrong");
        }
        return granted.get();
    }

    private static boolean fromThisMachine(HttpServletRequest request) {
        try {
            // An address, never a name: nothing is looked up.
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Optional<String[]> given(@Nullable String authorization) {
        if (authorization == null
                || authorization.length() > LONGEST
                || !authorization.regionMatches(true, 0, "Basic ", 0, "Basic ".length())) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring("Basic ".length()).strip()),
                    UTF_8);
            int colon = pair.indexOf(':');
            return colon < 1 || pair.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(new String[] {pair.substring(0, colon), pair.substring(colon + 1)});
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
