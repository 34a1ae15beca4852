package org.entente.launcher.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL from the binaries on the class path, in a data folder of its own, on loopback. */
public final class PostgresEngine implements Engine {

    private static final String SUPERUSER = "entente";
    private static final Duration RECOVERY = Duration.ofMinutes(10);

    private final Path home;
    private final Path data;
    private final int port;
    private final String password;
    private final List<String> settings;
    private final Program program;

    /**
     * @param binaries folder to unpack the distribution into, once
     * @param data the cluster's folder; made when it is empty
     * @param password of the superuser {@code entente}
     */
    public PostgresEngine(Path binaries, Path data, int port, String password) throws IOException {
        this(binaries, data, data.resolve("server.log"), port, password, List.of());
    }

    /** @param settings of the server, as {@code name=value} */
    public PostgresEngine(Path binaries, Path data, Path log, int port, String password, List<String> settings)
            throws IOException {
        this.home = unpack(binaries.toAbsolutePath());
        this.data = data.toAbsolutePath();
        this.port = port;
        this.password = password;
        this.settings = List.copyOf(settings);
        this.program = new Program("PostgreSQL", log);
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        init();
        List<String> command = new ArrayList<>(List.of(
                program("postgres"),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=200"));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        program.start(command, Map.of(), data);
        program.await(this::takesConnections, RECOVERY);
    }

    @Override
    public ProcessHandle process() {
        return program.process().toHandle();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        // INT ends it at once and in order; a plain TERM would wait for every client to leave.
        program.stop("INT");
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return SUPERUSER;
    }

    public String password() {
        return password;
    }

    /** Makes a database when there is none of that name. */
    public void createDatabase(String name) throws SQLException {
        createDatabase(name, SUPERUSER, password);
    }

    /** Makes a database and the role that owns it, when they are not there; gives the role this password. */
    public void createDatabase(String name, String owner, String ownerPassword) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), SUPERUSER, password);
                Statement statement = connection.createStatement()) {
            String quoted = statement.enquoteLiteral(ownerPassword);
            if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + owner + "'")) {
                statement.execute("CREATE ROLE " + owner + " LOGIN PASSWORD " + quoted);
            } else if (!owner.equals(SUPERUSER)) {
                statement.execute("ALTER ROLE " + owner + " PASSWORD " + quoted);
            }
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
                statement.execute("CREATE DATABASE " + name + " OWNER " + owner);
            }
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return found.next();
        }
    }

    /** Makes the cluster when there is none: no server runs on it yet. */
    public void init() throws IOException, InterruptedException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        Files.createDirectories(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Path secret = Files.createTempFile("entente", ".pw");
        Files.writeString(secret, password, StandardOpenOption.TRUNCATE_EXISTING);
        RunAs.own(data);
        RunAs.own(secret);
        try {
            run(
                    "initdb",
                    "-D",
                    data.toString(),
                    "-U",
                    SUPERUSER,
                    "-A",
                    "scram-sha-256",
                    "--pwfile=" + secret,
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8");
        } finally {
            Files.delete(secret);
        }
    }

    private boolean takesConnections() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), SUPERUSER, password)) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private void run(String program, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program(program)));
        command.addAll(List.of(args));
        Path output = Files.createTempFile("entente", ".out");
        Process process = new ProcessBuilder(RunAs.ordinaryUser(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(Path.of("/").toFile())
                .start();
        int code = process.waitFor();
        String said = Files.readString(output);
        Files.delete(output);
        if (code != 0) {
            throw new IOException(program + " ended with " + code + ": " + said);
        }
    }

    /** Unpacks the distribution, once; says where it is. */
    public static synchronized Path unpack(Path binaries) throws IOException {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT).contains("aarch64") ? "arm_64" : "x86_64";
        Path target = binaries.resolve("postgresql-" + Versions.postgresql());
        if (Files.exists(target.resolve(".complete"))) {
            return target;
        }
        try (FolderLock lock = FolderLock.take(binaries)) {
            if (!Files.exists(target.resolve(".complete"))) {
                Folders.delete(target);
                unpack(arch, target);
            }
        }
        return target;
    }

    private static void unpack(String arch, Path target) throws IOException {
        Files.createDirectories(target);
        try (InputStream jar = PostgresEngine.class.getResourceAsStream("/postgres-linux-" + arch + ".txz")) {
            if (jar == null) {
                throw new IOException("No PostgreSQL for this processor: " + arch);
            }
            try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(jar))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    extract(tar, entry, target);
                }
            }
        }
        Files.createFile(target.resolve(".complete"));
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("An entry leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.deleteIfExists(file);
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Set<PosixFilePermission> permissions =
                PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--");
        Files.setPosixFilePermissions(file, permissions);
    }
}
