package org.entente.keycloak.people;

import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.common.util.Time;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.urls.UrlType;

/** The link by which a person signs in for the first time: chooses a password, and a second factor where one is needed. */
final class FirstSignIn {

    private static final int LONGEST = 30 * 24 * 3600;

    /** User attribute: the links that were handed out, each with the second it expires. */
    private static final String LINKS = "entente.links";

    private final KeycloakSession session;
    private final RealmModel realm;

    FirstSignIn(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    Link link(UserModel user, Asked asked) {
        int expires = Time.currentTime() + Math.clamp(asked.lifespanSeconds(), 60, LONGEST);
        String clientId = asked.clientId() == null ? "account" : asked.clientId();
        ClientModel client = realm.getClientByClientId(clientId);
        String back = client == null ? null : client.getBaseUrl();
        ExecuteActionsActionToken token = new ExecuteActionsActionToken(
                user.getId(), user.getEmail(), expires, actions(user), asked.redirectUri(), clientId);
        remember(user, token.serializeKey(), expires);
        // The link is for a browser, whatever address this call came in by.
        UriInfo uri = session.getContext().getUri(UrlType.FRONTEND);
        UriBuilder link = LoginActionsService.actionTokenProcessor(uri)
                .queryParam("key", token.serialize(session, realm, uri))
                .queryParam("client_id", clientId);
        return new Link(
                link.build(realm.getName()).toString(),
                Instant.ofEpochSecond(expires).toString(),
                back);
    }

    /** To the address of the account, in its language. */
    void mail(UserModel user, Asked asked) throws EmailException {
        Link link = link(user, asked);
        session.getProvider(EmailTemplateProvider.class)
                .setRealm(realm)
                .setUser(user)
                .setAttribute(Constants.TEMPLATE_ATTR_REQUIRED_ACTIONS, actions(user))
                .sendExecuteActions(link.url(), Math.max(1, asked.lifespanSeconds() / 60));
    }

    private static void remember(UserModel user, String key, int expires) {
        List<String> links = user.getAttributeStream(LINKS)
                .filter(link -> expiry(link) > Time.currentTime())
                .collect(Collectors.toCollection(ArrayList::new));
        links.add(key + " " + expires);
        user.setAttribute(LINKS, links);
    }

    /** Whoever was handed a link could give all that the person had; not what they have from now on. */
    void withdraw(UserModel user) {
        int now = Time.currentTime();
        List<String> links = user.getAttributeStream(LINKS).toList();
        for (String link : links) {
            if (expiry(link) > now) {
                session.revokedTokens().put(link.substring(0, link.lastIndexOf(' ')), expiry(link) - now);
            }
        }
        if (!links.isEmpty()) {
            user.removeAttribute(LINKS);
        }
    }

    private static int expiry(String link) {
        return Integer.parseInt(link.substring(link.lastIndexOf(' ') + 1));
    }

    private static List<String> actions(UserModel user) {
        List<String> actions = new ArrayList<>(List.of(UserModel.RequiredAction.UPDATE_PASSWORD.name()));
        if (Boolean.parseBoolean(user.getFirstAttribute(PersonState.NEEDS_SECOND_FACTOR)) && !hasSecondFactor(user)) {
            actions.add(UserModel.RequiredAction.CONFIGURE_TOTP.name());
        }
        return actions;
    }

    private static boolean hasSecondFactor(UserModel user) {
        return List.of(
                        OTPCredentialModel.TYPE,
                        WebAuthnCredentialModel.TYPE_TWOFACTOR,
                        WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                .stream()
                .anyMatch(user.credentialManager()::isConfiguredFor);
    }

    record Asked(
            String person,
            int lifespanSeconds,
            @Nullable String clientId,
            @Nullable String redirectUri) {}

    record Link(String url, String expiresAt, @Nullable String back) {}
}
