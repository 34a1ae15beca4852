package org.entente.identity.keycloak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.entente.testing.TestKeycloak;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application built for ProConnect, by the npm library {@code openid-client}: see {@code web/scripts/relying-party.mjs}. */
final class RelyingParty implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;

    RelyingParty(String clientId, String algorithm) {
        try {
            ProcessBuilder node = new ProcessBuilder("node", "scripts/relying-party.mjs")
                    .directory(NodePackages.installed().toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            node.environment()
                    .putAll(Map.of(
                            "ISSUER",
                            TestKeycloak.url() + "/realms/entente",
                            "CLIENT_ID",
                            clientId,
                            "CLIENT_SECRET",
                            TestCatalog.SECRET,
                            "ALGORITHM",
                            algorithm,
                            "REDIRECT_URI",
                            TestCatalog.redirect(clientId)));
            process = node.start();
            answers = process.inputReader(StandardCharsets.UTF_8);
            commands = process.outputWriter(StandardCharsets.UTF_8);
            answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the browser is sent to sign in. */
    String begin(String scope, Map<String, String> parameters) {
        return told(Map.of("act", "begin", "scope", "openid " + scope, "parameters", parameters))
                .path("url")
                .asString();
    }

    /** Takes the browser that came back, verifies what is signed, and answers the claims of the id_token. */
    JsonNode finish(Browser browser) {
        return finish(browser, Map.of());
    }

    JsonNode finish(Browser browser, Map<String, String> checks) {
        return told(Map.of("act", "finish", "url", browser.left(), "checks", checks));
    }

    JsonNode act(String act) {
        return told(Map.of("act", act));
    }

    JsonNode logout(String to) {
        return told(Map.of("act", "logout", "to", to));
    }

    private JsonNode told(Map<String, Object> command) {
        try {
            commands.write(JSON.writeValueAsString(new LinkedHashMap<>(command)) + "\n");
            commands.flush();
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("The application has ended; its dependencies are those of web/package.json");
        }
        return JSON.readTree(line);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
