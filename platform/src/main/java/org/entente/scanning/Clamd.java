package org.entente.scanning;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The antivirus ClamAV by the protocol of its daemon (clamd(8)): one connection for each question, commands and answers ended by a zero byte, the bytes to scan in pieces
 * that have their length before them. Little memory, and never longer than the caller says, whatever the other side does.
 */
class Clamd implements AutoCloseable {

    /** It does not answer, or not as clamd does: nothing is known of what it was asked. */
    static final class Away extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean reached;
        private final boolean late;

        Away(String why, boolean reached) {
            this(why, reached, false);
        }

        private Away(String why, boolean reached, boolean late) {
            super(why);
            this.reached = reached;
            this.late = late;
        }

        /** Whether it was left because it took too long. */
        boolean late() {
            return late;
        }

        /** Whether it took the question: what it was asked may be the reason. */
        boolean reached() {
            return reached;
        }
    }

    private static final int PIECE = 64 * 1024;
    private static final int LONGEST_ANSWER = 4096;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int PORT = 3310;

    private final String said;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("antivirus-clock").factory());

    /** @param address a path, or host and port; looked up anew each time */
    Clamd(String address) {
        this.said = address.strip();
    }

    /** The versions of program and signatures, as it says them: {@code ClamAV 1.4.3/27500/Mon Jan 5 …}. */
    String version() throws Away {
        try (Talk talk = new Talk(SOON)) {
            talk.say("zVERSION\0");
            String version = talk.answer();
            if (!version.startsWith("ClamAV ")) {
                throw new Away("this is no clamd", true);
            }
            return Signs.clean(version);
        }
    }

    /**
     * @throws IOException what reading {@code bytes} throws
     * @throws Away also when it took longer than {@code within}
     */
    ScanAnswer scan(InputStream bytes, Duration within) throws IOException, Away {
        try (Talk talk = new Talk(within)) {
            talk.say("zINSTREAM\0");
            byte[] piece = new byte[PIECE];
            ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + PIECE);
            boolean whole = true;
            for (int read = bytes.readNBytes(piece, 0, PIECE); read > 0; read = bytes.readNBytes(piece, 0, PIECE)) {
                out.clear().putInt(read).put(piece, 0, read).flip();
                if (!talk.write(out)) {
                    whole = false; // it hung up before the end, and may have said why
                    break;
                }
            }
            if (whole) {
                talk.write(out.clear().putInt(0).flip());
            }
            ScanAnswer answer = ScanAnswer.of(talk.answer());
            if (!whole && answer.outcome() == ScanAnswer.Outcome.CLEAN) {
                throw new Away("it calls clean what it did not read", true);
            }
            return answer;
        }
    }

    /** One connection, closed when its time is over: whoever reads or writes then is thrown out. */
    private final class Talk implements AutoCloseable {

        private final SocketChannel channel;
        private volatile @Nullable Future<?> limit;

        Talk(Duration within) throws Away {
            try {
                SocketAddress address = address();
                channel = address instanceof UnixDomainSocketAddress
                        ? SocketChannel.open(StandardProtocolFamily.UNIX)
                        : SocketChannel.open();
                Future<?> soon = closing(SOON);
                try {
                    channel.connect(address);
                } catch (IOException e) {
                    channel.close();
                    throw e;
                } finally {
                    soon.cancel(false);
                }
                limit = closing(within);
            } catch (IOException | RuntimeException e) {
                throw new Away(reason(e), false);
            }
        }

        private Future<?> closing(Duration after) {
            return clock.schedule(this::close, after.toMillis(), TimeUnit.MILLISECONDS);
        }

        void say(String command) throws Away {
            if (!write(ByteBuffer.wrap(command.getBytes(StandardCharsets.US_ASCII)))) {
                throw new Away("it hung up", true);
            }
        }

        /** @return whether all of it went */
        boolean write(ByteBuffer bytes) {
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        /** Up to the zero byte; an answer without it was cut off, and one that does not end is none. */
        String answer() throws Away {
            ByteBuffer in = ByteBuffer.allocate(LONGEST_ANSWER);
            try {
                while (in.hasRemaining() && channel.read(in) >= 0) {
                    for (int i = 0; i < in.position(); i++) {
                        if (in.get(i) == 0) {
                            return new String(in.array(), 0, i, StandardCharsets.UTF_8);
                        }
                    }
                }
            } catch (IOException e) {
                throw new Away(reason(e), true, e instanceof ClosedChannelException);
            }
            throw new Away(in.hasRemaining() ? "it hung up without an answer" : "its answer has no end", true);
        }

        @Override
        public void close() {
            Future<?> set = limit;
            if (set != null) {
                set.cancel(false);
            }
            try {
                channel.close();
            } catch (IOException e) {
                // gone all the same
            }
        }
    }

    private static String reason(Exception e) {
        return e instanceof ClosedChannelException ? "it takes too long" : Signs.clean(e.toString());
    }

    private SocketAddress address() throws IOException {
        if (said.startsWith("/")) {
            return UnixDomainSocketAddress.of(Path.of(said));
        }
        int colon = said.lastIndexOf(':');
        boolean port = colon > 0 && said.substring(colon + 1).matches("\\d{1,5}") && !said.endsWith("]");
        String host = port ? said.substring(0, colon) : said;
        InetSocketAddress address =
                new InetSocketAddress(host, port ? Integer.parseInt(said.substring(colon + 1)) : PORT);
        if (address.isUnresolved()) {
            throw new IOException("unknown host " + host);
        }
        return address;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
