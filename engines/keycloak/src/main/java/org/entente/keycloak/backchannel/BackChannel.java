package org.entente.keycloak.backchannel;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.ResourceAdminManager;

/**
 * Tells apps that a session of theirs has ended (OpenID Connect Back-Channel Logout, CAS single logout). Keycloak's own does so one app
 * after the other before it answers; here all are told at once, after the commit, and an app that hangs delays nobody: its tokens are
 * refused already.
 */
public final class BackChannel implements AutoCloseable {

    private static final Logger log = Logger.getLogger(BackChannel.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * One notice, made while the client session still exists.
     *
     * @param parameter of the form that is posted, whose value is the message
     */
    public record Notice(String clientId, URI to, String parameter, String message) {}

    /** The notice for the app of this client session; none when the app asked for none. */
    public static List<Notice> notice(
            KeycloakSession session, UserModel user, AuthenticatedClientSessionModel clientSession) {
        ClientModel client = clientSession.getClient();
        String url = ResourceAdminManager.getBackchannelLogoutUrl(session, client);
        if (url == null) {
            return List.of();
        }
        ClientModel before = session.getContext().getClient();
        try {
            session.getContext().setClient(client);
            String token = session.tokens().encode(session.tokens().initLogoutToken(client, user, clientSession));
            return List.of(new Notice(client.getClientId(), URI.create(url), "logout_token", token));
        } catch (IllegalArgumentException e) {
            log.warnf("The back-channel logout URL of %s is not one: %s", client.getClientId(), url);
            return List.of();
        } finally {
            session.getContext().setClient(before);
        }
    }

    /** Sends the notices once the running transaction is committed. */
    public void afterCommit(KeycloakSession session, List<Notice> notices) {
        if (notices.isEmpty()) {
            return;
        }
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                notices.forEach(BackChannel.this::send);
            }

            @Override
            protected void rollbackImpl() {
                // Nothing ended, nobody is told.
            }
        });
    }

    private void send(Notice notice) {
        HttpRequest request = HttpRequest.newBuilder(notice.to())
                .timeout(ANSWER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        notice.parameter() + "=" + URLEncoder.encode(notice.message(), StandardCharsets.UTF_8)))
                .build();
        var unused = http.sendAsync(request, BodyHandlers.discarding()).whenComplete((response, failure) -> {
            if (failure != null) {
                log.infof("%s did not take its logout notice: %s", notice.clientId(), failure.getMessage());
            } else if (response.statusCode() >= 300) {
                log.infof("%s refused its logout notice: %d", notice.clientId(), response.statusCode());
            }
        });
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
