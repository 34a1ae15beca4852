package org.entente.launcher.engine;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** S3Proxy on loopback over a plain folder: the object store of a machine that has no better one. */
public final class S3Engine implements Engine {

    private final String classPath;
    private final Path data;
    private final Settings settings;
    private final Program program;

    public record Settings(int port, String key, String secret, String bucket) {}

    /**
     * @param classPath of {@code engines/s3} and its libraries
     * @param data where the objects are
     */
    public S3Engine(String classPath, Path data, Path log, Settings settings) {
        this.classPath = classPath;
        this.data = data;
        this.settings = settings;
        this.program = new Program("S3Proxy", log);
    }

    @Override
    public String name() {
        return "s3";
    }

    public String url() {
        return "http://127.0.0.1:" + settings.port();
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Files.createDirectories(data);
        RunAs.own(data);
        program.start(
                List.of(
                        Jdk.java(),
                        Jdk.temporary(data.resolveSibling("s3-tmp")),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        classPath,
                        "org.entente.engines.s3.S3Server"),
                Map.of(
                        "ENTENTE_S3_ENDPOINT", url(),
                        "ENTENTE_S3_FOLDER", data.toString(),
                        "ENTENTE_S3_KEY", settings.key(),
                        "ENTENTE_S3_SECRET", settings.secret(),
                        "ENTENTE_S3_BUCKET", settings.bucket()),
                data);
        // Anything it says to a stranger is a refusal: the refusal shows that it serves.
        program.awaitHttp(URI.create(url() + "/"), status -> status == 403, Duration.ofMinutes(1));
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
