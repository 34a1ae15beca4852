package org.entente.reading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

@Component
class MadeThumbnails implements Thumbnails {

    private static final long MOST_BYTES = DataSize.ofMegabytes(50).toBytes();

    /** More than most cameras make. */
    private static final long SMALL = DataSize.ofMegabytes(12).toBytes();

    /** As the program that makes them tells a PDF, whatever it is called. */
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private record Key(ContentId content, int side) {}

    private final Previews previews;
    private final Contents contents;
    private final ReadingSettings settings;

    /** Pages, which may take as long as they like, and large pictures; apart from them the small ones, for which nobody waits behind a plan of ten layers. */
    private final ThumbnailLine heavy;

    private final ThumbnailLine light;

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
        this.heavy = new ThumbnailLine(settings, clock);
        this.light = new ThumbnailLine(settings, clock);
    }

    @Override
    public Optional<byte[]> of(Written document, String name, int side) {
        if (settings.classPath().isBlank()
                || !Thumbnails.knows(name, document.mediaType())
                || document.size() == 0
                || document.size() > MOST_BYTES) {
            return Optional.empty();
        }
        begins(document, 0); // what is not served itself is not shown otherwise, and says so here
        Key key = new Key(document.content(), rounded(side));
        byte[] known = made.getIfPresent(key);
        if (known == null && Previews.knows(name)) {
            PreviewState state = previews.known(document);
            Long size = state.size();
            if (size == null) {
                return Optional.empty(); // when somebody has looked at it
            }
            known = made(heavy, key, () -> previews.open(document, 0, size), size);
        } else if (known == null) {
            boolean small = document.size() <= SMALL && !Arrays.equals(begins(document, PDF.length), PDF);
            known = made(small ? light : heavy, key, () -> contents.open(document.content()), document.size());
        }
        return known.length == 0 ? Optional.empty() : Optional.of(known.clone());
    }

    private static int rounded(int side) {
        return SIDES.stream().filter(one -> one >= side).min(Integer::compare).orElse(1024);
    }

    private byte[] made(ThumbnailLine line, Key key, ThumbnailLine.Bytes bytes, long size) {
        byte[] picture =
                line.made(key.content(), () -> Optional.ofNullable(made.getIfPresent(key)), bytes, size, key.side());
        made.put(key, picture);
        return picture;
    }

    private byte[] begins(Written document, int bytes) {
        try (InputStream in = contents.open(document.content(), 0, Math.min(bytes, document.size()))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT20S")
    public void rest() {
        heavy.rest();
        light.rest();
    }

    @PreDestroy
    public void close() {
        heavy.close();
        light.close();
    }
}
