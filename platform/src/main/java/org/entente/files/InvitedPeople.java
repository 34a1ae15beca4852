package org.entente.files;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationCard;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationKind;
import org.entente.directory.Affiliations;
import org.entente.directory.MemberId;
import org.entente.directory.NewAffiliation;
import org.entente.directory.NewPerson;
import org.entente.directory.People;
import org.entente.directory.PersonId;
import org.entente.directory.Post;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** In which capacity somebody who is invited comes: one they have, or one of a partner that is made for it. */
@Component
class InvitedPeople {

    /** What the directory keeps as the source of an affiliation that an invitation made, until somebody takes it over. */
    private static final String SOURCE = "invitation";

    /** Still the invitation's own: not taken over by a source or by hand, and nothing entrusted to it. */
    private static final String OURS =
            "a.kind = 'partner' AND a.source = 'invitation' AND NOT EXISTS (SELECT FROM directory.v_role_grant g WHERE g.affiliation = a.id)";

    private final JdbcClient jdbc;
    private final People people;
    private final Affiliations affiliations;
    private final Clock clock;

    InvitedPeople(JdbcClient jdbc, People people, Affiliations affiliations, Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.affiliations = affiliations;
        this.clock = clock;
    }

    /** @param made whether it came by an invitation of this member, now or before: then it lasts as long as invitations do */
    record Found(AffiliationId capacity, boolean made) {}

    /** At any time an address is one person's: theirs now, or from a day to come on. */
    Found find(MemberId member, NewPerson named, Post post, Author author) {
        Optional<Found> there = jdbc.sql("""
                        SELECT a.id, %s AND EXISTS (SELECT FROM files.invitation i WHERE i.capacity = a.id AND i.made AND i.member = :member) AS made
                        FROM directory.v_affiliation a WHERE a.address = :address AND a.phase <> 'ended' AND (a.valid_until IS NULL OR a.valid_until > :now)
                        ORDER BY a.live DESC, (files.keys(a.id) IS NOT NULL) DESC, a.id LIMIT 1""".formatted(OURS))
                .param("member", member.value())
                .param("address", post.address())
                .param("now", OffsetDateTime.now(clock))
                .query((row, n) ->
                        new Found(new AffiliationId(row.getObject("id", UUID.class)), row.getBoolean("made")))
                .optional();
        if (there.isPresent()) {
            if (there.get().made()) {
                stayUntil(member, there.get().capacity(), post.until(), author);
            }
            return there.get();
        }
        PersonId person = cameBefore(member, post.address()).orElseGet(() -> people.add(named, member, author));
        return new Found(
                affiliations.start(new NewAffiliation(person, member, AffiliationKind.PARTNER, post, SOURCE), author),
                true);
    }

    /** Whoever was this member's partner by that address is so again: nobody is entered twice. */
    private Optional<PersonId> cameBefore(MemberId member, @Nullable String address) {
        if (address == null) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        SELECT person FROM directory.v_affiliation WHERE member = ? AND address = ? AND kind = 'partner' ORDER BY valid_until DESC LIMIT 1""")
                .params(member.value(), address)
                .query(UUID.class)
                .optional()
                .map(PersonId::new);
    }

    private void stayUntil(MemberId member, AffiliationId capacity, @Nullable Instant until, Author author) {
        AffiliationCard card = affiliations.card(member, capacity);
        if (card.until() == null || until == null || !until.isAfter(card.until()) || !untilAsInvited(capacity)) {
            return;
        }
        affiliations.change(
                capacity,
                new Post(
                        card.function(),
                        card.unit() == null ? null : card.unit().id(),
                        card.address(),
                        card.phone(),
                        card.weeklyShare(),
                        card.from(),
                        until,
                        card.reference(),
                        card.groups()),
                card.version(),
                author);
    }

    /** Whether nobody has said another last day than invitations did: what an administrator shortened is not made longer. */
    private boolean untilAsInvited(AffiliationId capacity) {
        return jdbc.sql("""
                        SELECT coalesce(a.valid_until = (SELECT max(i.until) FROM files.invitation i WHERE i.capacity = a.id AND i.made), false)
                        FROM directory.v_affiliation a WHERE a.id = ?""").param(capacity.value()).query(Boolean.class).single();
    }

    /** Who came for an invitation only, and has no other, leaves: sessions, devices and all that is theirs here end with the capacity. */
    void letGo(UUID invitation, Author author) {
        jdbc.sql("""
                        SELECT a.id FROM files.invitation i JOIN directory.v_affiliation a ON a.id = i.capacity AND a.phase <> 'ended'
                        WHERE i.id = :id AND i.made AND %s AND NOT EXISTS (SELECT FROM files.invitation o
                            WHERE o.capacity = i.capacity AND o.id <> i.id AND o.ended_at IS NULL AND o.until > :now)""".formatted(OURS))
                .param("id", invitation)
                .param("now", OffsetDateTime.now(clock))
                .query(UUID.class)
                .optional()
                .ifPresent(capacity ->
                        affiliations.end(new AffiliationId(capacity), clock.instant(), "invitation", author));
    }

    static String text(String field, @Nullable String asked, int most) {
        String text = asked == null ? "" : PlainWords.line(asked);
        if (text.isEmpty()) {
            throw Refusal.invalidField(field, "field.missing", field);
        }
        if (text.length() > most) {
            throw Refusal.invalidField(field, "field.long", field, most);
        }
        return text;
    }
}
