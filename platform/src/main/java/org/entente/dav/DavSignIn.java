package org.entente.dav;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.entente.base.Network;
import org.entente.base.RateLimits;
import org.entente.base.Refusal;
import org.entente.identity.AccessTokens;
import org.entente.identity.AppPasswords;
import org.entente.identity.BasicCredentials;
import org.entente.identity.Door;
import org.springframework.stereotype.Component;

/**
 * Who comes, at every request: by an app password of one of their devices (RFC 7617), or by an access token that an application has from our sign-in (RFC 6750); never
 * over the open network in clear.
 */
@Component
class DavSignIn {

    private static final String BEARER = "Bearer ";

    private final AppPasswords passwords;
    private final AccessTokens tokens;
    /** Each is a question to the sign-in. An application comes for many people from one address, and tokens expire. */
    private final RateLimits wrongTokens = new RateLimits(600, Duration.ofMinutes(1));

    DavSignIn(AppPasswords passwords, AccessTokens tokens) {
        this.passwords = passwords;
        this.tokens = tokens;
    }

    AppPasswords.Granted who(HttpServletRequest request, HttpServletResponse response) {
        demandHidden(request);
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return byToken(authorization.substring(BEARER.length()).strip(), request, response);
        }
        Optional<AppPasswords.Granted> granted = BasicCredentials.of(authorization)
                .flatMap(pair ->
                        passwords.authenticate(pair.name(), pair.password(), request.getRemoteAddr(), Door.FILES));
        if (granted.isEmpty()) {
            // Only this one is named: clients that see the other ask for a sign-in of another product.
            response.setHeader("WWW-Authenticate", "Basic realm=\"Entente\", charset=\"UTF-8\"");
            throw Refusal.of(Refusal.Kind.UNAUTHENTICATED, "app-password.wrong");
        }
        return granted.get();
    }

    private AppPasswords.Granted byToken(String token, HttpServletRequest request, HttpServletResponse response) {
        String place = request.getRemoteAddr();
        if (wrongTokens.exhausted(place)) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "app-password.often");
        }
        return tokens.forFiles(token).orElseThrow(() -> {
            wrongTokens.take(place);
            response.setHeader("WWW-Authenticate", "Bearer realm=\"Entente\", error=\"invalid_token\"");
            return Refusal.of(Refusal.Kind.UNAUTHENTICATED, "bearer.wrong");
        });
    }

    /** What opens something must not be read on the way. */
    static void demandHidden(HttpServletRequest request) {
        if (!request.isSecure() && !Network.isHere(request.getRemoteAddr())) {
            throw DavError.of(403, "dav.clear");
        }
    }
}
