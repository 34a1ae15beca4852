package org.entente.launcher.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Has accounts compared with the engines now instead of in the night. */
@Command(
        name = "reconcile",
        description = "Compares every account with its engine, repairs what drifted, and says what it repaired.",
        mixinStandardHelpOptions = true)
final class Reconcile implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @Option(names = "--service", description = "only this service")
    private @Nullable String service;

    @Override
    public Integer call() throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        if (service != null) {
            options.put("service", service);
        }
        return new Console(entente.place(), entente.terminal()).run("reconcile", options);
    }
}
