package org.entente.launcher.supervisor;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.entente.launcher.engine.Engine;
import org.jspecify.annotations.Nullable;

/** One engine under watch: when it dies it is started again, after a pause that doubles while it keeps dying. */
final class Watched implements Charge {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration STEADY = Duration.ofMinutes(5);

    private final Engine engine;
    private final String where;
    private final Preparation afterStart;
    private final Clock clock;
    private final Consumer<String> log;
    private volatile EngineStatus status;
    private volatile boolean stopping;

    /** What must be done each time the engine serves, such as making its databases. */
    interface Preparation {
        void run() throws Exception;
    }

    Watched(Engine engine, String where, Preparation afterStart, Clock clock, Consumer<String> log) {
        this.engine = engine;
        this.where = where;
        this.afterStart = afterStart;
        this.clock = clock;
        this.log = log;
        this.status = new EngineStatus(engine.name(), EngineState.WAITING, where, 0, null, clock.instant(), 0, null);
    }

    @Override
    public EngineStatus status() {
        EngineStatus now = status;
        // A program that is still starting must be known too: it is to be ended when the supervisor is killed
        // meanwhile.
        return now.state() == EngineState.STARTING ? with(now, process()) : now;
    }

    @Override
    public void start() throws Exception {
        become(EngineState.STARTING, null);
        long from = System.nanoTime();
        try {
            engine.start();
            afterStart.run();
        } catch (Exception e) {
            become(EngineState.FAILED, e.getMessage());
            throw e;
        }
        become(EngineState.RUNNING, null);
        log.accept(engine.name() + " serves on " + where + " after "
                + Duration.ofNanos(System.nanoTime() - from).toMillis() + " ms");
    }

    @Override
    public void watch() throws InterruptedException {
        if (engine.process().equals(ProcessHandle.current())) {
            return;
        }
        Duration pause = FIRST_PAUSE;
        while (!stopping) {
            engine.process().onExit().join();
            if (stopping) {
                return;
            }
            if (Duration.between(status.since(), clock.instant()).compareTo(STEADY) > 0) {
                pause = FIRST_PAUSE;
            }
            pause = startAgain("It died.", pause);
        }
    }

    private Duration startAgain(String why, Duration firstPause) throws InterruptedException {
        Duration pause = firstPause;
        String note = why;
        while (!stopping) {
            log.accept(engine.name() + " is down: " + note + " Starts again in " + pause.toSeconds() + " s");
            become(EngineState.PAUSING, note);
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            if (stopping) {
                break;
            }
            status = new EngineStatus(
                    engine.name(), EngineState.STARTING, where, 0, null, clock.instant(), status.restarts() + 1, note);
            try {
                engine.start();
                afterStart.run();
                become(EngineState.RUNNING, null);
                log.accept(engine.name() + " serves again");
                return pause;
            } catch (IOException | RuntimeException | java.sql.SQLException e) {
                note = String.valueOf(e.getMessage());
                closeQuietly();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                note = e.toString();
                closeQuietly();
            }
        }
        return pause;
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        stopping = true;
        engine.close();
        become(EngineState.STOPPED, null);
    }

    private void closeQuietly() throws InterruptedException {
        try {
            engine.close();
        } catch (IOException e) {
            log.accept(engine.name() + " could not be ended: " + e.getMessage());
        }
    }

    private void become(EngineState state, @Nullable String note) {
        EngineStatus next =
                new EngineStatus(engine.name(), state, where, 0, null, clock.instant(), status.restarts(), note);
        status = state == EngineState.RUNNING ? with(next, process()) : next;
    }

    private static EngineStatus with(EngineStatus status, @Nullable ProcessHandle process) {
        Instant began = process == null ? null : process.info().startInstant().orElse(null);
        return process == null || began == null
                ? status
                : new EngineStatus(
                        status.name(),
                        status.state(),
                        status.where(),
                        process.pid(),
                        began,
                        status.since(),
                        status.restarts(),
                        status.note());
    }

    private @Nullable ProcessHandle process() {
        try {
            return engine.process();
        } catch (IllegalStateException notStarted) {
            return null;
        }
    }
}
