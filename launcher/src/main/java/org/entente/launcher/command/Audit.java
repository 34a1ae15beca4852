package org.entente.launcher.command;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Looks after the ledger. */
@Command(name = "audit", description = "Looks after the ledger: audit verify.", mixinStandardHelpOptions = true)
final class Audit {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    /** Ends with 1 when an entry was changed, removed or moved. */
    @Command(
            name = "verify",
            description = "Checks the whole ledger: ends with 1 when an entry was changed, removed or moved.",
            mixinStandardHelpOptions = true)
    int verify() throws Exception {
        return new Console(entente.place(), entente.terminal()).run("audit-verify", Map.of());
    }
}
