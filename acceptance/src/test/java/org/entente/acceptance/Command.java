package org.entente.acceptance;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.entente.launcher.engine.Versions;

/** The {@code entente} command with settings of its own, as a program: what it says and how it ends. */
final class Command {

    static final Path HOME = Path.of(System.getProperty("entente.home", "..")).toAbsolutePath();

    private final Path settings;
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    record Result(int code, String said) {}

    /** @param more lines of the settings' file, by the name of their section */
    Command(Path folder, Path data, Map<String, String> more) throws IOException {
        this.settings = folder.resolve(data.getFileName() + ".yaml");
        StringBuilder yaml = new StringBuilder("data: " + data + "\n");
        for (String engine : List.of("platform", "keycloak", "postgresql", "s3", "mail")) {
            ports.put(engine, freePort());
            yaml.append(engine + ":\n  port: " + ports.get(engine) + "\n" + more.getOrDefault(engine, ""));
        }
        Files.writeString(settings, yaml.toString());
    }

    int port(String engine) {
        return ports.get(engine);
    }

    Result run(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Dentente.home=" + HOME,
                "-cp",
                HOME.resolve("launcher/target/entente-launcher-" + Versions.entente() + ".jar") + ":"
                        + HOME.resolve("launcher/target/lib") + "/*",
                "org.entente.launcher.command.Entente",
                "-c",
                settings.toString()));
        command.addAll(List.of(args));
        return ended(new ProcessBuilder(command), "./entente " + String.join(" ", args));
    }

    /** Runs a script of the browser application, with these settings. */
    static Result node(String script, Map<String, String> settings) throws IOException, InterruptedException {
        ProcessBuilder node =
                new ProcessBuilder("node", script).directory(HOME.resolve("web").toFile());
        node.environment().putAll(settings);
        return ended(node, script);
    }

    private static Result ended(ProcessBuilder program, String name) throws IOException, InterruptedException {
        Path output = Files.createTempFile("entente", ".out");
        Process process = program.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(15, TimeUnit.MINUTES);
        String said = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        if (!ended) {
            process.destroyForcibly();
            throw new IOException(name + " does not end: " + said);
        }
        return new Result(process.exitValue(), said);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
