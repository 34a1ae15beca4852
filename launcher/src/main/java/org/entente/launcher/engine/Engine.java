package org.entente.launcher.engine;

import java.io.IOException;

/** One program of the territory on this machine, for whoever orders, watches and stops them all. */
public interface Engine extends AutoCloseable {

    /** As it is called on the terminal, such as {@code postgresql}. */
    String name();

    /** Starts it and comes back when it serves; an engine that does not come up says why. */
    void start() throws IOException, InterruptedException;

    /** The running program. */
    ProcessHandle process();

    /** Asks it to end, waits, and ends it by force when it does not. */
    @Override
    void close() throws IOException, InterruptedException;
}
