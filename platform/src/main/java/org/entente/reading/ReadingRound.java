package org.entente.reading;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.base.Refusal;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.entente.storage.WordSeal;
import org.entente.storage.WordSeals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Reads what waits, one content after the other, on every node that has the program for it. */
@Component
class ReadingRound {

    private static final Logger log = LoggerFactory.getLogger(ReadingRound.class);

    /** How often one is tried with which the program died. */
    private static final int MOST_ATTEMPTS = 2;

    private static final Duration LATER = Duration.ofMinutes(1);
    private static final int BATCH = 1000;
    private static final UUID FIRST = new UUID(0, 0);

    private final ReadingQueue queue;
    private final ReadingSettings settings;
    private final ReaderProcess reader;
    private final Contents contents;
    private final Words words;
    private final WordSeals seals;
    private final Clock clock;
    private volatile Instant busy = Instant.EPOCH;
    private volatile boolean ending;

    ReadingRound(
            ReadingQueue queue,
            ReadingSettings settings,
            ReaderProcess reader,
            Contents contents,
            Words words,
            WordSeals seals,
            Clock clock) {
        this.queue = queue;
        this.settings = settings;
        this.reader = reader;
        this.contents = contents;
        this.words = words;
        this.seals = seals;
        this.clock = clock;
    }

    @EventListener
    public void started(ApplicationReadyEvent ready) {
        if (!settings.on()) {
            queue.forgetAll();
        }
    }

    @EventListener
    public void ending(org.springframework.context.event.ContextClosedEvent closed) {
        ending = true;
    }

    /** Until nothing waits. The program ends when it was idle for a while. */
    @Scheduled(initialDelayString = "${entente.reading.first:20s}", fixedDelayString = "${entente.reading.every:5s}")
    public void round() {
        if (!settings.reads()) {
            return;
        }
        while (!ending) {
            Optional<ReadingQueue.Taken> next = queue.take();
            if (next.isEmpty()) {
                break;
            }
            if (!read(next.get())) {
                break;
            }
            busy = clock.instant();
        }
        if (reader.runs() && busy.plus(settings.idle()).isBefore(clock.instant())) {
            reader.stop();
        }
    }

    /** @return whether it is worth going on: not while the object store is away */
    private boolean read(ReadingQueue.Taken taken) {
        ContentId content = taken.content();
        if (taken.attempts() > MOST_ATTEMPTS) {
            queue.refuse(content, TextState.Reason.DIED); // whoever took it before did not come back
            return true;
        }
        try (InputStream bytes = contents.open(content)) {
            settle(taken, reader.read(bytes, taken.size(), taken.mediaType()));
        } catch (ReaderProcess.Died died) {
            if (ending) {
                queue.giveBack(content, Duration.ZERO);
            } else if (taken.attempts() < MOST_ATTEMPTS && died.reason() != TextState.Reason.MEMORY) {
                queue.again(content, LATER);
            } else {
                log.info("Content {} is not read: {}", content, died.reason());
                queue.refuse(content, died.reason());
            }
        } catch (Refusal refusal) {
            return refused(taken, refusal);
        } catch (IOException | RuntimeException e) {
            log.warn("Content {} could not be read, and is tried again", content, e);
            queue.again(content, LATER);
        }
        return true;
    }

    private boolean refused(ReadingQueue.Taken taken, Refusal refusal) {
        switch (refusal.code()) {
            case "storage.gone", "storage.forgotten" -> queue.forget(List.of(taken.content()));
            case "antivirus.waiting", "antivirus.away" -> queue.giveBack(taken.content(), LATER);
            case "antivirus.found", "antivirus.failed", "antivirus.large" ->
                queue.refuse(taken.content(), TextState.Reason.WITHHELD);
            case "storage.damaged" -> queue.refuse(taken.content(), TextState.Reason.BROKEN);
            default -> {
                queue.giveBack(taken.content(), LATER);
                return false;
            }
        }
        return true;
    }

    private void settle(ReadingQueue.Taken taken, ReaderProcess.Text text) {
        ContentId content = taken.content();
        switch (text.outcome()) {
            case BROKEN -> queue.refuse(content, TextState.Reason.BROKEN);
            case BOMB -> queue.refuse(content, TextState.Reason.BOMB);
            case CLOSED -> queue.refuse(content, TextState.Reason.CLOSED);
            case READ -> {
                Set<String> found = words.of(text.text());
                if (found.isEmpty()) {
                    queue.nothing(content);
                } else {
                    WordSeal seal = seals.current(taken.member());
                    queue.read(content, seal.id(), seal.of(found));
                }
            }
        }
    }

    /** What was forgotten elsewhere and is still known here, such as of a content that went while it was asked for. */
    @Scheduled(cron = "${entente.reading.cron:0 10 4 * * *}", zone = "${entente.territory.zone:Europe/Paris}")
    @SchedulerLock(name = "reading-sweep", lockAtMostFor = "PT2H")
    public void sweep() {
        UUID last = FIRST;
        List<ContentId> some;
        do {
            some = queue.after(last, BATCH);
            queue.forget(contents.unused(some));
            last = some.isEmpty() ? last : some.getLast().value();
        } while (some.size() == BATCH);
        queue.forgetSilent();
    }
}
