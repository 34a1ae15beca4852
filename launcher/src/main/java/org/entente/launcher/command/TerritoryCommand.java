package org.entente.launcher.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.entente.launcher.territory.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes territories. */
@Command(
        name = "territory",
        description = "Makes a territory.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "new",
        subcommands = TerritoryCommand.New.class)
final class TerritoryCommand implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @picocli.CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private picocli.CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return 2;
    }

    /** An empty territory of a real place. */
    @Command(
            name = "new",
            description =
                    "Makes an empty territory of any place in France, from the national list that comes with Entente.",
            mixinStandardHelpOptions = true)
    static final class New implements Callable<Integer> {

        @ParentCommand
        @SuppressWarnings("NullAway.Init")
        private TerritoryCommand territory;

        @Option(
                names = "--epci",
                required = true,
                paramLabel = "SIREN",
                description = "the grouping whose communes are members")
        private String epci = "";

        @Option(names = "--also", paramLabel = "SIREN,…", description = "authorities beside them, by SIREN")
        private @Nullable String also;

        @Option(names = "--name", description = "what the territory is called (default: as the grouping)")
        private @Nullable String name;

        @Option(names = "--operator", paramLabel = "SIREN", description = "the member that runs it")
        private @Nullable String operator;

        @Option(names = "--admin", paramLabel = "ADDRESS", description = "mail address of its first operator admin")
        private @Nullable String admin;

        @Mixin
        private Admin.Names names = new Admin.Names();

        @Override
        public Integer call() throws Exception {
            Place place = territory.entente.place();
            if (!Running.on(place).supervised()) {
                new Starter(place, territory.entente.terminal()).start();
            }
            Map<String, String> options = new LinkedHashMap<>();
            options.put("epci", epci);
            put(options, "also", also);
            put(options, "name", name);
            put(options, "operator", operator);
            Terminal terminal = territory.entente.terminal();
            int code = new Console(place, terminal).run("territory-new", options);
            if (code != 0) {
                return code;
            }
            if (admin != null) {
                code = Admin.make(place, terminal, admin, names);
            } else {
                terminal.say("Nobody administers it yet: ./entente admin ADDRESS --given-name … --usual-name …");
            }
            terminal.say("Sign in: " + place.settings().platform().publicUrl());
            return code;
        }

        private static void put(Map<String, String> options, String key, @Nullable String value) {
            if (value != null) {
                options.put(key, value);
            }
        }
    }
}
