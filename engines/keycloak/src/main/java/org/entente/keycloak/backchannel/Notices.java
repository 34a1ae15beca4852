package org.entente.keycloak.backchannel;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.LogoutToken;
import org.keycloak.services.managers.ResourceAdminManager;
import org.keycloak.util.JsonSerialization;

/** Makes notices of client sessions, and messages of notices. */
public final class Notices {

    private static final Logger log = Logger.getLogger(Notices.class);

    /** OpenID Connect Back-Channel Logout 1.0, 2.4: at most two minutes are recommended. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(2);

    private static final String CLAIMS = "claims";

    private Notices() {}

    /** What the application of this client session, of OpenID Connect or SAML, is to be told of its end; made while the session still exists. */
    public static Notice of(KeycloakSession session, UserModel user, AuthenticatedClientSessionModel clientSession) {
        ClientModel client = clientSession.getClient();
        Optional<Notice> notice = "saml".equals(client.getProtocol())
                ? SoapLogout.notice(clientSession)
                : token(session, user, clientSession);
        return notice.orElseGet(() -> Notice.of(clientSession, Notice.Means.NONE, Map.of()));
    }

    private static Optional<Notice> token(
            KeycloakSession session, UserModel user, AuthenticatedClientSessionModel clientSession) {
        ClientModel client = clientSession.getClient();
        if (address(session, client) == null) {
            return Optional.empty();
        }
        ClientModel before = session.getContext().getClient();
        try {
            session.getContext().setClient(client);
            LogoutToken token = session.tokens().initLogoutToken(client, user, clientSession);
            token.id(null).iat(null).exp(null);
            return Optional.of(Notice.of(
                    clientSession,
                    Notice.Means.OIDC_BACK_CHANNEL,
                    Map.of(CLAIMS, JsonSerialization.writeValueAsString(token))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            session.getContext().setClient(before);
        }
    }

    /** The message, signed now, for an address that is still the application's; empty when it has none any more. */
    static Optional<Message> message(KeycloakSession session, Notice notice) {
        ClientModel client = session.getContext().getRealm().getClientByClientId(notice.client());
        if (client == null) {
            return Optional.empty();
        }
        try {
            return switch (notice.means()) {
                case OIDC_BACK_CHANNEL -> signed(session, client, notice);
                case SAML_SOAP -> SoapLogout.message(session, client, notice);
                case CAS_LOGOUT ->
                    Optional.of(Message.form(
                            URI.create(notice.facts().getOrDefault(Notice.TO, "")),
                            notice.facts().getOrDefault(Notice.PARAMETER, ""),
                            notice.facts().getOrDefault(Notice.VALUE, "")));
                case NONE -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            log.warnf("%s cannot be told of a logout: %s", client.getClientId(), e.getMessage());
            return Optional.empty();
        }
    }

    private static @Nullable String address(KeycloakSession session, ClientModel client) {
        String url = ResourceAdminManager.getBackchannelLogoutUrl(session, client);
        return url == null || url.isBlank() ? null : url;
    }

    private static Optional<Message> signed(KeycloakSession session, ClientModel client, Notice notice) {
        String url = address(session, client);
        if (url == null) {
            return Optional.empty();
        }
        ClientModel before = session.getContext().getClient();
        try {
            session.getContext().setClient(client);
            LogoutToken token = JsonSerialization.readValue(notice.facts().get(CLAIMS), LogoutToken.class);
            long now = Time.currentTime();
            token.id(KeycloakModelUtils.generateId()).iat(now).exp(now + GOOD_FOR.toSeconds());
            return Optional.of(Message.form(
                    URI.create(url), "logout_token", session.tokens().encode(token)));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        } finally {
            session.getContext().setClient(before);
        }
    }

    /** Those that say something of their own. */
    public static List<Notice> distinct(List<Notice> notices) {
        List<Notice> distinct = new ArrayList<>();
        notices.stream()
                .filter(notice -> distinct.stream().noneMatch(notice::saysAs))
                .forEach(distinct::add);
        return distinct;
    }
}
