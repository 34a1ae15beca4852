package org.entente.keycloak.signout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.keycloak.backchannel.BackChannel;
import org.entente.keycloak.backchannel.Notice;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/** Signing out in the portal, as the platform's door begins it and asks about it. */
public final class SignOuts {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final BackChannel backChannel;

    public SignOuts(KeycloakSession session, RealmModel realm, BackChannel backChannel) {
        this.session = session;
        this.realm = realm;
        this.backChannel = backChannel;
    }

    /** What only the browser can do, read off a session that is about to end. */
    public static final class Begun {
        private final SignOut left;

        private Begun(SignOut left) {
            this.left = left;
        }
    }

    /**
     * @param to where the browser goes first; empty when nothing is left for it to do
     * @param page names what {@link #seen} tells
     */
    public record Ended(String to, String page) {}

    /** @param next where the browser is to be in the end */
    public Begun begin(UserSessionModel ending, String next) {
        return new Begun(SignOut.of(session, ending, next));
    }

    /** @param notices that applications are sent, now that the session is gone */
    public Ended ended(Begun begun, List<Notice> notices) {
        SignOut left = begun.left;
        List<SignedOut.App> apps = new ArrayList<>();
        left.tells().forEach(tell -> apps.add(new SignedOut.App(tell.name(), SignedOut.BROWSER, null)));
        for (Notice notice : notices) {
            ClientModel client = realm.getClientByClientId(notice.client());
            boolean told = left.tells().stream().anyMatch(tell -> tell.client().equals(notice.client()));
            if (client != null && !told && !client.getClientId().equals(SignOutResource.PORTAL)) {
                apps.add(SignedOut.App.of(Tell.name(client), notice));
            }
        }
        new SignedOut(apps, left.source() == null ? null : name(left.source())).keep(session, left.page());
        String to = left.needsTheBrowser() ? left.keep(session, realm).toString() : "";
        return new Ended(to, left.page());
    }

    private String name(String alias) {
        String name = session.identityProviders().getByAlias(alias).getDisplayName();
        return name == null ? alias : name;
    }

    /** What has been ended, and how far it was confirmed; waits some seconds at most for who has not answered. Empty once it is forgotten. */
    public Optional<SignedOut.Seen> seen(String page) {
        return SignedOut.find(session, page).map(all -> all.seen(session, realm, backChannel, page));
    }
}
