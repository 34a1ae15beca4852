package org.entente.base;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Works of one kind that are asked for at the same time. While some are done, those that come to the same lane wait and are done by the next transaction together;
 * who was just answered mostly comes again at once, and is waited for a few milliseconds. Who is alone waits for nobody. What cannot be done together is tried
 * alone, beside the others, so each is answered as if it had been alone, and none is answered before it is kept.
 *
 * @param <L> whose works may be done together: equal lanes are one
 * @param <W> a work
 * @param <A> what became of it
 * @param <E> what refuses it
 */
public final class Gathering<L, W, A, E extends Exception> {

    /** How the works are done. */
    public interface Doing<L, W, A, E extends Exception> {

        /** In one transaction. @return what became of each, in their order; null for what is to be tried alone */
        List<@Nullable A> together(L lane, List<W> works) throws E;

        A alone(L lane, W work) throws E;

        /** Whether one of them may be to blame for this, so that each is to be tried alone; else it is the answer of all. */
        boolean blamesOne(Exception failure);
    }

    private static final long LOOK = Duration.ofNanos(200_000).toNanos();

    private final Doing<L, W, A, E> doing;
    private final int atOnce;
    private final long comesAgain;
    private final LoadingCache<L, Lane<W, A>> lanes =
            Caffeine.newBuilder().weakValues().build(lane -> new Lane<>());

    /** @param comesAgain how long those are waited for who were just answered */
    public Gathering(Doing<L, W, A, E> doing, int atOnce, Duration comesAgain) {
        this.doing = doing;
        this.atOnce = atOnce;
        this.comesAgain = comesAgain.toNanos();
    }

    private static final class Lane<W, A> {
        private final ReentrantLock turn = new ReentrantLock(true);
        private final Queue<Waiting<W, A>> waiting = new ConcurrentLinkedQueue<>();

        /** How many were there when the last were done: those who were answered then, and those who waited. */
        private int expected;
    }

    /** One work; what became of it is written and read by whoever has the turn. */
    private static final class Waiting<W, A> {
        private final W work;
        private @Nullable A done;
        private @Nullable Exception failed;

        /** It could not be done together: whoever asked does it, after the turn and beside the others. */
        private boolean byItself;

        private Waiting(W work) {
            this.work = work;
        }

        boolean isDecided() {
            return done != null || failed != null || byItself;
        }
    }

    /** Does it, alone or with others. */
    public A ask(L where, W work) throws E {
        Lane<W, A> lane = lanes.get(where);
        Waiting<W, A> mine = new Waiting<>(work);
        lane.waiting.add(mine);
        lane.turn.lock();
        try {
            while (!mine.isDecided()) {
                List<Waiting<W, A>> together = next(lane);
                // Empty when whoever took this one died on it.
                answer(where, together.isEmpty() ? List.of(mine) : together);
                lane.expected = Math.min(atOnce, together.size() + lane.waiting.size());
            }
        } finally {
            // Whatever happened to the others, nothing of this one stays behind.
            lane.waiting.remove(mine);
            lane.turn.unlock();
        }
        return mine.byItself ? doing.alone(where, mine.work) : result(mine);
    }

    @SuppressWarnings("unchecked") // nothing else is thrown by what does it
    private A result(Waiting<W, A> mine) throws E {
        if (mine.failed instanceof RuntimeException failed) {
            throw failed;
        }
        if (mine.failed != null) {
            throw (E) mine.failed;
        }
        return Objects.requireNonNull(mine.done);
    }

    private List<Waiting<W, A>> next(Lane<W, A> lane) {
        long until = System.nanoTime() + comesAgain;
        while (lane.waiting.size() < lane.expected && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK);
        }
        List<Waiting<W, A>> together = new ArrayList<>();
        for (Waiting<W, A> one = lane.waiting.poll(); one != null; one = lane.waiting.poll()) {
            together.add(one);
            if (together.size() == atOnce) {
                break;
            }
        }
        return together;
    }

    private void answer(L where, List<Waiting<W, A>> together) {
        if (together.size() == 1) {
            alone(where, together.getFirst());
            return;
        }
        try {
            List<@Nullable A> done =
                    doing.together(where, together.stream().map(one -> one.work).toList());
            for (int at = 0; at < together.size(); at++) {
                together.get(at).done = done.get(at);
                together.get(at).byItself = done.get(at) == null;
            }
        } catch (Exception failure) {
            // Nothing of it was kept: which one it was shows when each is tried.
            boolean oneIsWrong = doing.blamesOne(failure);
            for (Waiting<W, A> one : together) {
                one.byItself = oneIsWrong;
                one.failed = oneIsWrong ? null : failure;
            }
        }
    }

    /** Under the turn, so that those who come meanwhile wait for it and are done together. */
    private void alone(L where, Waiting<W, A> one) {
        try {
            one.done = doing.alone(where, one.work);
        } catch (Exception failure) {
            one.failed = failure;
        }
    }
}
