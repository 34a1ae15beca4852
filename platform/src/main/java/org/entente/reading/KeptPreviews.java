package org.entente.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.scanning.VerdictChanged;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.entente.storage.ContentsUnused;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

@Component
class KeptPreviews implements Previews {

    private static final int MOST_WAITING = 50;
    private static final long LOOK_MILLIS = 100;

    private final PreviewBook book;
    private final PreviewSettings settings;
    private final PreviewWork work;
    private final Contents contents;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    KeptPreviews(PreviewBook book, PreviewSettings settings, PreviewWork work, Contents contents) {
        this.book = book;
        this.settings = settings;
        this.work = work;
        this.contents = contents;
    }

    @Override
    public PreviewState of(MemberId member, Written document, String name) {
        Optional<OfficeKind> kind = OfficeKind.of(name);
        if (kind.isEmpty() || document.size() == 0) {
            return PreviewState.plain(PreviewState.State.NONE);
        }
        if (settings.installed().isEmpty()) {
            return PreviewState.plain(PreviewState.State.OFF);
        }
        served(document);
        book.want(
                member,
                document.content(),
                kind.get(),
                document.size(),
                settings.most().toBytes());
        work.ring();
        return await(document.content());
    }

    @Override
    public PreviewState known(Written document) {
        served(document);
        return settings.installed().isEmpty() ? PreviewState.plain(PreviewState.State.OFF) : state(document.content());
    }

    private PreviewState await(ContentId content) {
        PreviewState known = state(content);
        if (!waiting.tryAcquire()) {
            return known;
        }
        try {
            long end = System.nanoTime() + settings.patience().toNanos();
            while (known.state() == PreviewState.State.WAITING && System.nanoTime() < end) {
                Thread.sleep(LOOK_MILLIS);
                known = state(content);
            }
            return known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return known;
        } finally {
            waiting.release();
        }
    }

    private PreviewState state(ContentId content) {
        return book.find(content).map(PreviewBook.Row::state).orElse(PreviewState.plain(PreviewState.State.WAITING));
    }

    @Override
    public InputStream open(Written document, long from, long length) {
        served(document);
        ContentId pdf = book.find(document.content()).map(PreviewBook.Row::pdf).orElse(null);
        if (pdf == null || settings.installed().isEmpty()) {
            throw Refusal.notFound("preview.none");
        }
        return contents.open(pdf, from, length);
    }

    /** What is not served itself is not shown otherwise. */
    private void served(Written document) {
        try {
            contents.open(document.content(), 0, 0).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the transaction that released them. */
    @EventListener
    void unused(ContentsUnused gone) {
        contents.release(book.forget(gone.contents()));
    }

    /** What was refused because it was withheld may be shown now. */
    @EventListener
    void judged(VerdictChanged verdict) {
        if (verdict.withheld() || verdict.freed()) {
            contents.release(book.forget(List.of(verdict.content())));
        }
    }
}
