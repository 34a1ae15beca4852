package org.entente.scanning;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.storage.ContentGate;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Nobody is served what was not scanned. Whoever opens what has just come waits a moment for it; a small file takes some milliseconds. What an earlier scan found stays
 * withheld when the antivirus is turned off.
 */
@Component
class ScanGate implements ContentGate {

    /** More are not left waiting at once: they are told to come again. */
    private static final int MOST_WAITING = 100;

    private static final long LOOK_MILLIS = 50;

    private final ScanQueue queue;
    private final ScanSettings settings;
    private final ScanWork work;
    private final AntivirusWatch watch;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private volatile boolean holds = true;

    ScanGate(ScanQueue queue, ScanSettings settings, ScanWork work, AntivirusWatch watch) {
        this.queue = queue;
        this.settings = settings;
        this.work = work;
        this.watch = watch;
    }

    @EventListener
    public void started(ApplicationReadyEvent ready) {
        holds = settings.on() || queue.holdsAny();
    }

    boolean matters() {
        return holds;
    }

    @Override
    public void pass(ContentId content, MemberId member, long size) {
        if (size == 0 || !holds) {
            return;
        }
        Optional<Verdict> known = queue.verdict(content);
        if (!settings.on()) {
            known.filter(verdict -> verdict.state() == Verdict.State.FOUND).ifPresent(this::judge);
            return;
        }
        if (known.isEmpty() || known.get().state() == Verdict.State.WAITING) {
            known = await(new Contents.Used(content, member, size));
        }
        judge(known.orElse(new Verdict(Verdict.State.WAITING, null)));
    }

    /** Where there is an antivirus, it scans the copy anew, and tells that other member of it. */
    @Override
    public void copied(ContentId from, ContentId to, MemberId member, long size) {
        if (holds && !settings.on()) {
            queue.carry(from, to, member, size);
        }
    }

    private Optional<Verdict> await(Contents.Used one) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return Optional.empty(); // it holds a connection to the database that others need, and may only read
        }
        ContentId content = one.id();
        queue.want(List.of(one), ScanQueue.Rank.NEW, settings.most().toBytes());
        queue.hurry(content);
        work.ring();
        Optional<Verdict> known = queue.verdict(content);
        if (watch.away() || !waiting.tryAcquire()) {
            return known;
        }
        try {
            long end = System.nanoTime() + settings.patience().toNanos();
            while (waits(known) && !watch.away() && System.nanoTime() < end) {
                Thread.sleep(LOOK_MILLIS);
                known = queue.verdict(content);
            }
            return known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return known;
        } finally {
            waiting.release();
        }
    }

    private static boolean waits(Optional<Verdict> known) {
        return known.filter(verdict -> verdict.state() == Verdict.State.WAITING).isPresent();
    }

    private void judge(Verdict verdict) {
        switch (verdict.state()) {
            case CLEAN, RELEASED -> {}
            case LARGE -> {
                if (settings.tooLarge() == ScanSettings.TooLarge.WITHHOLD) {
                    throw Refusal.of(Refusal.Kind.FORBIDDEN, "antivirus.large");
                }
            }
            case FOUND -> throw Refusal.of(Refusal.Kind.FORBIDDEN, "antivirus.found", String.valueOf(verdict.virus()));
            case FAILED -> throw Refusal.of(Refusal.Kind.FORBIDDEN, "antivirus.failed");
            case WAITING ->
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, watch.away() ? "antivirus.away" : "antivirus.waiting");
        }
    }
}
