package org.entente.dav;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.entente.identity.AppPasswords;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What clients made for Nextcloud ask before they begin: what is here, what it can do, and who they are. In JSON, as all of them ask for it. */
@Component
class Nextcloud {

    /** What we behave like; clients decide by it what they use. */
    private static final String VERSION = "28.0.0";

    private static final Map<String, Object> VERSIONS =
            Map.of("major", 28, "minor", 0, "micro", 0, "string", VERSION, "edition", "", "extendedSupport", false);

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
        return false;
    }

    void tell(
            List<String> names, HttpServletRequest request, HttpServletResponse response, AppPasswords.Granted granted)
            throws IOException {
        boolean second = names.size() > 1 && names.get(1).equals("v2.php");
        if (!request.getMethod().equals("GET")
                || names.size() < 3
                || !names.getFirst().equals("ocs")
                || !second && !names.get(1).equals("v1.php")) {
            throw DavError.of(404, "dav.unknown");
        }
        Object data = switch (String.join("/", names.subList(2, names.size()))) {
            case "cloud/capabilities" -> Map.of("version", VERSIONS, "capabilities", capabilities());
            case "cloud/user" -> user(granted);
            case "core/navigation/apps" -> List.of();
            default -> throw DavError.of(404, "dav.unknown");
        };
        json(
                response,
                Map.of(
                        "ocs",
                        Map.of(
                                "meta",
                                Map.of("status", "ok", "statuscode", second ? 200 : 100, "message", "OK"),
                                "data",
                                data)));
    }

    private static Map<String, Object> capabilities() {
        return Map.of(
                "core",
                Map.of("pollinterval", 60, "webdav-root", "remote.php/webdav"),
                "dav",
                Map.of("chunking", "1.0"),
                "files",
                Map.of("bigfilechunking", true, "undelete", false, "versioning", false),
                "files_sharing",
                Map.of("api_enabled", false),
                "checksums",
                Map.of("supportedTypes", List.of("SHA256", "SHA1", "MD5"), "preferredUploadType", "SHA1"),
                "theming",
                Map.of("name", "Entente"));
    }

    private static Map<String, Object> user(AppPasswords.Granted granted) {
        return Map.of(
                "id",
                granted.capacity().toString(),
                "enabled",
                true,
                "display-name",
                granted.name(),
                "displayname",
                granted.name(),
                "email",
                granted.address());
    }

    private void json(HttpServletResponse response, Object body) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }
}
