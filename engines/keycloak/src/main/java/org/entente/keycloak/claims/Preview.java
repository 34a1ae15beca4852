package org.entente.keycloak.claims;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.keycloak.Assurance;
import org.entente.keycloak.Capacity;
import org.keycloak.OAuth2Constants;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.protocol.ProtocolMapperUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.saml.SamlClient;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.protocol.saml.mappers.NameIdMapperHelper;
import org.keycloak.protocol.saml.mappers.SAMLAttributeStatementMapper;
import org.keycloak.protocol.saml.mappers.SAMLNameIdMapper;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.managers.UserSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * What an application would receive of a person who signs in in one capacity, by password and with a code where nobody enters without: by a session that lives no longer than the
 * question and the very mappers that a real sign-in runs through, so that it cannot say anything else.
 */
public final class Preview {

    /** What is of one sign-in only, and would be made up here. */
    private static final Set<String> OF_ONE_SIGN_IN = Set.of("exp", "iat", "auth_time", "jti", "sid", "at_hash", "typ");

    private final KeycloakSession session;
    private final RealmModel realm;

    public Preview(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** @param scopes all that the application was asked to be shown with */
    public record Answer(
            String protocol, List<String> scopes, Map<String, Object> idToken, Map<String, Object> userinfo) {}

    public Answer of(ClientModel client, UserModel person, Capacity capacity) {
        AuthenticationSessionManager signIns = new AuthenticationSessionManager(session);
        ClientModel before = session.getContext().getClient();
        AuthenticationSessionModel signIn =
                signIns.createAuthenticationSession(realm, false).createAuthenticationSession(client);
        try {
            session.getContext().setClient(client);
            return switch (client.getProtocol()) {
                case SamlProtocol.LOGIN_PROTOCOL -> saml(client, person, capacity, signIn);
                case CasWords.PROTOCOL -> cas(client, person, capacity, signIn);
                default -> oidc(client, person, capacity, signIn);
            };
        } finally {
            session.getContext().setClient(before);
            signIns.removeAuthenticationSession(realm, signIn, false);
        }
    }

    private Answer oidc(ClientModel client, UserModel person, Capacity capacity, AuthenticationSessionModel signIn) {
        List<String> scopes = new ArrayList<>(List.of(OAuth2Constants.SCOPE_OPENID));
        client.getClientScopes(false).keySet().stream()
                .filter(scope -> !scope.equals(OAuth2Constants.OFFLINE_ACCESS))
                .sorted()
                .forEach(scopes::add);
        signIn.setClientNote(OIDCLoginProtocol.SCOPE_PARAM, String.join(" ", scopes));
        ClientSessionContext context = entered(person, capacity, signIn, OIDCLoginProtocol.LOGIN_PROTOCOL);
        UserSessionModel userSession = context.getClientSession().getUserSession();
        TokenManager tokens = new TokenManager();
        Object idToken = tokens.responseBuilder(realm, client, null, session, userSession, context)
                .generateAccessToken()
                .generateIDToken()
                .getIdToken();
        AccessToken userinfo = tokens.transformUserInfoAccessToken(session, new AccessToken(), userSession, context);
        return new Answer(
                client.getProtocol(), scopes, plain(idToken), plain(tokens.generateUserInfoClaims(userinfo, person)));
    }

    private Answer saml(ClientModel client, UserModel person, Capacity capacity, AuthenticationSessionModel signIn) {
        ClientSessionContext context = entered(person, capacity, signIn, SamlProtocol.LOGIN_PROTOCOL);
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        UserSessionModel userSession = clientSession.getUserSession();
        String format = new SamlClient(client).getNameIDFormat();
        Map<String, Object> told = new LinkedHashMap<>();
        AttributeStatementType statement = new AttributeStatementType();
        ProtocolMapperUtils.getSortedProtocolMappers(session, context).forEach(entry -> {
            if (entry.getValue() instanceof SAMLNameIdMapper subject
                    && String.valueOf(format)
                            .equals(entry.getKey().getConfig().get(NameIdMapperHelper.MAPPER_NAMEID_FORMAT))) {
                told.put(
                        "NameID",
                        String.valueOf(subject.mapperNameId(
                                String.valueOf(format), entry.getKey(), session, userSession, clientSession)));
            } else if (entry.getValue() instanceof SAMLAttributeStatementMapper words) {
                words.transformAttributeStatement(statement, entry.getKey(), session, userSession, clientSession);
            }
        });
        statement.getAttributes().forEach(choice -> {
            List<Object> values = choice.getAttribute().getAttributeValue();
            told.put(choice.getAttribute().getName(), values.size() == 1 ? values.getFirst() : values);
        });
        return new Answer(client.getProtocol(), List.of(), Map.of(), told);
    }

    private Answer cas(ClientModel client, UserModel person, Capacity capacity, AuthenticationSessionModel signIn) {
        AuthenticatedClientSessionModel clientSession =
                entered(person, capacity, signIn, CasWords.PROTOCOL).getClientSession();
        Map<String, Object> told = new LinkedHashMap<>();
        CasWords.of(clientSession.getUserSession(), clientSession).ifPresent(said -> {
            told.put("user", said.user());
            told.putAll(said.attributes());
        });
        return new Answer(client.getProtocol(), List.of(), Map.of(), told);
    }

    private ClientSessionContext entered(
            UserModel person, Capacity capacity, AuthenticationSessionModel signIn, String protocol) {
        signIn.setAuthenticatedUser(person);
        signIn.setProtocol(protocol);
        signIn.setClientNote(
                OIDCLoginProtocol.ISSUER,
                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        signIn.setClientNote(Capacity.NOTE, capacity.id());
        signIn.setUserSessionNote(
                Capacity.FACTORS,
                Assurance.always(signIn.getClient())
                        ? PasswordCredentialModel.TYPE + " " + OTPCredentialModel.TYPE
                        : PasswordCredentialModel.TYPE);
        UserSessionModel userSession = new UserSessionManager(session)
                .createUserSession(
                        signIn.getParentSession().getId(),
                        realm,
                        person,
                        person.getUsername(),
                        session.getContext().getConnection().getRemoteHost(),
                        "entente-preview",
                        false,
                        null,
                        null,
                        UserSessionModel.SessionPersistenceState.TRANSIENT);
        AuthenticationManager.setClientScopesInSession(session, signIn);
        return TokenManager.attachAuthenticationSession(session, userSession, signIn);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> plain(Object token) {
        try {
            Map<String, Object> claims =
                    JsonSerialization.readValue(JsonSerialization.writeValueAsString(token), Map.class);
            claims.keySet().removeAll(OF_ONE_SIGN_IN);
            return claims;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
