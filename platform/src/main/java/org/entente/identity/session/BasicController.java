package org.entente.identity.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.identity.AppPasswords;
import org.entente.identity.Door;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Says who an app password is, and in which capacity, at the door of the brick that asks: what opens one opens no other. */
@RestController
class BasicController {

    private static final int LONGEST = 1000;

    private final AppPasswords passwords;
    private final Capacities capacities;

    BasicController(AppPasswords passwords, Capacities capacities) {
        this.passwords = passwords;
        this.capacities = capacities;
    }

    record Device(UUID person, String name, String address, Capacity capacity) {}

    @GetMapping("/basic/me")
    @Needs(Right.PUBLIC)
    Device me(
            @RequestParam String door,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Entente\", charset=\"UTF-8\"");
        String[] given = given(authorization);
        Door asked = Door.of(door).orElseThrow(() -> Refusal.invalidField("door", "app-password.door"));
        AppPasswords.Granted granted = passwords
                .authenticate(given[0], given[1], request.getRemoteAddr(), asked)
                .orElseThrow(BasicController::refused);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, null);
        return new Device(
                granted.person().value(),
                granted.name(),
                granted.address(),
                capacities.of(List.of(granted.capacity().value())).getFirst());
    }

    private static String[] given(@Nullable String authorization) {
        if (authorization == null
                || authorization.length() > LONGEST
                || !authorization.regionMatches(true, 0, "Basic ", 0, "Basic ".length())) {
            throw refused();
        }
        try {
            String pair = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring("Basic ".length()).strip()),
                    UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 1 || pair.indexOf('\0') >= 0) {
                throw refused();
            }
            return new String[] {pair.substring(0, colon), pair.substring(colon + 1)};
        } catch (IllegalArgumentException notBase64) {
            throw refused();
        }
    }

    private static Refusal refused() {
        return Refusal.of(Refusal.Kind.UNAUTHENTICATED, "app-password.wrong");
    }
}
