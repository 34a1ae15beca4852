package org.entente.launcher.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.server.SMTPServer;

/** Takes the mail of a territory that has no mail server yet and keeps each message as a file; lives in the supervisor. */
public final class MailSink implements Engine {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int MOST_BYTES = 32 * 1024 * 1024;

    private final Path outbox;
    private final int port;
    private final Clock clock;
    private final AtomicInteger count = new AtomicInteger();
    private @Nullable SMTPServer server;

    public MailSink(Path outbox, int port, Clock clock) {
        this.outbox = outbox;
        this.port = port;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public void start() throws IOException {
        Files.createDirectories(outbox);
        SMTPServer starting = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .maxMessageSize(MOST_BYTES)
                .messageHandler((context, from, to, message) -> keep(message))
                .build();
        starting.start();
        server = starting;
    }

    /** A message for several recipients comes once for each: each has its own copy, as it would have in its own box. */
    private void keep(byte[] message) {
        String name = STAMP.format(clock.instant()) + "-" + count.incrementAndGet();
        try {
            Path arriving = outbox.resolve("." + name);
            Files.write(arriving, message);
            Files.move(arriving, outbox.resolve(name + ".eml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ProcessHandle process() {
        return ProcessHandle.current();
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
    }
}
