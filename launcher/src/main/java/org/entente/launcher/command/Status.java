package org.entente.launcher.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.entente.launcher.supervisor.EngineState;
import org.entente.launcher.supervisor.EngineStatus;
import org.entente.launcher.supervisor.Processes;
import org.entente.launcher.supervisor.StatusFile;
import org.entente.launcher.territory.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Shows how each engine is. */
@Command(
        name = "status",
        description = "Shows each engine: state, port, memory, since when, restarts. Ends with 1 when not all serve.",
        mixinStandardHelpOptions = true)
final class Status implements Callable<Integer> {

    private static final String ROW = "%-12s %-10s %-22s %9s  %-19s %8s  %s";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @Override
    public Integer call() throws Exception {
        Place place = entente.place();
        Running running = Running.on(place);
        Terminal terminal = entente.terminal();
        Optional<StatusFile.Status> status = running.status();
        if (status.isEmpty() || (!running.supervised() && running.orphans().isEmpty())) {
            terminal.say("Entente does not run on " + place.data().root() + ". Start it: ./entente up");
            return 1;
        }
        terminal.say(String.format(ROW, "ENGINE", "STATE", "PORT", "MEMORY", "SINCE", "RESTARTS", "")
                .stripTrailing());
        Instant began = status.get().began();
        Optional<ProcessHandle> supervisor = status.get().supervisor();
        terminal.say(row(
                "supervisor",
                supervisor.isPresent() ? "running" : "killed",
                "",
                supervisor.map(Processes::memoryAlone).orElse(0L),
                began,
                "",
                ""));
        for (EngineStatus engine : status.get().engines()) {
            terminal.say(row(
                    engine.name(),
                    supervisor.isPresent() || engine.process().isPresent()
                            ? engine.state().name().toLowerCase(Locale.ROOT)
                            : "gone",
                    engine.where(),
                    engine.process()
                            .filter(process -> process.pid() != status.get().pid())
                            .map(Processes::memory)
                            .orElse(0L),
                    engine.since(),
                    engine.state() == EngineState.OUTSIDE ? "" : Integer.toString(engine.restarts()),
                    engine.note() == null
                            ? ""
                            : engine.note().lines().findFirst().orElse("")));
        }
        if (supervisor.isEmpty()) {
            terminal.say("");
            terminal.say("The supervisor was killed: nobody restarts these engines. ./entente up puts it right.");
            return 1;
        }
        return status.get().serves() ? 0 : 1;
    }

    private static String row(
            String name, String state, String where, long memory, Instant since, String restarts, String note) {
        String size = memory == 0 ? "" : memory / 1024 / 1024 + " MB";
        return String.format(ROW, name, state, where, size, TIME.format(since), restarts, note)
                .stripTrailing();
    }
}
