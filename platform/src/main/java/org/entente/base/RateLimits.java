package org.entente.base;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * How often something may be done by one sender, on this node. A bucket refills steadily, so that a burst is forgiven. Nodes do not
 * count together: the bound keeps load away, secrets are safe by their length.
 */
public final class RateLimits {

    private static final int MOST_SENDERS = 100_000;

    private final Cache<String, Bucket> buckets;
    private final long burst;
    private final Duration per;

    public RateLimits(long burst, Duration per) {
        this.burst = burst;
        this.per = per;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_SENDERS)
                .expireAfterAccess(per.multipliedBy(2))
                .build();
    }

    /** Counts once more; false when it was too often. */
    public boolean take(String sender) {
        return bucket(sender).tryConsume(1);
    }

    /** Counts once less: what was taken turned out to be nothing to bound. */
    public void giveBack(String sender) {
        bucket(sender).addTokens(1);
    }

    /** Whether once more would be too often, without counting. */
    public boolean exhausted(String sender) {
        Bucket bucket = buckets.getIfPresent(sender);
        return bucket != null && bucket.getAvailableTokens() == 0;
    }

    private Bucket bucket(String sender) {
        return buckets.get(
                sender,
                ignored -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(burst, per))
                        .build());
    }
}
