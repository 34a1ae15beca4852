package org.entente.launcher.command;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Looks after what is kept in the object store. */
@Command(
        name = "storage",
        description = "Looks after what is kept in the object store: storage verify, storage new-keys.",
        mixinStandardHelpOptions = true)
final class Storage {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @Command(
            name = "verify",
            description = "Says whether all that is kept is there. Ends with 1 when something is not.",
            mixinStandardHelpOptions = true)
    int verify(
            @Option(names = "--deep", description = "fetch every byte and compare its hash") boolean deep,
            @Option(names = "--remove-strays", description = "remove objects that the database does not know")
                    boolean removeStrays)
            throws Exception {
        Map<String, String> options = new HashMap<>();
        if (deep) {
            options.put("deep", "yes");
        }
        if (removeStrays) {
            options.put("remove-strays", "yes");
        }
        return new Console(entente.place(), entente.terminal()).run("storage-verify", options);
    }

    @Command(
            name = "new-keys",
            description = "Enciphers what is kept from now on with keys made anew.",
            mixinStandardHelpOptions = true)
    int newKeys() throws Exception {
        return new Console(entente.place(), entente.terminal()).run("storage-new-keys", Map.of());
    }
}
