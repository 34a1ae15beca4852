package org.entente.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.entente.launcher.engine.RunAs;

/** A real clamd of Debian's package, with a small database of its own: nothing is fetched from anywhere. It begins stopped. */
public final class TestClamd implements AutoCloseable {

    private static final String PROGRAM = "/usr/sbin/clamd";

    /** The file that every antivirus takes for a virus; it is none. In two parts, or this very file would be taken for one. */
    public static final byte[] EICAR =
            ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").getBytes(US_ASCII);

    /** As clamd calls it, for the signature is not one of ClamAV's. */
    public static final String NAME = "Entente.Test.Eicar.UNOFFICIAL";

    private static final String ASKS = "Entente asks whether scanning works.";

    private final Path folder =
            Scratch.folder("clamd-" + UUID.randomUUID().toString().substring(0, 8));
    private final int port;
    private Process process;

    public TestClamd() {
        try {
            port = Scratch.freePort();
            Files.createDirectories(folder.resolve("db"));
            Files.createDirectories(folder.resolve("tmp"));
            Files.writeString(folder.resolve("clamd.conf"), """
                    Foreground yes
                    DatabaseDirectory %1$s/db
                    LocalSocket %1$s/clamd.sock
                    TCPSocket %2$d
                    TCPAddr 127.0.0.1
                    StreamMaxLength 2M
                    TemporaryDirectory %1$s/tmp
                    SelfCheck 0
                    MaxThreads 4
                    """.formatted(folder, port));
            knows("Entente.Test.Eicar", EICAR);
            RunAs.own(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Whether this machine has the package that {@code .ci/run} installs. */
    public static boolean installed() {
        return Files.isExecutable(Path.of(PROGRAM));
    }

    public String socket() {
        return folder + "/clamd.sock";
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** One more signature, from the next start on: whatever has these bytes. */
    public void knows(String name, byte[] bytes) throws IOException {
        Files.writeString(
                folder.resolve("db/" + name.toLowerCase().replace('.', '-') + ".ndb"),
                name + ":0:*:" + HexFormat.of().formatHex(bytes) + "\n");
        RunAs.own(folder);
    }

    public void start() throws IOException {
        process = new ProcessBuilder(RunAs.ordinaryUser(List.of(PROGRAM, "-c", folder + "/clamd.conf")))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Files.writeString(Scratch.folder("pids").resolve(Long.toString(process.pid())), "clamd");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("clamd does not start: " + Files.readString(folder.resolve("log")));
            }
            try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    /**
     * In its place somebody says this of what is to be scanned, one after the other, and then that it is clean, as of what the platform sends to
     * see whether it works; until it is closed.
     */
    public Closeable says(String... answers) throws IOException {
        kill();
        Queue<String> left = new ConcurrentLinkedQueue<>(List.of(answers));
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket()));
        Thread.ofPlatform().daemon().start(() -> {
            while (server.isOpen()) {
                try (SocketChannel asked = server.accept()) {
                    answer(asked, left);
                } catch (IOException gone) {
                    // as whoever asks may
                }
            }
        });
        return () -> {
            server.close();
            Files.deleteIfExists(Path.of(socket()));
        };
    }

    private static void answer(SocketChannel asked, Queue<String> left) throws IOException {
        DataInputStream in = new DataInputStream(Channels.newInputStream(asked));
        StringBuilder command = new StringBuilder();
        for (int letter = in.read(); letter > 0; letter = in.read()) {
            command.append((char) letter);
        }
        String answer = "ClamAV 1.4.3/27000/Mon Nov 30 08:00:00 2026";
        if (command.toString().equals("zINSTREAM")) {
            byte[] first = new byte[0];
            for (int length = in.readInt(); length > 0; length = in.readInt()) {
                byte[] piece = in.readNBytes(length);
                first = first.length == 0 ? piece : first;
            }
            String next = new String(first, US_ASCII).startsWith(ASKS) ? null : left.poll();
            answer = next == null ? "stream: OK" : next;
        }
        ByteBuffer bytes = ByteBuffer.wrap((answer + "\0").getBytes(US_ASCII));
        while (bytes.hasRemaining()) {
            asked.write(bytes);
        }
    }

    /** As when its disk is full, or has room again: it can put nothing down to look at it. */
    public void full(boolean full) throws IOException {
        Files.setPosixFilePermissions(
                folder.resolve("tmp"), PosixFilePermissions.fromString(full ? "r-x------" : "rwx------"));
    }

    /** As when the machine takes it away: it says nothing more. */
    public void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
        try {
            running.waitFor(10, TimeUnit.SECONDS);
            Files.deleteIfExists(Path.of(socket()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
