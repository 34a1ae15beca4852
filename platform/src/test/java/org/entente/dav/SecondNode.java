package org.entente.dav;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.entente.testing.Scratch;
import org.springframework.core.env.Environment;

/** The platform in a Java of its own, on the same database and object store as the one that tests: to be killed in the middle. */
public final class SecondNode implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Environment settings;
    private final int port;
    private final Path log;
    private Process process;

    public SecondNode(Environment settings, Path folder) throws IOException {
        this.settings = settings;
        this.port = Scratch.freePort();
        this.log = folder.resolve("second-node.log");
        start();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dserver.port=" + port));
        for (String name : List.of(
                "spring.datasource.url",
                "spring.datasource.username",
                "spring.datasource.password",
                "entente.s3.url",
                "entente.s3.key",
                "entente.s3.secret",
                "entente.s3.bucket",
                "entente.data")) {
            command.add("-D" + name + "=" + settings.getRequiredProperty(name));
        }
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", path, "org.entente.EntentePlatform"));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .failFast("The second node ended while it started", () -> !process.isAlive())
                .until(this::serves);
    }

    private boolean serves() throws InterruptedException {
        try {
            HttpRequest ask =
                    HttpRequest.newBuilder(URI.create(url() + "/status.php")).build();
            return http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As {@code kill -9}: nothing is put in order. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
