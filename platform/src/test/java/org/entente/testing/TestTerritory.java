package org.entente.testing;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.entente.launcher.engine.Engine;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A whole territory in processes of its own, as the launcher starts one: PostgreSQL that keeps what it says it kept, Keycloak on
 * the same server, the platform. For tests that kill one of them, and for measuring.
 */
public final class TestTerritory {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String DATABASE = "entente";
    private static final String CONSOLE = "the-console-of-the-tests";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final Path services;
    private final TestKeycloak.Own engines;
    private final Platform platform;
    private final JdbcClient jdbc;

    /**
     * Starts PostgreSQL and Keycloak; the platform waits for {@link #start}.
     *
     * @param jvm options of the platform's Java
     * @param settings of the platform, as {@code name=value}
     */
    public TestTerritory(String name, List<String> jvm, List<String> settings)
            throws IOException, InterruptedException, SQLException {
        this.folder = Scratch.folder(name);
        this.services = Files.createDirectories(folder.resolve("services"));
        this.engines = TestKeycloak.own(name, List.of());
        engines.postgres().createDatabase(DATABASE);
        this.jdbc = JdbcClient.create(new DriverManagerDataSource(
                engines.postgres().url(DATABASE),
                engines.postgres().user(),
                engines.postgres().password()));
        this.platform = new Platform(Scratch.freePort(), jvm, settings);
    }

    /** Starts the platform, for the first time. */
    public void start() throws IOException, InterruptedException {
        Scratch.untilTheEnd(platform);
    }

    public Engine platform() {
        return platform;
    }

    public Engine postgres() {
        return engines.postgres();
    }

    public Engine keycloak() {
        return engines.keycloak();
    }

    public String keycloakUrl() {
        return engines.url();
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + platform.port + path);
    }

    /** Connects anew for each statement, so that it outlives a database that was killed. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Where descriptors of services are put. */
    public Path services() {
        return services;
    }

    /** Ends an engine as a power cut does: at once, with all its children, and with nothing put in order. */
    public static void kill(Engine engine) {
        ProcessHandle head = engine.process();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(head), head.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await().atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    public void again(Engine engine) throws IOException, InterruptedException {
        Scratch.again(engine);
    }

    /** What a command of the operator's engineer prints. */
    public String console(String command) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(url("/console/" + command))
                                .header("Authorization", "Bearer " + CONSOLE)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    public void stop() throws Exception {
        platform.close();
        engines.keycloak().close();
        engines.postgres().close();
    }

    private final class Platform implements Engine {

        private final int port;
        private final List<String> jvm;
        private final List<String> settings;
        private Process process;

        Platform(int port, List<String> jvm, List<String> settings) {
            this.port = port;
            this.jvm = jvm;
            this.settings = settings;
        }

        @Override
        public String name() {
            return "platform";
        }

        @Override
        public void start() throws IOException, InterruptedException {
            Path arguments = folder.resolve("arguments");
            Files.writeString(arguments, "-cp \"" + classPath().replace("\\", "\\\\") + "\"");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(jvm);
            command.addAll(List.of(
                    "-Xmx512m",
                    "@" + arguments,
                    "org.entente.EntentePlatform",
                    "--server.port=" + port,
                    "--entente.data=" + folder.resolve("data"),
                    "--entente.catalog.folder=" + services,
                    "--entente.keycloak.url=" + engines.url()));
            settings.forEach(setting -> command.add("--" + setting));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(secrets());
            process = builder.redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(Path.of("target", folder.getFileName() + "-platform.log")
                                    .toFile()))
                    .start();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .failFast("The platform ended while it started", () -> !process.isAlive())
                    .until(this::serves);
        }

        private Map<String, String> secrets() {
            Map<String, String> secrets = new LinkedHashMap<>();
            secrets.put("ENTENTE_DB_URL", engines.postgres().url(DATABASE));
            secrets.put("ENTENTE_DB_USER", engines.postgres().user());
            secrets.put("ENTENTE_DB_PASSWORD", engines.postgres().password());
            secrets.put("ENTENTE_CONSOLE_TOKEN", CONSOLE);
            secrets.put("ENTENTE_KEYCLOAK_ADMINCLIENTID", TestKeycloak.admin().id());
            secrets.put(
                    "ENTENTE_KEYCLOAK_ADMINCLIENTSECRET", TestKeycloak.admin().secret());
            secrets.put("TEST_SERVICE_TOKEN", "secret");
            return secrets;
        }

        /** Without the tests' own configurations, which a scan would find. */
        private static String classPath() {
            String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            return Arrays.stream(all.split(File.pathSeparator))
                    .filter(entry -> !entry.endsWith("test-classes"))
                    .collect(Collectors.joining(File.pathSeparator));
        }

        private boolean serves() throws InterruptedException {
            try {
                HttpRequest request =
                        HttpRequest.newBuilder(url("/actuator/health")).build();
                return http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException notYet) {
                return false;
            }
        }

        @Override
        public ProcessHandle process() {
            return process.toHandle();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
