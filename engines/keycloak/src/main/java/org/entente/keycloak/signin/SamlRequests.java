package org.entente.keycloak.signin;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Each request of a SAML application is answered once: Keycloak itself would answer one that somebody kept or stole again and again. */
final class SamlRequests {

    private static final long DAY = 86_400;

    private SamlRequests() {}

    static boolean answered(AuthenticationFlowContext context) {
        String key = key(context.getAuthenticationSession());
        return key != null && context.getSession().singleUseObjects().contains(key);
    }

    static void answer(AuthenticationFlowContext context) {
        String key = key(context.getAuthenticationSession());
        if (key != null) {
            context.getSession().singleUseObjects().put(key, DAY, Map.of());
        }
    }

    private static @Nullable String key(AuthenticationSessionModel signIn) {
        String request = signIn.getClientNote(SamlProtocol.SAML_REQUEST_ID);
        return request == null ? null : "entente.saml." + signIn.getClient().getId() + "." + request;
    }
}
