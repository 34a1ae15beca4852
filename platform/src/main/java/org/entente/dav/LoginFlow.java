package org.entente.dav;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.entente.identity.DeviceRequests;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nextcloud's login flow v2, by which its clients come to an app password: they ask for an address and a secret, open the address in a browser, where the portal asks the
 * person, and poll with the secret. Source: Nextcloud's developer manual, "Login flow".
 */
@Component
class LoginFlow {

    private static final List<String> BEGIN = List.of("index.php", "login", "v2");
    private static final List<String> POLL = List.of("index.php", "login", "v2", "poll");
    private static final int LONGEST = 200;

    private final DeviceRequests requests;
    private final JsonMapper json;

    LoginFlow(DeviceRequests requests, JsonMapper json) {
        this.requests = requests;
        this.json = json;
    }

    /** False when it is none of that. */
    boolean answers(List<String> names, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!names.equals(BEGIN) && !names.equals(POLL)) {
            return false;
        }
        if (!request.getMethod().equals("POST")) {
            throw DavError.of(405, "dav.method");
        }
        DavSignIn.demandHidden(request);
        if (names.equals(BEGIN)) {
            begin(request, response);
        } else {
            poll(request, response);
        }
        return true;
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        DeviceRequests.Begun begun = requests.begin(request.getHeader("User-Agent"), request.getRemoteAddr());
        json(
                response,
                Map.of(
                        "poll",
                        Map.of("token", begun.secret(), "endpoint", base(request) + "/index.php/login/v2/poll"),
                        "login",
                        begun.page()));
    }

    private void poll(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String secret = Objects.requireNonNullElse(request.getParameter("token"), "");
        Optional<DeviceRequests.Given> given = secret.isEmpty() || secret.length() > LONGEST
                ? Optional.empty()
                : requests.poll(secret, request.getRemoteAddr());
        if (given.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            json(response, List.of()); // as these clients know it; nothing is said of why
            return;
        }
        json(
                response,
                Map.of(
                        "server",
                        base(request),
                        "loginName",
                        given.get().name(),
                        "appPassword",
                        given.get().password()));
    }

    /**
     * By which the client called: it has to find us there again. Told to nobody but who called so; the page that a person opens is at the portal's own address, whatever
     * the request says.
     */
    static String base(HttpServletRequest request) {
        String scheme = request.getScheme();
        int port = request.getServerPort();
        boolean usual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + request.getServerName() + (usual ? "" : ":" + port);
    }

    private void json(HttpServletResponse response, Object body) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }
}
