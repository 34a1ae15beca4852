package org.entente.launcher.engine;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Keycloak on loopback, its java started directly: its own script would leave an orphan behind. */
public final class KeycloakEngine implements Engine {

    /** The first start fills an empty database, which takes a slow machine minutes. */
    private static final Duration FIRST_START = Duration.ofMinutes(5);

    private final KeycloakDistribution distribution;
    private final Path data;
    private final Settings settings;
    private final Program program;

    /**
     * @param url where browsers reach it; on {@code http} only localhost works, because its cookies are Secure
     * @param adminClient a client of the master realm with full rights, made in an empty database only
     */
    public record Settings(
            int port,
            String url,
            String databaseUrl,
            String databaseUser,
            String databasePassword,
            Client adminClient) {}

    public record Client(String id, String secret) {}

    /** @param data folder of this server: what it must be able to write */
    public KeycloakEngine(KeycloakDistribution distribution, Path data, Path log, Settings settings) {
        this.distribution = distribution;
        this.data = data;
        this.settings = settings;
        this.program = new Program("Keycloak", log);
    }

    @Override
    public String name() {
        return "keycloak";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Path home = distribution.instance(data);
        program.start(
                KeycloakDistribution.command(
                        home,
                        List.of(
                                "start",
                                "--optimized",
                                "--cache=local",
                                "--http-enabled=true",
                                "--http-host=127.0.0.1",
                                "--http-port=" + settings.port(),
                                "--hostname=" + settings.url(),
                                "--hostname-backchannel-dynamic=true",
                                "--proxy-headers=xforwarded",
                                // With its mask: entries without one ("127.0.0.1,::1") made Keycloak ask the name
                                // server at
                                // every request, and wait five seconds whenever that did not answer.
                                "--proxy-trusted-addresses=127.0.0.1/32")),
                Map.of(
                        "KC_DB_URL", settings.databaseUrl(),
                        "KC_DB_USERNAME", settings.databaseUser(),
                        "KC_DB_PASSWORD", settings.databasePassword(),
                        "KC_BOOTSTRAP_ADMIN_CLIENT_ID", settings.adminClient().id(),
                        "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET",
                                settings.adminClient().secret()),
                home);
        program.awaitHttp(
                URI.create("http://127.0.0.1:" + settings.port() + "/realms/master"),
                status -> status == 200,
                FIRST_START);
    }

    @Override
    public ProcessHandle process() {
        return program.process().toHandle();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        program.stop();
    }
}
