package org.entente.launcher.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.entente.launcher.territory.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Fills the demo territory, after starting what does not run. */
@Command(
        name = "demo",
        description = "Loads the demo territory and prints the accounts to try; starts Entente when it is down.",
        mixinStandardHelpOptions = true)
final class Demo implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @Option(names = "--persons", description = "how many fictitious people (default: about 400; 30000 is full size)")
    private int persons;

    @Override
    public Integer call() throws Exception {
        Place place = entente.place();
        if (!Running.on(place).supervised()) {
            new Starter(place, entente.terminal()).start();
        }
        Map<String, String> options = new LinkedHashMap<>();
        if (persons > 0) {
            options.put("persons", Integer.toString(persons));
        }
        int code = new Console(place, entente.terminal()).run("demo", options);
        if (code == 0) {
            entente.terminal().say("");
            entente.terminal().say("Sign in: " + place.settings().platform().publicUrl());
        }
        return code;
    }
}
