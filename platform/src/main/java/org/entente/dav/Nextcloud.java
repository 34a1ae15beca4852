package org.entente.dav;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.entente.dav.ocs.Capabilities;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What clients made for Nextcloud ask before they begin, of which anyone may know. */
@Component
class Nextcloud {

    private static final String VERSION = Capabilities.VERSION;

    /** Pictures of our look that clients ask for by the names that Nextcloud has for them. */
    private static final List<String> THEMING = List.of("index.php", "apps", "theming");

    private final JsonMapper json;

    Nextcloud(JsonMapper json) {
        this.json = json;
    }

    /** What anyone may know; false when it is none of that. */
    boolean tellsStranger(List<String> names, HttpServletResponse response) throws IOException {
        if (names.equals(List.of("status.php"))) {
            json(
                    response,
                    Map.of(
                            "installed",
                            true,
                            "maintenance",
                            false,
                            "needsDbUpgrade",
                            false,
                            "version",
                            VERSION + ".0",
                            "versionstring",
                            VERSION,
                            "edition",
                            "",
                            "productname",
                            "Entente",
                            "extendedSupport",
                            false));
            return true;
        }
        if (names.equals(List.of("index.php", "204"))) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return true;
        }
        if (names.size() > THEMING.size() && names.subList(0, THEMING.size()).equals(THEMING)) {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", "/favicon.svg");
            return true;
        }
        return false;
    }

    private void json(HttpServletResponse response, Object body) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }
}
