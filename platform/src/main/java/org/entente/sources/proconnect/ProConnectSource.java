package org.entente.sources.proconnect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The territory's one registration as a service of ProConnect.
 *
 * @param trustsFactors whether it is believed that several factors were used
 * @param secret closed
 */
record ProConnectSource(
        State state, boolean trustsFactors, @Nullable Settings settings, byte @Nullable [] secret, int version) {

    /** Off; entered only by a link that names it; offered on the sign-in page. */
    enum State {
        OFF,
        TRIAL,
        ON;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What its discovery document said, and what we are to it.
     *
     * @param logoutUrl its end_session_endpoint
     * @param pkce whether it says that it knows PKCE: it refuses what it does not know
     */
    record Settings(
            String issuer,
            String authorizationUrl,
            String tokenUrl,
            String userInfoUrl,
            String jwksUrl,
            @Nullable String logoutUrl,
            String clientAuthentication,
            String clientId,
            boolean pkce) {}

    boolean described() {
        return settings != null && secret != null;
    }

    @Override
    public String toString() {
        return "ProConnectSource[" + state + ", " + settings + "]";
    }
}
