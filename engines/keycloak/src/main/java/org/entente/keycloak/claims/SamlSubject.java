package org.entente.keycloak.claims;

import java.util.List;
import org.entente.keycloak.ProConnect;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.saml.mappers.AbstractSAMLProtocolMapper;
import org.keycloak.protocol.saml.mappers.NameIdMapperHelper;
import org.keycloak.protocol.saml.mappers.SAMLNameIdMapper;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Who an assertion is about (SAML 2.0 Core 8.3): the person's address in this capacity, or an identifier that is the application's own and
 * always the same there.
 */
public final class SamlSubject extends AbstractSAMLProtocolMapper implements SAMLNameIdMapper {

    private static final String EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

    /** Null, which refuses the assertion, when the capacity has ended or has no address. */
    @Override
    public @Nullable String mapperNameId(
            String format,
            ProtocolMapperModel model,
            KeycloakSession session,
            UserSessionModel userSession,
            AuthenticatedClientSessionModel clientSession) {
        try {
            Told told = Told.of(userSession, clientSession);
            return format.equals(EMAIL) ? (String) told.value("email") : ProConnect.subject(told.client(), told.user());
        } catch (Told.Refused refused) {
            return null;
        }
    }

    @Override
    public String getId() {
        return "entente-saml-subject";
    }

    @Override
    public String getDisplayType() {
        return "Entente: who the assertion is about";
    }

    @Override
    public String getDisplayCategory() {
        return "NameID Mapper";
    }

    @Override
    public String getHelpText() {
        return "The address of the capacity, or an identifier of the application's own";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                NameIdMapperHelper.MAPPER_NAMEID_FORMAT,
                "Name ID Format",
                getHelpText(),
                ProviderConfigProperty.STRING_TYPE,
                null));
    }
}
