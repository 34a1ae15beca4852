package org.entente.sources.proconnect;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.entente.identity.keycloak.NodePackages;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A ProConnect made with the npm library {@code oidc-provider}: see {@code web/scripts/proconnect.mjs}. */
final class TestProConnect implements AutoCloseable {

    static final String CLIENT = "entente-territoire";
    static final String SECRET = "le-secret-du-territoire-chez-proconnect";

    private final Process process;
    private final String issuer;

    private TestProConnect(Process process, String issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    static TestProConnect start(String redirectUri, String logoutUris) throws IOException {
        Path web = NodePackages.installed();
        ProcessBuilder node = new ProcessBuilder("node", "scripts/proconnect.mjs")
                .directory(web.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        node.environment()
                .putAll(Map.of(
                        "CLIENT_ID", CLIENT,
                        "CLIENT_SECRET", SECRET,
                        "REDIRECT_URI", redirectUri,
                        "LOGOUT_URIS", logoutUris));
        Process process = node.start();
        String issuer = process.inputReader(StandardCharsets.UTF_8).readLine();
        return new TestProConnect(process, issuer);
    }

    String issuer() {
        return issuer;
    }

    /** What it was asked the last time, by a browser at its sign-in or sign-out. */
    JsonNode asked() throws IOException, InterruptedException {
        return new JsonMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(issuer).resolve("/asked"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
