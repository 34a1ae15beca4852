package org.entente.launcher.supervisor;

import java.io.IOException;

/** What the supervisor has in its charge: an engine of this machine, or a server of somebody else. */
interface Charge {

    EngineStatus status();

    /** The first start: a failure is told to the caller, who gives up. */
    void start() throws Exception;

    /** Stays as long as the territory is up and sees to it that the engine is too. */
    void watch() throws InterruptedException;

    void stop() throws IOException, InterruptedException;
}
