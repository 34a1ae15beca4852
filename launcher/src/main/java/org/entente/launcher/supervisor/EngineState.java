package org.entente.launcher.supervisor;

/** Where an engine is in its life. */
public enum EngineState {
    /** Waits for another engine to serve first. */
    WAITING,
    STARTING,
    RUNNING,
    /** Died; will be started again after a pause that grows. */
    PAUSING,
    /** A server of somebody else, only looked at. */
    OUTSIDE,
    FAILED,
    STOPPED;

    /** Whether {@code up} has nothing more to wait for. */
    public boolean serves() {
        return this == RUNNING || this == OUTSIDE;
    }
}
