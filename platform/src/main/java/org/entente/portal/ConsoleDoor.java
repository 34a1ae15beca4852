package org.entente.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import org.entente.base.Doorkeeper;
import org.entente.base.Refusal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Lets to the console who comes from this machine and knows its secret, and nobody when there is none. */
@Component
class ConsoleDoor extends Doorkeeper {

    private final String token;

    ConsoleDoor(@Value("${entente.console.token:}") String token) {
        super(ConsoleController.class);
        this.token = token;
    }

    /** The same answer whatever is wrong, so that nobody learns whether there is a console. */
    @Override
    protected void ask(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        // A proxy's caller is no longer of this machine once the server has read the proxy's headers; what it left of
        // them says the rest.
        boolean forwarded = request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null;
        boolean known = !token.isBlank()
                && authorization != null
                && MessageDigest.isEqual(("Bearer " + token).getBytes(UTF_8), authorization.getBytes(UTF_8));
        if (forwarded || !isHere(request) || !known) {
            throw Refusal.of(Refusal.Kind.UNAUTHENTICATED, "console.closed");
        }
    }

    private static boolean isHere(HttpServletRequest request) {
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
