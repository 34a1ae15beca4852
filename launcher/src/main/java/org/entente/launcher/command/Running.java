package org.entente.launcher.command;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.launcher.Trouble;
import org.entente.launcher.supervisor.EngineStatus;
import org.entente.launcher.supervisor.StatusFile;
import org.entente.launcher.territory.Place;

/** A territory as it runs, or does not, right now. */
final class Running {

    private static final Duration ORDERLY = Duration.ofSeconds(120);
    private static final Duration ALONE = Duration.ofSeconds(30);

    private final Optional<StatusFile.Status> status;

    private Running(Optional<StatusFile.Status> status) {
        this.status = status;
    }

    static Running on(Place place) throws IOException {
        return new Running(StatusFile.in(place.data().run()).read());
    }

    Optional<StatusFile.Status> status() {
        return status;
    }

    boolean supervised() {
        return status.flatMap(StatusFile.Status::supervisor).isPresent();
    }

    /** Engines that outlived a killed supervisor. */
    List<EngineStatus> orphans() {
        return supervised()
                ? List.of()
                : status.map(StatusFile.Status::engines).orElse(List.of()).stream()
                        .filter(engine -> engine.process().isPresent())
                        .toList();
    }

    /** Ends everything, in reverse order, whatever state it is in. */
    void stop(Terminal terminal) throws InterruptedException {
        Optional<ProcessHandle> supervisor = status.flatMap(StatusFile.Status::supervisor);
        List<EngineStatus> engines = status.map(StatusFile.Status::engines).orElse(List.of());
        supervisor.ifPresent(process -> {
            terminal.passing("stopping…");
            if (!process.destroy()) {
                throw new Trouble("The territory runs as another user: stop it as that user or as root.");
            }
            await(process, ORDERLY);
        });
        supervisor.filter(ProcessHandle::isAlive).ifPresent(process -> {
            terminal.say("The supervisor does not end: it is ended by force.");
            process.destroyForcibly();
            await(process, ALONE);
        });
        for (EngineStatus engine : engines.reversed()) {
            engine.process()
                    .filter(process -> process.pid() != pidOf(supervisor))
                    .ifPresent(process -> {
                        terminal.passing("ending " + engine.name() + ", which was left behind…");
                        signal(process, engine.name().equals("postgresql") ? "INT" : "TERM");
                        await(process, ALONE);
                        if (process.isAlive()) {
                            process.destroyForcibly();
                            await(process, ALONE);
                        }
                    });
        }
    }

    private static long pidOf(Optional<ProcessHandle> process) {
        return process.map(ProcessHandle::pid).orElse(-1L);
    }

    private static void signal(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(ProcessHandle process, Duration limit) {
        Instant end = Instant.now().plus(limit);
        try {
            while (process.isAlive() && Instant.now().isBefore(end)) {
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
