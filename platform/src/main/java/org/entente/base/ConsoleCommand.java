package org.entente.base;

import java.io.PrintWriter;
import java.util.Map;

/**
 * Something the operator's engineer asks of the running platform from the {@code entente} command, such as loading the demo
 * territory or verifying the ledger. Called over loopback with the console's secret; what it prints is streamed to the terminal.
 */
public interface ConsoleCommand {

    /** The word after {@code ./entente}, such as {@code demo} or {@code audit-verify}. */
    String name();

    /**
     * @param args options by name, without dashes
     * @param out the engineer's terminal, flushed line by line
     * @return whether it went well: the exit code of the command is 0 then, else 1
     */
    boolean run(Map<String, String> args, PrintWriter out);
}
