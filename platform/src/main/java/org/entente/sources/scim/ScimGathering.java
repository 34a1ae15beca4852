package org.entente.sources.scim;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Single creates that one software asks for at the same time. While one transaction runs, those that come wait and are made by the next one together; who was
 * just answered mostly comes again at once, and is waited for a few milliseconds. Who is alone waits for nobody. If they cannot be made together each is tried
 * alone, so each is answered as if it had been alone, and none is answered before it is kept.
 */
@Component
class ScimGathering {

    private static final int AT_ONCE = 200;
    private static final long COMES_AGAIN = Duration.ofMillis(5).toNanos();
    private static final long LOOK = Duration.ofNanos(200_000).toNanos();

    private final ScimArrivals arrivals;
    /** What the ledger says of one author, and no more, is written together. */
    private final LoadingCache<ScimCall, Lane> lanes =
            Caffeine.newBuilder().weakValues().build(call -> new Lane());

    ScimGathering(ScimArrivals arrivals) {
        this.arrivals = arrivals;
    }

    private static final class Lane {
        private final ReentrantLock turn = new ReentrantLock(true);
        private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

        /** How many were there when the last were made: those who were answered then, and those who waited. */
        private int expected;
    }

    /** One request; what became of it is written and read by whoever has the turn. */
    private static final class Waiting {
        private final ScimUser user;
        private ScimUsers.@Nullable Shown made;
        private @Nullable ScimException refused;
        private @Nullable RuntimeException failed;

        private Waiting(ScimUser user) {
            this.user = user;
        }

        boolean isAnswered() {
            return made != null || refused != null || failed != null;
        }

        ScimUsers.Shown answer() throws ScimException {
            if (refused != null) {
                throw refused;
            }
            if (failed != null) {
                throw failed;
            }
            return Objects.requireNonNull(made);
        }
    }

    ScimUsers.Shown create(ScimCall call, ScimUser user) throws ScimException {
        Lane lane = lanes.get(call);
        Waiting mine = new Waiting(user);
        lane.waiting.add(mine);
        lane.turn.lock();
        try {
            while (!mine.isAnswered()) {
                List<Waiting> together = next(lane);
                // Empty when whoever took this one died on it.
                make(call, together.isEmpty() ? List.of(mine) : together);
                lane.expected = Math.min(AT_ONCE, together.size() + lane.waiting.size());
            }
        } finally {
            // Whatever happened to the others, nothing of this request stays behind.
            lane.waiting.remove(mine);
            lane.turn.unlock();
        }
        return mine.answer();
    }

    private static List<Waiting> next(Lane lane) {
        long until = System.nanoTime() + COMES_AGAIN;
        while (lane.waiting.size() < lane.expected && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK);
        }
        List<Waiting> together = new ArrayList<>();
        for (Waiting one = lane.waiting.poll(); one != null; one = lane.waiting.poll()) {
            together.add(one);
            if (together.size() == AT_ONCE) {
                break;
            }
        }
        return together;
    }

    private void make(ScimCall call, List<Waiting> together) {
        if (together.size() > 1) {
            try {
                List<ScimUsers.Shown> made = arrivals.createAll(
                        call, together.stream().map(one -> one.user).toList());
                for (int at = 0; at < together.size(); at++) {
                    together.get(at).made = made.get(at);
                }
                return;
            } catch (ScimException | Refusal | DataAccessException | TransactionException oneIsWrong) {
                // Nothing of it was kept: which one it was shows when each is tried.
            }
        }
        together.forEach(one -> alone(call, one));
    }

    private void alone(ScimCall call, Waiting one) {
        try {
            one.made = arrivals.createAll(call, List.of(one.user)).getFirst();
        } catch (ScimException e) {
            one.refused = e;
        } catch (RuntimeException e) {
            one.failed = e;
        }
    }
}
