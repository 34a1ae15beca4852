package org.entente.office;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How much each capacity has in all drafts together: no quota counts them, since what is saved of them is counted as a file. Counted at each node, and all of it
 * anew each minute: what is written at another node meanwhile, or not kept after all, is found then.
 */
@Component
class DraftShares {

    /** What an entry takes beside its bytes, so that very many small ones are bounded too. */
    static final int LEAST = 256;

    private static final int MOST_CAPACITIES = 100_000;

    private final Cache<AffiliationId, AtomicLong> shares = Caffeine.newBuilder()
            .maximumSize(MOST_CAPACITIES)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    private final JdbcClient jdbc;
    private final OfficeSettings settings;

    DraftShares(JdbcClient jdbc, OfficeSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    static int charge(byte[] update) {
        return Math.max(update.length, LEAST);
    }

    /** @throws Refusal TOO_LARGE {@code office.share-full} */
    void take(AffiliationId by, byte[] update) {
        AtomicLong share = shares.get(by, this::share);
        if (share.addAndGet(charge(update)) > settings.largestShare().toBytes()) {
            share.addAndGet(-charge(update));
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "office.share-full");
        }
    }

    /**
     * A state in place of entries, in the transaction that took these away: it is in the share of whoever puts it, as any other entry.
     *
     * @param freed who had what it replaces: their shares are counted anew
     * @throws Refusal TOO_LARGE {@code office.share-full}
     */
    void exchange(AffiliationId by, Collection<AffiliationId> freed, byte[] state) {
        if (share(by).get() + charge(state) > settings.largestShare().toBytes()) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "office.share-full");
        }
        shares.invalidate(by);
        shares.invalidateAll(freed);
    }

    private AtomicLong share(AffiliationId by) {
        return new AtomicLong(
                jdbc.sql("SELECT coalesce(sum(greatest(length(body), ?)), 0)::bigint FROM office.entry WHERE by = ?")
                        .params(LEAST, by.value())
                        .query(Long.class)
                        .single());
    }
}
