package org.entente.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.entente.base.Refusal;
import org.entente.storage.ContentId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes small pictures one after the other, in a program of its own; some may wait for their turn, and not for long. */
class ThumbnailLine {

    private static final Logger log = LoggerFactory.getLogger(ThumbnailLine.class);

    private static final int MOST_WAITING = 20;
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What there is of something of which no picture can be made. */
    static final byte[] NONE = new byte[0];

    private final Duration idle;
    private final Clock clock;
    private final ReaderProcess program;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Semaphore turn = new Semaphore(1, true);
    private volatile Instant busy = Instant.EPOCH;

    ThumbnailLine(ReadingSettings settings, Clock clock) {
        this.idle = settings.idle();
        this.clock = clock;
        this.program = new ReaderProcess(shortly(settings), "pictures");
    }

    /** Somebody waits for it. */
    private static ReadingSettings shortly(ReadingSettings settings) {
        return new ReadingSettings(
                settings.on(),
                settings.classPath(),
                settings.most(),
                settings.text(),
                TIME,
                settings.memory(),
                settings.hidden(),
                settings.idle());
    }

    interface Bytes {
        InputStream open() throws IOException;
    }

    /**
     * @param known whether it was made by now; asked for again when it has the turn
     * @return {@link #NONE} when none can be made
     */
    byte[] made(ContentId of, Supplier<Optional<byte[]>> known, Bytes bytes, long size, int side) {
        if (!waiting.tryAcquire()) {
            throw busy();
        }
        try {
            if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
            try {
                return known.get().orElseGet(() -> make(of, bytes, size, side));
            } finally {
                turn.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            waiting.release();
        }
    }

    private static Refusal busy() {
        return Refusal.of(Refusal.Kind.UNAVAILABLE, "preview.busy");
    }

    private byte[] make(ContentId of, Bytes bytes, long size, int side) {
        busy = clock.instant();
        try (InputStream in = bytes.open()) {
            ReaderProcess.Text answer = program.read(in, size, String.valueOf(side));
            return answer.outcome() == ReaderProcess.Outcome.READ ? jpeg(answer.text()) : NONE;
        } catch (ReaderProcess.Died died) {
            log.info("Content {} has no picture: {}", of, died.reason());
            return NONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            busy = clock.instant();
        }
    }

    /** Of a program that reads what strangers wrote: what is no JPEG is nothing. */
    private static byte[] jpeg(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            boolean begins = bytes.length > 3
                    && (bytes[0] & 0xFF) == 0xFF
                    && (bytes[1] & 0xFF) == 0xD8
                    && (bytes[2] & 0xFF) == 0xFF;
            return begins ? bytes : NONE;
        } catch (IllegalArgumentException broken) {
            return NONE;
        }
    }

    /** Ends the program when it has had nothing to do for a while. */
    void rest() {
        if (program.runs() && busy.plus(idle).isBefore(clock.instant()) && turn.tryAcquire()) {
            try {
                program.stop();
            } finally {
                turn.release();
            }
        }
    }

    void close() {
        program.close();
    }
}
