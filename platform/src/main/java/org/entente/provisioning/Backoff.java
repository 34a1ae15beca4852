package org.entente.provisioning;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before trying again: doubling, bounded, and never in step with the others. */
record Backoff(Duration first, Duration most) {

    /** For one account that its engine did not take. */
    static final Backoff ACCOUNT = new Backoff(Duration.ofSeconds(2), Duration.ofHours(1));

    /** For an engine that does not answer: short, since cuts may be waiting for it. */
    static final Backoff ENGINE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

    /** Between half and the whole of the doubled wait. */
    Duration after(int failures, RandomGenerator random) {
        int doublings = Math.clamp(failures - 1, 0, 30);
        long whole = Math.min(first.toMillis() << doublings, most.toMillis());
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
