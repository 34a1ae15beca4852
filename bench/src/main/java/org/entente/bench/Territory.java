package org.entente.bench;

import java.io.IOException;
import java.io.Reader;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.entente.launcher.engine.Folders;
import org.entente.launcher.engine.Versions;
import org.entente.launcher.supervisor.EngineStatus;
import org.entente.launcher.supervisor.Processes;
import org.entente.launcher.supervisor.StatusFile;

/** A territory to measure, thrown away at the end. */
final class Territory implements AutoCloseable {

    private final Path home = Path.of(System.getProperty("entente.home", ".")).toAbsolutePath();
    private final Path folder;
    private final Path data;
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    Territory() throws IOException {
        folder = Files.createTempDirectory("entente-bench");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = folder.resolve("data");
        StringBuilder yaml = new StringBuilder("data: " + data + "\n");
        for (String engine : List.of("platform", "keycloak", "postgresql", "s3", "mail")) {
            try (ServerSocket free = new ServerSocket(0)) {
                ports.put(engine, free.getLocalPort());
            }
            yaml.append(engine + ":\n  port: " + ports.get(engine) + "\n");
        }
        Files.writeString(folder.resolve("entente.yaml"), yaml.toString());
    }

    String url() {
        return "http://localhost:" + ports.get("platform");
    }

    /** What the command said; a command that fails ends the benchmark. */
    String run(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dentente.home=" + home,
                "-cp",
                home.resolve("launcher/target/entente-launcher-" + Versions.entente() + ".jar") + ":"
                        + home.resolve("launcher/target/lib") + "/*",
                "org.entente.launcher.command.Entente",
                "-c",
                folder.resolve("entente.yaml").toString()));
        command.addAll(List.of(args));
        Path output = folder.resolve("output");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        String said = Files.readString(output);
        if (code != 0) {
            System.err.println("./entente " + String.join(" ", args) + " ended with " + code + ":\n" + said);
        }
        return said;
    }

    /** Accounts that are active, and all that are wanted. */
    long[] accounts() throws IOException, SQLException {
        Properties secrets = new Properties();
        try (Reader in = Files.newBufferedReader(data.resolve("secrets.properties"))) {
            secrets.load(in);
        }
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + ports.get("postgresql") + "/entente",
                        "platform",
                        secrets.getProperty("platform-database"));
                var statement = connection.createStatement();
                var found = statement.executeQuery(
                        "SELECT count(*) FILTER (WHERE state = 'active'), count(*) FROM provisioning.v_account"
                                + " WHERE desired = 'active'")) {
            found.next();
            return new long[] {found.getLong(1), found.getLong(2)};
        }
    }

    /** Megabytes of each engine, and of the supervisor. */
    Map<String, Long> memory() throws IOException {
        StatusFile.Status status = StatusFile.in(data.resolve("run")).read().orElseThrow();
        Map<String, Long> all = new LinkedHashMap<>();
        status.supervisor()
                .ifPresent(supervisor -> all.put("supervisor", Processes.memoryAlone(supervisor) / 1024 / 1024));
        for (EngineStatus engine : status.engines()) {
            engine.process()
                    .filter(process -> process.pid() != status.pid())
                    .ifPresent(process -> all.put(engine.name(), Processes.memory(process) / 1024 / 1024));
        }
        return all;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("down");
        Folders.delete(folder);
    }
}
