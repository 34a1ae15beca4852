package org.entente.reading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
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
import org.entente.base.Refusal;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

@Component
class MadeThumbnails implements Thumbnails {

    private static final Logger log = LoggerFactory.getLogger(MadeThumbnails.class);

    private static final long MOST_BYTES = DataSize.ofMegabytes(50).toBytes();
    private static final int MOST_WAITING = 20;
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] NONE = new byte[0];

    private record Key(ContentId content, int side) {}

    private final Previews previews;
    private final Contents contents;
    private final ReadingSettings settings;
    private final ReaderProcess program;
    private final Clock clock;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Semaphore turn = new Semaphore(1, true);
    private volatile Instant busy = Instant.EPOCH;

    /** What cannot be made is not tried again and again either. */
    private final Cache<Key, byte[]> made = Caffeine.newBuilder()
            .maximumWeight(DataSize.ofMegabytes(16).toBytes())
            .weigher((Key key, byte[] picture) -> 200 + picture.length)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    MadeThumbnails(Previews previews, Contents contents, ReadingSettings settings, Clock clock) {
        this.previews = previews;
        this.contents = contents;
        this.settings = settings;
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

    @Override
    public Optional<byte[]> of(Written document, String name, int side) {
        if (settings.classPath().isBlank()
                || !Thumbnails.knows(name, document.mediaType())
                || document.size() == 0
                || document.size() > MOST_BYTES) {
            return Optional.empty();
        }
        served(document);
        Key key = new Key(document.content(), rounded(side));
        byte[] known = made.getIfPresent(key);
        if (known == null && Previews.knows(name)) {
            PreviewState state = previews.known(document);
            Long size = state.size();
            if (size == null) {
                return Optional.empty(); // when somebody has looked at it
            }
            known = made(key, () -> previews.open(document, 0, size), size);
        } else if (known == null) {
            known = made(key, () -> contents.open(document.content()), document.size());
        }
        return known.length == 0 ? Optional.empty() : Optional.of(known.clone());
    }

    private static int rounded(int side) {
        return SIDES.stream().filter(one -> one >= side).min(Integer::compare).orElse(1024);
    }

    private interface Bytes {
        InputStream open() throws IOException;
    }

    private byte[] made(Key key, Bytes bytes, long size) {
        if (!waiting.tryAcquire()) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "preview.busy");
        }
        try {
            if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "preview.busy");
            }
            try {
                byte[] meanwhile = made.getIfPresent(key);
                byte[] picture = meanwhile == null ? make(key, bytes, size) : meanwhile;
                made.put(key, picture);
                return picture;
            } finally {
                turn.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "preview.busy");
        } finally {
            waiting.release();
        }
    }

    private byte[] make(Key key, Bytes bytes, long size) {
        busy = clock.instant();
        try (InputStream in = bytes.open()) {
            ReaderProcess.Text answer = program.read(in, size, String.valueOf(key.side()));
            return answer.outcome() == ReaderProcess.Outcome.READ ? jpeg(answer.text()) : NONE;
        } catch (ReaderProcess.Died died) {
            log.info("Content {} has no picture: {}", key.content(), died.reason());
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

    /** What is not served itself is not shown otherwise. */
    private void served(Written document) {
        try {
            contents.open(document.content(), 0, 0).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT20S")
    public void rest() {
        if (program.runs() && busy.plus(settings.idle()).isBefore(clock.instant()) && turn.tryAcquire()) {
            try {
                program.stop();
            } finally {
                turn.release();
            }
        }
    }

    @PreDestroy
    public void close() {
        program.close();
    }
}
