package org.entente.reading;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.base.Refusal;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.entente.storage.Kept;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Makes PDFs of what waits, one after the other on every node that has LibreOffice. */
@Component
class PreviewWork {

    private static final Logger log = LoggerFactory.getLogger(PreviewWork.class);
    private static final int MOST_ATTEMPTS = 2;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofMinutes(1);

    private final PreviewBook book;
    private final PreviewSettings settings;
    private final OfficeProgram program;
    private final Contents contents;
    private final TransactionOperations transaction;
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean ending;
    private @Nullable Thread thread;

    PreviewWork(
            PreviewBook book,
            PreviewSettings settings,
            OfficeProgram program,
            Contents contents,
            TransactionOperations transaction) {
        this.book = book;
        this.settings = settings;
        this.program = program;
        this.contents = contents;
        this.transaction = transaction;
    }

    @EventListener
    public synchronized void started(ApplicationReadyEvent ready) {
        if (thread == null && settings.installed().isPresent()) {
            thread = Thread.ofPlatform().daemon().name("previews").start(this::work);
        }
    }

    @EventListener
    public synchronized void ending(ContextClosedEvent closed) {
        ending = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** There is something to make. */
    void ring() {
        bell.release();
    }

    private void work() {
        while (!ending) {
            try {
                Optional<PreviewBook.Taken> next = book.take(settings.time().plus(LATER));
                if (next.isPresent()) {
                    make(next.get());
                } else if (bell.tryAcquire(settings.every().toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.debug("What is to be shown cannot be asked now", e);
                if (!paused()) {
                    return;
                }
            }
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(SOON);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void make(PreviewBook.Taken one) {
        ContentId content = one.content();
        if (one.attempts() > MOST_ATTEMPTS) {
            book.refuse(content, PreviewState.Reason.DIED); // whoever took it before did not come back
            return;
        }
        try (InputStream bytes = contents.open(content)) {
            program.convert(bytes, one.kind(), (pdf, size) -> keep(one, pdf, size));
        } catch (OfficeProgram.NoPdf none) {
            if (ending) {
                book.later(content, Duration.ZERO, false);
            } else {
                log.info("Content {} is not shown: {}", content, none.reason());
                book.refuse(content, none.reason());
            }
        } catch (Refusal refusal) {
            refused(content, refusal);
        } catch (IOException e) {
            log.warn("A preview of content {} could not be made, and is tried again", content, e);
            book.later(content, LATER, true);
        }
    }

    private void keep(PreviewBook.Taken one, InputStream pdf, long size) throws IOException {
        Kept kept = contents.keep(one.member(), pdf, size);
        transaction.executeWithoutResult(status -> {
            if (book.made(one.content(), kept)) {
                contents.refer(kept.id());
            }
        });
    }

    private void refused(ContentId content, Refusal refusal) {
        switch (refusal.code()) {
            case "storage.gone", "storage.forgotten" -> forget(List.of(content));
            case "storage.damaged" -> book.refuse(content, PreviewState.Reason.BROKEN);
            case "antivirus.found", "antivirus.failed", "antivirus.large" ->
                book.refuse(content, PreviewState.Reason.WITHHELD);
            default -> book.later(content, SOON, false);
        }
    }

    private void forget(List<ContentId> gone) {
        transaction.executeWithoutResult(status -> contents.release(book.forget(gone)));
    }

    /** What nobody looked at goes; it is made again for whoever does. */
    @Scheduled(cron = "${entente.previews.cron:0 40 4 * * *}", zone = "${entente.territory.zone:Europe/Paris}")
    @SchedulerLock(name = "previews-old", lockAtMostFor = "PT1H")
    public void forgetOld() {
        transaction.executeWithoutResult(status -> contents.release(book.forgetOld(settings.keep())));
    }
}
