package org.entente.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Stops the territory, also what a killed supervisor left behind. */
@Command(name = "down", description = "Stops everything, in reverse order.", mixinStandardHelpOptions = true)
final class Down implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @Override
    public Integer call() throws Exception {
        Running running = Running.on(entente.place());
        if (!running.supervised() && running.orphans().isEmpty()) {
            entente.terminal().say("Nothing runs.");
            return 0;
        }
        running.stop(entente.terminal());
        entente.terminal().say("Everything has stopped.");
        return 0;
    }
}
