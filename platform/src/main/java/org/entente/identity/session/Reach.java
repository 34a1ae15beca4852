package org.entente.identity.session;

import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * How far a session reaches: who came by the word of one member's own provider or directory, and did not confirm it by a password of their own, acts for that
 * member only.
 *
 * @param bySource whether it began by the word of such a source, confirmed or not
 * @param only the members for which alone it counts; null: all
 */
record Reach(boolean bySource, @Nullable List<UUID> only) {

    static final Reach EVERYWHERE = new Reach(false, null);

    Reach {
        only = only == null ? null : List.copyOf(only);
    }

    /** As Keycloak said it at the sign-in. */
    static Reach of(OidcUser user) {
        List<String> only = user.getClaimAsStringList("entente_only_members");
        return new Reach(
                Boolean.TRUE.equals(user.getClaimAsBoolean("entente_by_source")),
                only == null ? null : only.stream().map(UUID::fromString).toList());
    }

    boolean includes(MemberId member) {
        return only == null || only.contains(member.value());
    }

    boolean limited() {
        return only != null;
    }

    /** For what is of the person as a whole. */
    void mustBeWhole() {
        if (limited()) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "session.limited");
        }
    }

    /** For SQL: null where there is no limit. */
    UUID @Nullable [] array() {
        return only == null ? null : only.toArray(UUID[]::new);
    }
}
