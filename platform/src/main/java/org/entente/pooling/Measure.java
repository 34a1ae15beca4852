package org.entente.pooling;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.entente.base.Refusal;

/**
 * Something counted for each member by which a cost may be shared: the population, the agents, or a usage fact such as
 * {@code accounts.mail} or {@code storage-gib}.
 */
public record Measure(@JsonValue String code) {

    public static final Measure POPULATION = new Measure("population");
    public static final Measure AGENTS = new Measure("agents");
    public static final Measure ACCOUNTS = new Measure("accounts");

    @JsonCreator
    public Measure {
        if (!code.matches("[a-z][a-z0-9.-]{0,63}")) {
            throw Refusal.invalid("pooling.measure.invalid", code);
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
