package org.entente.keycloak;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * By whose word somebody is signed in who did not prove by a means of their own that it is them: their member's provider or directory. It speaks for that
 * member alone until the person has confirmed it, once, by their own password. A session that began unconfirmed stays so; one that began confirmed becomes
 * so when the confirmation is taken back, which is done when yet another member takes them in.
 *
 * @param key what is confirmed: the member, and which of its sources as it is now
 * @param members for whom it speaks, confirmed or not
 * @param confirmed whether the person had confirmed it when the session began
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Vouching(String key, Set<String> members, boolean confirmed) {

    /** User session note: this record; empty for who came by a means of their own. */
    private static final String NOTE = "entente.vouching";

    /** User attribute: the keys that this person has confirmed. */
    private static final String CONFIRMED = "entente.confirmed";

    public Vouching {
        members = new TreeSet<>(members);
    }

    /** What the word of this source of a member is worth for somebody now. */
    public static Vouching of(UserModel user, String member, String source) {
        return of(user, member, source, Set.of(member));
    }

    /** The same of a source that is nobody's alone. */
    public static Vouching of(UserModel user, String whose, String source, Set<String> members) {
        String key = whose + " " + source;
        return new Vouching(key, members, isConfirmed(user, key));
    }

    /** Whether the person has anything with a member for which it does not speak. */
    public boolean elsewhere(UserModel user) {
        return Capacities.of(user).stream().anyMatch(capacity -> !members.contains(capacity.member()));
    }

    /** Has the person's confirmation kept, in the place of that of the same source when it was elsewhere. */
    public Vouching confirm(UserModel user) {
        String[] words = key.split(" ", 3);
        String same = words[0] + " " + words[1];
        List<String> all = new ArrayList<>(user.getAttributeStream(CONFIRMED).toList());
        all.removeIf(one -> one.equals(same) || one.startsWith(same + " "));
        all.add(key);
        user.setAttribute(CONFIRMED, all);
        return new Vouching(key, members, true);
    }

    /** Has the session that begins remember it. */
    public void keep(AuthenticationSessionModel signIn) {
        signIn.setUserSessionNote(NOTE, Json.write(this));
    }

    /** Whatever was said of them before, they prove now by a means of their own. */
    public static void none(AuthenticationSessionModel signIn) {
        signIn.setUserSessionNote(NOTE, "");
    }

    /** Has a sign-in that goes on with a session say what that says, so that a new one, should it end meanwhile, is no more than it was. */
    public static void carry(@Nullable UserSessionModel session, AuthenticationSessionModel signIn) {
        String note = session == null ? null : session.getNote(NOTE);
        if (note != null && !signIn.getUserSessionNotes().containsKey(NOTE)) {
            signIn.setUserSessionNote(NOTE, note);
        }
    }

    /** The members to which a sign-in under way is limited; empty when it is not. */
    public static Optional<Set<String>> only(UserModel user, AuthenticationSessionModel signIn) {
        return only(user, signIn.getUserSessionNotes().get(NOTE));
    }

    /** The members to which a session is limited; empty when it is not. */
    public static Optional<Set<String>> only(UserSessionModel session) {
        return only(session.getUser(), session.getNote(NOTE));
    }

    /** Whether the session began by the word of a source, confirmed or not. */
    public static boolean bySource(UserSessionModel session) {
        return read(session.getNote(NOTE)).isPresent();
    }

    /** Whether a session is good for this capacity. */
    public static boolean allows(UserSessionModel session, Capacity capacity) {
        return only(session).map(members -> members.contains(capacity.member())).orElse(true);
    }

    /** Forgets what was confirmed for other members than these. */
    public static void forgetOthers(UserModel user, Set<String> members) {
        List<String> all = user.getAttributeStream(CONFIRMED).toList();
        List<String> kept = all.stream()
                .filter(key -> members.contains(key.split(" ", 2)[0]))
                .toList();
        if (kept.size() < all.size()) {
            user.setAttribute(CONFIRMED, kept);
        }
    }

    private static Optional<Set<String>> only(UserModel user, @Nullable String note) {
        return read(note)
                .filter(one -> !one.confirmed() || !isConfirmed(user, one.key()))
                .map(Vouching::members);
    }

    private static Optional<Vouching> read(@Nullable String note) {
        return note == null || note.isEmpty() ? Optional.empty() : Optional.of(Json.read(note, Vouching.class));
    }

    private static boolean isConfirmed(UserModel user, String key) {
        return user.getAttributeStream(CONFIRMED).anyMatch(key::equals);
    }
}
