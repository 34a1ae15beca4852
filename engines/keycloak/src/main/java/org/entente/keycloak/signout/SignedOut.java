package org.entente.keycloak.signout;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.entente.keycloak.Json;
import org.entente.keycloak.backchannel.BackChannel;
import org.entente.keycloak.backchannel.Notice;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/**
 * What a sign-out has ended, for the page that says so: read off the session on the server, so that no address can put words on that page. Kept for some minutes,
 * under a name that only the browser that signed out is given.
 *
 * @param source what their provider is called that they are led to; null when they are led to none
 */
public record SignedOut(List<App> apps, @Nullable String source) {

    static final String BROWSER = "browser";

    private static final long GOOD_FOR_SECONDS = 300;
    private static final String KEY = "entente.signed-out.";
    private static final String SAYS = "says";

    /** @param notice that it is sent; null where the browser tells it */
    record App(String name, String means, @Nullable Notice notice) {

        static App of(String name, Notice notice) {
            return new App(name, notice.means().name().toLowerCase(Locale.ROOT), notice);
        }
    }

    /** @param source null when there is none */
    public record Seen(List<SeenApp> apps, @Nullable SeenSource source) {}

    /**
     * @param means {@code oidc_back_channel}, {@code saml_soap}, {@code cas_logout}, {@code browser} or {@code none}
     * @param outcome {@code answered}, {@code refused}, {@code silent} or {@code gone}; {@code shown} once the browser has been given its frame, {@code waiting}
     *     before; {@code untold} where there are no means
     */
    public record SeenApp(String name, String means, String outcome) {}

    /** @param outcome {@code waiting} until the browser has been led there; then {@code left}, and {@code returned} once it led back; or {@code unreached} */
    public record SeenSource(String name, String outcome) {}

    void keep(KeycloakSession session, String page) {
        session.singleUseObjects().put(KEY + page, GOOD_FOR_SECONDS, Map.of(SAYS, Json.write(this)));
    }

    static Optional<SignedOut> find(KeycloakSession session, String page) {
        return Optional.ofNullable(session.singleUseObjects().get(KEY + page))
                .map(all -> all.get(SAYS))
                .map(says -> Json.read(says, SignedOut.class));
    }

    static void framesWereShown(KeycloakSession session, String page) {
        session.singleUseObjects().put(KEY + page + ".frames", GOOD_FOR_SECONDS, Map.of());
    }

    static void sourceWasUnreached(KeycloakSession session, String page) {
        session.singleUseObjects().put(KEY + page + ".source", GOOD_FOR_SECONDS, Map.of());
    }

    /** @param over the session that ends when the provider leads back */
    static void ledToTheSource(KeycloakSession session, String page, UserSessionModel over) {
        session.singleUseObjects().put(KEY + page + ".source", GOOD_FOR_SECONDS, Map.of("over", over.getId()));
    }

    Seen seen(KeycloakSession session, RealmModel realm, BackChannel backChannel, String page) {
        List<Notice> sent = apps.stream()
                .map(App::notice)
                .filter(notice -> notice != null && notice.means() != Notice.Means.NONE)
                .toList();
        Map<String, String> told = backChannel.see(session, sent, false).stream()
                .collect(Collectors.toMap(BackChannel.Told::id, BackChannel.Told::outcome));
        String frames = session.singleUseObjects().get(KEY + page + ".frames") == null ? "waiting" : "shown";
        return new Seen(
                apps.stream()
                        .map(app -> new SeenApp(app.name(), app.means(), outcome(app, told, frames)))
                        .toList(),
                source == null ? null : new SeenSource(source, sourceOutcome(session, realm, page)));
    }

    private static String outcome(App app, Map<String, String> told, String frames) {
        Notice notice = app.notice();
        return notice == null ? frames : told.getOrDefault(notice.id(), "untold");
    }

    private static String sourceOutcome(KeycloakSession session, RealmModel realm, String page) {
        Map<String, String> led = session.singleUseObjects().get(KEY + page + ".source");
        if (led == null) {
            return "waiting";
        }
        String over = led.get("over");
        if (over == null) {
            return "unreached";
        }
        return session.sessions().getUserSession(realm, over) == null ? "returned" : "left";
    }
}
