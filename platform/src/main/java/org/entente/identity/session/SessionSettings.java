package org.entente.identity.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a portal session lives.
 *
 * @param idle without any request
 * @param absolute whatever its use: the person signs in again at least once in this time
 */
@ConfigurationProperties("entente.session")
record SessionSettings(
        @DefaultValue("2h") Duration idle,
        @DefaultValue("12h") Duration absolute) {

    SessionSettings {
        if (idle.isNegative() || idle.isZero() || absolute.compareTo(idle) < 0) {
            throw new IllegalArgumentException("entente.session: idle must be positive and not longer than absolute");
        }
    }
}
