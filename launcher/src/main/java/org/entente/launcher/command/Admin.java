package org.entente.launcher.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.entente.launcher.territory.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The way in for who runs the territory: the first one, and whoever must come back in. */
@Command(
        name = "admin",
        description = "Makes somebody an administrator of the territory and prints their first sign-in link.",
        mixinStandardHelpOptions = true)
final class Admin implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @Parameters(paramLabel = "ADDRESS", description = "their professional address at the operator")
    private String address = "";

    @Mixin
    private Names names = new Names();

    /** Who it is, where the address is nobody's yet. */
    static final class Names {

        @Option(
                names = "--given-name",
                paramLabel = "NAME",
                description = "first name, for somebody who is not known yet")
        private @Nullable String given;

        @Option(
                names = "--usual-name",
                paramLabel = "NAME",
                description = "last name, for somebody who is not known yet")
        private @Nullable String usual;
    }

    @Override
    public Integer call() throws Exception {
        return make(entente.place(), entente.terminal(), address, names);
    }

    static int make(Place place, Terminal terminal, String address, Names names) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("address", address);
        if (names.given != null) {
            options.put("given", names.given);
        }
        if (names.usual != null) {
            options.put("usual", names.usual);
        }
        return new Console(place, terminal).run("admin-new", options);
    }
}
