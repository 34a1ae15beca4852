package org.entente.scanning;

import java.util.List;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Asks for what was there before the antivirus was, and for what nobody asked for; forgets what is gone. */
@Component
class ScanSweep {

    private static final int BATCH = 1000;
    private static final UUID FIRST = new UUID(0, 0);

    private final ScanQueue queue;
    private final ScanSettings settings;
    private final Contents contents;
    private final ScanWork work;

    ScanSweep(ScanQueue queue, ScanSettings settings, Contents contents, ScanWork work) {
        this.queue = queue;
        this.settings = settings;
        this.contents = contents;
        this.work = work;
    }

    @Scheduled(
            initialDelayString = "${entente.antivirus.sweep.first:1m}",
            fixedDelayString = "${entente.antivirus.sweep.every:6h}")
    @SchedulerLock(name = "antivirus-sweep", lockAtMostFor = "PT2H")
    public void sweep() {
        if (settings.on()) {
            forgetGone();
            askForAll();
        }
    }

    private void askForAll() {
        ContentId last = new ContentId(FIRST);
        List<Contents.Used> some;
        do {
            some = contents.used(last, BATCH);
            if (!some.isEmpty()) {
                queue.want(some, ScanQueue.Rank.BEFORE, settings.most().toBytes());
                last = some.getLast().id();
                work.ring();
            }
        } while (some.size() == BATCH);
    }

    private void forgetGone() {
        UUID last = FIRST;
        List<ContentId> some;
        do {
            some = queue.after(last, BATCH);
            queue.forget(contents.unused(some));
            last = some.isEmpty() ? last : some.getLast().value();
        } while (some.size() == BATCH);
    }
}
