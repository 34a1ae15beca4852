package org.entente.reading;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that reads, from the outside: started when there is something to read, killed when it takes too long, begun anew when it died. It has the lowest
 * priority, little memory, none of the platform's environment, a folder of its own that goes with it, files of no great size and, where Linux lets it, no network
 * and no sight of other processes and of the territory's secrets. For one caller at a time.
 */
class ReaderProcess implements AutoCloseable {

    /** As {@code engines/reader} says them. */
    enum Outcome {
        READ,
        BROKEN,
        BOMB,
        CLOSED
    }

    record Text(Outcome outcome, String text) {}

    /** It ended before it answered: for that reason. */
    static final class Died extends Exception {
        private static final long serialVersionUID = 1;
        private final TextState.Reason reason;

        Died(TextState.Reason reason, @Nullable Throwable cause) {
            super(reason.name(), cause);
            this.reason = reason;
        }

        TextState.Reason reason() {
            return reason;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(ReaderProcess.class);

    /** With which Java ends for want of memory, as it is started here. */
    private static final int NO_MEMORY = 3;

    /** Of half a kilobyte each: the largest file it may write, which is more than it is ever given. */
    private static final int LARGEST_FILE = 600 * 1024;

    private final ReadingSettings settings;
    private final List<String> arguments;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("reading-clock").factory());
    private volatile @Nullable Process process;
    private @Nullable ReaderFolder folder;

    /** @param arguments of the program: none, or that it makes pictures */
    ReaderProcess(ReadingSettings settings, String... arguments) {
        this.settings = settings;
        this.arguments = List.of(arguments);
    }

    /** Reads one document. Where pictures are made, {@code mediaType} says how large. What {@code bytes} throws is thrown on; the program is gone then, as it is after {@link Died}. */
    synchronized Text read(InputStream bytes, long size, String mediaType) throws IOException, Died {
        Process running = running();
        AtomicBoolean late = new AtomicBoolean();
        Future<?> limit = clock.schedule(
                () -> {
                    late.set(true);
                    running.destroyForcibly();
                },
                settings.time().toMillis(),
                TimeUnit.MILLISECONDS);
        boolean answered = false;
        try {
            send(running.getOutputStream(), bytes, size, mediaType);
            Text text = answer(new DataInputStream(running.getInputStream()));
            answered = true;
            return text;
        } catch (ChildGone e) {
            throw new Died(late.get() ? TextState.Reason.SLOW : reason(running), e);
        } finally {
            limit.cancel(false);
            if (!answered) {
                stop();
            }
        }
    }

    private static TextState.Reason reason(Process ended) {
        try {
            return ended.waitFor(5, TimeUnit.SECONDS) && ended.exitValue() == NO_MEMORY
                    ? TextState.Reason.MEMORY
                    : TextState.Reason.DIED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return TextState.Reason.DIED;
        }
    }

    /** What goes wrong on the way to the program and back, as opposed to what goes wrong with the bytes. */
    private static final class ChildGone extends IOException {
        private static final long serialVersionUID = 1;

        ChildGone(IOException cause) {
            super(cause);
        }
    }

    private static void send(OutputStream to, InputStream bytes, long size, String mediaType) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to, 1 << 16));
        byte[] some = new byte[1 << 16];
        long left = size;
        try {
            out.writeUTF(mediaType);
            out.writeLong(size);
        } catch (IOException e) {
            throw new ChildGone(e);
        }
        while (left > 0) {
            int read = bytes.read(some, 0, (int) Math.min(some.length, left));
            if (read < 0) {
                throw new IOException("A content is shorter than its row says");
            }
            left -= read;
            try {
                out.write(some, 0, read);
            } catch (IOException e) {
                throw new ChildGone(e);
            }
        }
        try {
            out.flush();
        } catch (IOException e) {
            throw new ChildGone(e);
        }
    }

    /** Of a program that reads what strangers wrote: it is believed in nothing. */
    private Text answer(DataInputStream in) throws ChildGone {
        try {
            int outcome = in.readUnsignedByte();
            int length = in.readInt();
            if (outcome >= Outcome.values().length || length < 0 || length > 8L * settings.text() + 100_000) {
                throw new IOException("not an answer");
            }
            byte[] text = in.readNBytes(length);
            if (text.length < length) {
                throw new IOException("cut off");
            }
            return new Text(Outcome.values()[outcome], new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ChildGone(e);
        }
    }

    synchronized boolean runs() {
        return process != null;
    }

    /** Its process, for whoever wants to see it. */
    @Nullable
    ProcessHandle handle() {
        Process running = process;
        return running == null ? null : running.toHandle();
    }

    /** As when this process is gone: the program ends by itself. */
    void hangUp() throws IOException {
        Process running = process;
        if (running != null) {
            running.getOutputStream().close();
        }
    }

    private Process running() throws IOException {
        Process known = process;
        if (known != null && known.isAlive()) {
            return known;
        }
        stop();
        ReaderFolder made = ReaderFolder.make();
        folder = made;
        ProcessBuilder builder = new ProcessBuilder(command(made.path()))
                .directory(made.path().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().clear(); // the platform's secrets are in it
        builder.environment().put("PATH", path);
        builder.environment().put("LANG", "C.UTF-8");
        Process started = builder.start();
        process = started;
        return started;
    }

    private List<String> command(Path temporary) {
        List<String> all = new ArrayList<>(Room.prefix(temporary, settings.shown(), settings.hidden()));
        all.addAll(List.of(
                "/bin/sh", "-c", "umask 077; ulimit -f " + LARGEST_FILE + "; ulimit -c 0; exec \"$@\"", "reader"));
        Duration last = settings.time().plusSeconds(15);
        all.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.memory(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ActiveProcessorCount=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + temporary,
                "-Duser.home=" + temporary,
                "-Dentente.reader.text=" + settings.text(),
                "-Dentente.reader.seconds=" + last.toSeconds(),
                "-cp",
                settings.classPath(),
                "org.entente.engines.reader.ReaderProgram"));
        all.addAll(arguments);
        return all;
    }

    synchronized void stop() {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        ReaderFolder left = folder;
        folder = null;
        if (left != null) {
            left.delete();
            log.debug("The reader of documents has ended");
        }
    }

    /** Ends the program even while another thread waits for its answer. */
    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
        clock.shutdownNow();
        stop();
    }
}
