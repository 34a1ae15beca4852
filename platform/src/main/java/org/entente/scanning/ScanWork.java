package org.entente.scanning;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.entente.base.Refusal;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Scans what waits, a few at once on every node, as soon as there is something. */
@Component
class ScanWork {

    private static final Logger log = LoggerFactory.getLogger(ScanWork.class);

    /** How often one is tried at which the antivirus hung up, took too long or came to an error, and not at what is harmless. */
    private static final int MOST_ATTEMPTS = 4;

    private static final Duration LATER = Duration.ofMinutes(1);

    private final ScanQueue queue;
    private final ScanSettings settings;
    private final Clamd clamd;
    private final AntivirusWatch watch;
    private final Contents contents;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final Semaphore bell = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    ScanWork(
            ScanQueue queue,
            ScanSettings settings,
            Clamd clamd,
            AntivirusWatch watch,
            Contents contents,
            TransactionOperations transaction,
            ApplicationEventPublisher events) {
        this.queue = queue;
        this.settings = settings;
        this.clamd = clamd;
        this.watch = watch;
        this.contents = contents;
        this.transaction = transaction;
        this.events = events;
    }

    @EventListener
    public synchronized void started(ApplicationReadyEvent ready) {
        while (settings.on() && threads.size() < settings.atOnce()) {
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("antivirus-" + (threads.size() + 1))
                    .start(this::work));
        }
    }

    @EventListener
    public synchronized void ending(ContextClosedEvent closed) {
        ending = true;
        threads.forEach(Thread::interrupt);
    }

    /** There is something to scan. */
    void ring() {
        bell.release();
    }

    private void work() {
        while (!ending) {
            try {
                if (!next()) {
                    boolean rung = bell.tryAcquire(settings.every().toMillis(), TimeUnit.MILLISECONDS);
                    log.trace("Looking again: {}", rung);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                pause(e);
            }
        }
    }

    private void pause(RuntimeException failure) {
        if (failure instanceof DataAccessException || ending) {
            log.debug("What is to be scanned cannot be asked now", failure);
        } else {
            log.warn("Scanning goes on after a failure", failure);
        }
        try {
            Thread.sleep(settings.pause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether it is worth going on at once */
    private boolean next() throws InterruptedException {
        Optional<ScanQueue.Taken> taken = queue.take(settings.time().plus(LATER));
        if (taken.isEmpty()) {
            return false;
        }
        ScanQueue.Taken one = taken.get();
        if (one.attempts() > MOST_ATTEMPTS) {
            settle(one, new ScanAnswer(ScanAnswer.Outcome.FAILED, "it never came to an end"));
            return true;
        }
        try (InputStream bytes = contents.openUnjudged(one.content())) {
            answered(one, clamd.scan(bytes, settings.time()));
            return true;
        } catch (Clamd.Away away) {
            away(one, away);
        } catch (Refusal refusal) {
            refused(one, refusal);
        } catch (IOException e) {
            log.warn("Content {} could not be read for the antivirus, and is tried again", one.content(), e);
            queue.giveBack(one.content(), LATER, false);
        }
        return true;
    }

    private void answered(ScanQueue.Taken one, ScanAnswer answer) throws InterruptedException {
        if (answer.outcome() == ScanAnswer.Outcome.FAILED && watch.trial(one.size()) != AntivirusWatch.Trial.SCANS) {
            queue.giveBack(one.content(), settings.pause(), false); // it fails at everything: this content is not why
            Thread.sleep(settings.pause());
        } else if (answer.outcome() == ScanAnswer.Outcome.FAILED) {
            log.warn("The antivirus could not scan content {}, and is asked again: {}", one.content(), answer.detail());
            queue.giveBack(one.content(), LATER, true);
        } else {
            settle(one, answer);
        }
    }

    private void away(ScanQueue.Taken one, Clamd.Away away) throws InterruptedException {
        boolean counted = false;
        if (!away.reached()) {
            watch.silent(away);
        } else if (!ending) {
            counted = mayBeWhy(away, watch.trial(one.size()));
        }
        queue.giveBack(one.content(), settings.pause(), counted);
        Thread.sleep(settings.pause());
        watch.look();
    }

    /** What hangs or hangs up at everything is not to be laid to this content. One that hung up and is gone since may have died of it. */
    private static boolean mayBeWhy(Clamd.Away away, AntivirusWatch.Trial trial) {
        return away.late() ? trial == AntivirusWatch.Trial.SCANS : trial != AntivirusWatch.Trial.SCANS_NOTHING;
    }

    private void refused(ScanQueue.Taken one, Refusal refusal) throws InterruptedException {
        switch (refusal.code()) {
            case "storage.gone", "storage.forgotten" -> queue.forget(List.of(one.content()));
            case "storage.damaged" -> queue.giveBack(one.content(), Duration.ofHours(1), false);
            default -> {
                queue.giveBack(one.content(), LATER, false);
                Thread.sleep(settings.pause());
            }
        }
    }

    private void settle(ScanQueue.Taken one, ScanAnswer answer) {
        Verdict now = verdict(one.verdict(), answer);
        ContentId content = one.content();
        transaction.executeWithoutResult(status -> {
            if (queue.settle(content, now, watch.signatures())
                    && now.state() != one.verdict().state()) {
                events.publishEvent(
                        new VerdictChanged(content, one.member(), one.verdict().state(), now));
            }
        });
        if (now.state() == Verdict.State.FOUND || now.state() == Verdict.State.FAILED) {
            log.warn("Content {} is withheld: {} {}", content, now.state(), answer.detail());
        }
    }

    /** What an administrator says is no virus stays so, as long as it is the same that is found. */
    private static Verdict verdict(Verdict before, ScanAnswer answer) {
        return switch (answer.outcome()) {
            case CLEAN -> new Verdict(Verdict.State.CLEAN, null);
            case LARGE -> before.state() == Verdict.State.RELEASED ? before : new Verdict(Verdict.State.LARGE, null);
            case FAILED -> before.state() == Verdict.State.RELEASED ? before : new Verdict(Verdict.State.FAILED, null);
            case FOUND ->
                before.state() == Verdict.State.RELEASED && Objects.equals(before.virus(), answer.detail())
                        ? before
                        : new Verdict(Verdict.State.FOUND, answer.detail());
        };
    }
}
