package org.entente.reading;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.entente.directory.MemberId;
import org.entente.scanning.VerdictChanged;
import org.entente.storage.ContentId;
import org.entente.storage.ContentsUnused;
import org.entente.storage.WordSeals;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Component
class KeptTexts implements Texts {

    /** A question of more words than these is no question. */
    private static final int MOST_ASKED = 20;

    private final ReadingQueue queue;
    private final ReadingSettings settings;
    private final Words words;
    private final WordSeals seals;

    KeptTexts(ReadingQueue queue, ReadingSettings settings, Words words, WordSeals seals) {
        this.queue = queue;
        this.settings = settings;
        this.words = words;
        this.seals = seals;
    }

    @Override
    public boolean on() {
        return settings.reads();
    }

    @Override
    public void want(MemberId member, Collection<Written> contents) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Needs the caller's transaction");
        }
        if (on() && !contents.isEmpty()) {
            queue.want(member, contents, settings.most().toBytes());
        }
    }

    @Override
    public List<long[]> ask(Collection<MemberId> members, String asked) {
        if (!on() || asked.length() > 1000) {
            return List.of();
        }
        Set<String> wanted = words.of(asked);
        if (wanted.isEmpty() || wanted.size() > MOST_ASKED) {
            return List.of();
        }
        return seals.all(members).stream().map(seal -> seal.of(wanted)).toList();
    }

    @Override
    public TextState state(MemberId member, ContentId content) {
        return !on() || queue.silent(member)
                ? new TextState(TextState.State.OFF, null)
                : queue.state(content).orElse(new TextState(TextState.State.WAITING, null));
    }

    /** What it said is found no more; or it may be read now, and is asked for again by whoever has it. */
    @EventListener
    void judged(VerdictChanged verdict) {
        if (verdict.withheld()) {
            queue.withhold(verdict.content());
        } else if (verdict.freed()) {
            queue.forget(List.of(verdict.content()));
        }
    }

    /** In the transaction that released them: what they said is gone when they are. */
    @EventListener
    void unused(ContentsUnused gone) {
        queue.forget(gone.contents());
    }
}
