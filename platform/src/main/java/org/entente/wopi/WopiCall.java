package org.entente.wopi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.entente.files.FileNode;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call of the office server, once it is known for whom it comes and about which file.
 *
 * @param token as it was shown: 43 letters, digits, {@code -} and {@code _}
 * @param file as this person sees it now
 */
record WopiCall(
        HttpServletRequest request,
        HttpServletResponse response,
        String token,
        WopiTokens.Held held,
        FileNode file,
        JsonMapper json) {

    /** A name of a lock ([MS-WOPI]: ASCII, at most 1024 letters), which goes back in a header. */
    private static final String NAME_OF_A_LOCK = "[ -~]{1,1024}";

    Visitor visitor() {
        return held.visitor();
    }

    @Nullable
    String header(String name) {
        String value = request.getHeader(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Given to write, to somebody who still may. */
    boolean writes() {
        return held.writes() && file.role().allows(SpaceRole.EDIT);
    }

    void demandWriting() {
        if (!writes()) {
            throw WopiError.of(HttpServletResponse.SC_FORBIDDEN, "wopi.read-only");
        }
    }

    String lockName(String header) {
        String name = header(header);
        if (name == null || !name.matches(NAME_OF_A_LOCK)) {
            throw WopiError.of(HttpServletResponse.SC_BAD_REQUEST, "wopi.lock-name");
        }
        return name;
    }

    void answer(Map<String, ?> members) throws IOException {
        write(response, json, members);
    }

    static void write(HttpServletResponse response, JsonMapper json, Map<String, ?> members) throws IOException {
        byte[] body = json.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json;charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
