package org.entente.provisioning.spi;

import org.jspecify.annotations.Nullable;

/** The engine does not answer, or not in time: nothing is lost, the batch is tried again with back-off. */
public final class EngineUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EngineUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
