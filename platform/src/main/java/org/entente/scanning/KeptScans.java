package org.entente.scanning;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.entente.storage.ContentsUnused;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Component
class KeptScans implements Scans {

    private final ScanQueue queue;
    private final ScanSettings settings;
    private final ScanGate gate;
    private final ScanWork work;
    private final AntivirusWatch watch;
    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;

    KeptScans(
            ScanQueue queue,
            ScanSettings settings,
            ScanGate gate,
            ScanWork work,
            AntivirusWatch watch,
            JdbcClient jdbc,
            Ledger ledger,
            ApplicationEventPublisher events) {
        this.queue = queue;
        this.settings = settings;
        this.gate = gate;
        this.work = work;
        this.watch = watch;
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.events = events;
    }

    @Override
    public boolean matter() {
        return gate.matters();
    }

    @Override
    public boolean servesLarge() {
        return settings.tooLarge() == ScanSettings.TooLarge.SERVE;
    }

    @Override
    public void want(MemberId member, Collection<Wanted> contents) {
        transaction();
        if (!settings.on() || contents.isEmpty()) {
            return;
        }
        queue.want(
                contents.stream()
                        .map(one -> new Contents.Used(one.content(), member, one.size()))
                        .toList(),
                ScanQueue.Rank.NEW,
                settings.most().toBytes());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.ring();
            }
        });
    }

    @Override
    public String release(MemberId member, ContentId content, Author author) {
        transaction();
        Verdict before = queue.withheld(member, content).orElseThrow(() -> Refusal.notFound("antivirus.unknown"));
        String virus = Objects.requireNonNullElse(before.virus(), "?");
        queue.release(content, virus);
        Verdict now = new Verdict(Verdict.State.RELEASED, virus);
        events.publishEvent(new VerdictChanged(content, member, before.state(), now));
        ledger.record(new Entry(
                author,
                "antivirus.released",
                member.value(),
                "content",
                content.toString(),
                virus,
                Map.of(),
                Map.of("virus", virus)));
        return virus;
    }

    @Override
    public Optional<Health> health() {
        if (!settings.on()) {
            return Optional.empty();
        }
        long waiting = jdbc.sql(
                        "SELECT count(*) FROM scanning.content WHERE due IS NOT NULL AND state = 'waiting' AND made_at < now() - interval '1 minute'")
                .query(Long.class)
                .single();
        AntivirusWatch.Seen seen = watch.seen();
        return Optional.of(new Health(seen.answers(), seen.detail(), waiting, seen.since()));
    }

    /** In the transaction that released them. */
    @EventListener
    void unused(ContentsUnused gone) {
        if (gate.matters()) {
            queue.forget(gone.contents());
        }
    }

    private static void transaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Needs the caller's transaction");
        }
    }
}
