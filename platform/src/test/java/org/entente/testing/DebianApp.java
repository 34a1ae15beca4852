package org.entente.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.entente.launcher.engine.RunAs;

/** Applications of Debian's packages that believe the proxy in front of them, as ordinary processes that end with the tests. */
public final class DebianApp {

    private static final Path RADICALE = Path.of("/usr/bin/radicale");
    private static final Path WEBSOCKETD = Path.of("/usr/bin/websocketd");

    private DebianApp() {}

    /** Whether this machine has the packages that {@code .ci/run} installs. */
    public static boolean installed() {
        return Files.isExecutable(RADICALE) && Files.isExecutable(WEBSOCKETD);
    }

    /** A CalDAV server that believes {@code X-Remote-User}; everyone may only touch what is theirs. */
    public static void radicale(int port) throws IOException {
        Path folder = Scratch.folder("radicale");
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("config"), """
                [server]
                hosts = 127.0.0.1:%d
                [auth]
                type = http_x_remote_user
                [rights]
                type = owner_only
                [storage]
                filesystem_folder = %s/data
                """.formatted(port, folder));
        start("radicale", folder, port, RADICALE.toString(), "--config", folder + "/config");
    }

    /** Says to each WebSocket whom it takes them for, then says back every line; {@code /env} shows what a CGI is told. */
    public static void websocketd(int port) throws IOException {
        Path folder = Scratch.folder("websocketd");
        Path programs = Files.createDirectories(folder.resolve("cgi"));
        Files.writeString(folder.resolve("lines.sh"), "echo \"$HTTP_REMOTE_USER as $HTTP_X_ROLES\"\nexec cat\n");
        Path env = programs.resolve("env");
        Files.writeString(env, "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'\nenv\n");
        Files.setPosixFilePermissions(env, PosixFilePermissions.fromString("rwxr-xr-x"));
        start(
                "websocketd",
                folder,
                port,
                WEBSOCKETD.toString(),
                "--port=" + port,
                "--address=127.0.0.1",
                "--cgidir=" + programs,
                "/bin/sh",
                folder + "/lines.sh");
    }

    private static void start(String name, Path folder, int port, String... command) throws IOException {
        RunAs.own(folder);
        Process process = new ProcessBuilder(RunAs.ordinaryUser(List.of(command)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Files.writeString(Scratch.folder("pids").resolve(Long.toString(process.pid())), name);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " does not start: " + Files.readString(folder.resolve("log")));
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }
}
