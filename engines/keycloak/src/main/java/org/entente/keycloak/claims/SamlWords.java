package org.entente.keycloak.claims;

import java.util.Collection;
import java.util.List;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType;
import org.keycloak.dom.saml.v2.assertion.AttributeType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.saml.mappers.AbstractSAMLProtocolMapper;
import org.keycloak.protocol.saml.mappers.SAMLAttributeStatementMapper;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The attributes of an assertion (SAML 2.0 Core 2.7.3), of the capacity in which the person enters: ProConnect's words, and the names that
 * directories of people have always used (RFC 2798) where SAML applications expect them. No assertion for a capacity that has ended.
 */
public final class SamlWords extends AbstractSAMLProtocolMapper implements SAMLAttributeStatementMapper {

    private static final String BASIC = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";

    @Override
    public void transformAttributeStatement(
            AttributeStatementType statement,
            ProtocolMapperModel model,
            KeycloakSession session,
            UserSessionModel userSession,
            AuthenticatedClientSessionModel clientSession) {
        DirectoryWords.of(Told.of(userSession, clientSession))
                .forEach((attribute, value) ->
                        statement.addAttribute(new AttributeStatementType.ASTChoiceType(attribute(attribute, value))));
    }

    private static AttributeType attribute(String name, Object value) {
        AttributeType attribute = new AttributeType(name);
        attribute.setNameFormat(BASIC);
        Collection<?> values = value instanceof Collection<?> several ? several : List.of(value);
        values.forEach(one -> attribute.addAttributeValue(one.toString()));
        return attribute;
    }

    @Override
    public String getId() {
        return "entente-saml-words";
    }

    @Override
    public String getDisplayType() {
        return "Entente: the capacity";
    }

    @Override
    public String getDisplayCategory() {
        return "AttributeStatement Mapper";
    }

    @Override
    public String getHelpText() {
        return String.join(", ", DirectoryWords.ATTRIBUTES);
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
