package org.entente.keycloak.sources;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.saml.SAMLIdentityProvider;
import org.keycloak.broker.saml.SAMLIdentityProviderConfig;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.saml.validators.DestinationValidator;

/**
 * Keycloak's SAML provider, but that nobody is led to a member's to sign out before everything has ended here: Keycloak itself would go there first, with all
 * sessions still open, and one that does not answer would keep them so.
 */
final class SourceSaml extends SAMLIdentityProvider {

    SourceSaml(KeycloakSession session, SAMLIdentityProviderConfig config, DestinationValidator destinations) {
        super(session, config, destinations);
    }

    @Override
    public @Nullable Response keycloakInitiatedBrowserLogout(
            KeycloakSession session, UserSessionModel userSession, UriInfo uriInfo, RealmModel realm) {
        return Source.is(getConfig()) && userSession.getNote(Source.NOTHING_LEFT) == null
                ? null
                : super.keycloakInitiatedBrowserLogout(session, userSession, uriInfo, realm);
    }
}
