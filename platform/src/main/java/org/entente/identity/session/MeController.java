package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.PersonId;
import org.entente.directory.Right;
import org.entente.identity.UnreadNotices;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Who I am, in which capacity I act, and what I chose for myself. */
@RestController
class MeController {

    /** Rights that everyone who is signed in has say nothing. */
    private static final Set<Right> TOLD =
            EnumSet.complementOf(EnumSet.of(Right.PUBLIC, Right.SIGNED_IN, Right.PERSON, Right.WHOLE_PERSON));

    private final Capacities capacities;
    private final Preferences preferences;
    private final SessionStore sessions;
    private final ObjectProvider<UnreadNotices> notices;

    MeController(
            Capacities capacities,
            Preferences preferences,
            SessionStore sessions,
            ObjectProvider<UnreadNotices> notices) {
        this.capacities = capacities;
        this.preferences = preferences;
        this.sessions = sessions;
        this.notices = notices;
    }

    record PersonRef(UUID id, String givenName, String usualName) {}

    /**
     * @param unconfirmed those of the capacities for which this session does not count as long as its person has not confirmed, by their own password,
     *     that it is them
     * @param invited whether the acting capacity is only what an invitation to a space made: no directory, no pooling
     */
    record Me(
            PersonRef person,
            @Nullable Capacity acting,
            List<Capacity> capacities,
            List<UUID> unconfirmed,
            List<Right> rights,
            String language,
            String density,
            int unreadNotices,
            boolean invited) {}

    /** The capacity to act in from now on. */
    record Choice(@Nullable AffiliationId capacity) {}

    @GetMapping("/api/me")
    @Needs(Right.SIGNED_IN)
    Me me(PortalSession session, HttpServletRequest request) {
        return me(session, session.acting() == null ? null : session.actor(request.getRemoteAddr()));
    }

    /** Without a new sign-in; refused unless it is a live capacity of this person at this very moment. */
    @PutMapping("/api/me/capacity")
    @Needs(Right.SIGNED_IN)
    @Transactional
    public Me act(@RequestBody Choice choice, PortalSession session, HttpServletRequest request) {
        AffiliationId capacity = choice.capacity();
        if (capacity == null) {
            throw Refusal.invalidField("capacity", "required");
        }
        capacities.mustBeOf(session, capacity);
        sessions.actIn(session.id(), capacity);
        preferences.used(session.person(), capacity);
        Actor actor = sessions.again(session.id())
                .orElseThrow(() -> Refusal.of(Refusal.Kind.UNAUTHENTICATED, "unauthenticated"))
                .actor(request.getRemoteAddr());
        return me(session, actor);
    }

    @PatchMapping("/api/me/preferences")
    @Needs(Right.PERSON)
    @Transactional
    public Preferences.Chosen prefer(@RequestBody Preferences.Change change, Actor actor) {
        preferences.change(actor.person(), change);
        return preferences.of(actor.person()).chosen();
    }

    private Me me(PortalSession session, @Nullable Actor actor) {
        PersonId person = session.person();
        List<Capacity> mine = capacities.of(person);
        Preferences.Profile profile = preferences.of(person);
        UnreadNotices unread = notices.getIfAvailable();
        return new Me(
                new PersonRef(person.value(), profile.givenName(), profile.usualName()),
                actor == null
                        ? null
                        : mine.stream()
                                .filter(capacity ->
                                        capacity.id().equals(actor.capacity().value()))
                                .findFirst()
                                .orElse(null),
                mine,
                mine.stream()
                        .filter(capacity -> !session.reach()
                                .includes(new MemberId(capacity.member().id())))
                        .map(Capacity::id)
                        .toList(),
                actor == null
                        ? List.of()
                        : Arrays.stream(Right.values())
                                .filter(TOLD::contains)
                                .filter(right -> actor.may(right, actor.member()))
                                .toList(),
                profile.chosen().language(),
                profile.chosen().density(),
                unread == null || session.reach().limited() ? 0 : unread.of(person),
                actor != null && actor.invited());
    }
}
