package org.entente.launcher.engine;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The platform itself, from its one jar. */
public final class PlatformEngine implements Engine {

    /** A start may move a large database to a new version of its tables. */
    private static final Duration MIGRATION = Duration.ofMinutes(15);

    private final Path jar;
    private final Path data;
    private final int port;
    private final String memory;
    private final Map<String, String> environment;
    private final Program program;

    /** @param environment its settings: addresses and secrets of the engines it uses */
    public PlatformEngine(Path jar, Path data, Path log, int port, String memory, Map<String, String> environment) {
        this.jar = jar;
        this.data = data;
        this.port = port;
        this.memory = memory;
        this.environment = environment;
        this.program = new Program("The platform", log);
    }

    @Override
    public String name() {
        return "platform";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        program.start(
                List.of(
                        Jdk.java(),
                        Jdk.temporary(data.resolveSibling("platform-tmp")),
                        "-Xmx" + memory,
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dfile.encoding=UTF-8",
                        "-jar",
                        jar.toString()),
                environment,
                data);
        program.awaitHttp(
                URI.create("http://127.0.0.1:" + port + "/actuator/health"), status -> status == 200, MIGRATION);
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
