package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.identity.AppPasswords;
import org.entente.identity.BasicCredentials;
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
        BasicCredentials given = BasicCredentials.of(authorization).orElseThrow(BasicController::refused);
        Door asked = Door.of(door).orElseThrow(() -> Refusal.invalidField("door", "app-password.door"));
        AppPasswords.Granted granted = passwords
                .authenticate(given.name(), given.password(), request.getRemoteAddr(), asked)
                .orElseThrow(BasicController::refused);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, null);
        return new Device(
                granted.person().value(),
                granted.name(),
                granted.address(),
                capacities.of(List.of(granted.capacity().value())).getFirst());
    }

    private static Refusal refused() {
        return Refusal.of(Refusal.Kind.UNAUTHENTICATED, "app-password.wrong");
    }
}
