package org.entente.files;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.entente.access.Subscriptions;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationKind;
import org.entente.directory.MemberId;
import org.entente.directory.NewPerson;
import org.entente.directory.Post;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Invites outside partners to a space, and takes invitations back. Who invites is answered the same whether or not somebody in the territory has that
 * address already: all that is refused is refused before anyone is looked for, and what was made is told in the words of the invitation.
 */
@Component
class Inviting {

    private static final String SERVICE = "files";
    private static final int MOST_OF_A_SPACE = 200;
    private static final int MOST_IN_A_DAY = 50;
    private static final int MOST_OF_AN_ADDRESS = 3;

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Spaces spaces;
    private final InviteRules rules;
    private final Invitations invitations;
    private final InvitedPeople people;
    private final Subscriptions subscriptions;
    private final ActBook acts;
    private final Ledger ledger;
    private final Clock clock;

    Inviting(
            JdbcClient jdbc,
            Sight sight,
            Spaces spaces,
            InviteRules rules,
            Invitations invitations,
            InvitedPeople people,
            Subscriptions subscriptions,
            ActBook acts,
            Ledger ledger,
            Clock clock) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.spaces = spaces;
        this.rules = rules;
        this.invitations = invitations;
        this.people = people;
        this.subscriptions = subscriptions;
        this.acts = acts;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Whom, for what, and until when. */
    record Wanted(
            @Nullable String address,
            @Nullable String givenName,
            @Nullable String usualName,
            @Nullable String organisation,
            @Nullable String reason,
            @Nullable SpaceRole role,
            @Nullable Instant until) {}

    /**
     * @throws Refusal FORBIDDEN {@code file.not-manager}, {@code file.invite.partner}, {@code file.invite.not-allowed}; INVALID {@code file.invite.until},
     *     {@code file.invite.role}, {@code file.invite.member-domain}, {@code address.invalid}, {@code field…}; CONFLICT {@code file.invite.kind}, {@code
     *     file.invite.no-files}, {@code file.invite.there}; TOO_MANY {@code file.invite.many}
     */
    @Transactional
    public Invited invite(Visitor visitor, SpaceId id, Wanted wanted) {
        FileSpace space = managed(visitor, id);
        if (List.of(sight.keys(visitor)).stream().noneMatch(key -> key.startsWith("m:"))) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.invite.partner");
        }
        Instant until = demandAllowed(space.member(), wanted.until());
        NewPerson named = new NewPerson(said(wanted.givenName()), said(wanted.usualName()), null, null);
        Post post = new Post(
                InvitedPeople.text("organisation", wanted.organisation(), 200),
                null,
                InvitedPeople.text("address", wanted.address(), 254),
                null,
                null,
                clock.instant(),
                until,
                null,
                List.of());
        String reason = InvitedPeople.text("reason", wanted.reason(), 500);
        SpaceRole role = wanted.role() == null ? SpaceRole.READ : wanted.role();
        if (role == SpaceRole.MANAGE) {
            throw Refusal.invalidField("role", "file.invite.role");
        }
        String address = Objects.requireNonNull(post.address());
        demandOutside(address);
        if (!subscriptions.takes(space.member(), SERVICE, AffiliationKind.PARTNER)) {
            throw Refusal.conflict("file.invite.no-files");
        }
        demandRoom(id, visitor, address);
        InvitedPeople.Found found = people.find(space.member(), named, post, visitor.author());
        UUID made = jdbc.sql("""
                        INSERT INTO files.invitation (space, member, address, given_name, usual_name, organisation, reason, role, capacity, made, by, made_at, until)
                        VALUES (:space, :member, :address, :given, :usual, :organisation, :reason, :role, :capacity, :made, :by, :at, :until) RETURNING id""")
                .param("space", id.value())
                .param("member", space.member().value())
                .param("address", address)
                .param("given", named.givenName())
                .param("usual", named.usualName())
                .param("organisation", post.function())
                .param("reason", reason)
                .param("role", role.code())
                .param("capacity", found.capacity().value())
                .param("made", found.made())
                .param("by", visitor.capacity().value())
                .param("at", OffsetDateTime.now(clock))
                .param("until", Rows.at(until))
                .query(UUID.class)
                .single();
        // Who has a share of their own there keeps it.
        jdbc.sql("""
                        INSERT INTO files.share (node, to_key, role, by, made_at, until, invitation) VALUES (:node, 'c:' || :capacity, :role, :by, :at, :until, :invitation)
                        ON CONFLICT (node, to_key) DO NOTHING""")
                .param("node", space.root().value())
                .param("capacity", found.capacity().value())
                .param("role", role.code())
                .param("by", visitor.capacity().value())
                .param("at", OffsetDateTime.now(clock))
                .param("until", Rows.at(until))
                .param("invitation", made)
                .update();
        acts.add(visitor, space.root(), Act.INVITED);
        Invited invited = invitations.one(space.member(), made);
        record(visitor.author(), "file-invitation.made", invited, space.member());
        return invited;
    }

    /** Of a space that this visitor manages, the last first. */
    List<Invited> of(Visitor visitor, SpaceId id) {
        return invitations.of(managed(visitor, id));
    }

    @Transactional
    public void end(Visitor visitor, SpaceId id, UUID invitation) {
        FileSpace space = managed(visitor, id);
        Invited invited = invitations.one(space.member(), invitation);
        if (!invited.space().equals(id)) {
            throw Invitations.unknown();
        }
        acts.add(visitor, space.root(), Act.UNINVITED);
        end(visitor.author(), space.member(), invited);
    }

    /** By the administrators of the member that answers for it. */
    @Transactional
    public void end(Author author, MemberId member, UUID invitation) {
        end(author, member, invitations.one(member, invitation));
    }

    private void end(Author author, MemberId member, Invited invited) {
        if (invited.endedAt() != null) {
            throw Refusal.conflict("file.invite.over");
        }
        jdbc.sql("UPDATE files.invitation SET ended_at = ? WHERE id = ?")
                .params(OffsetDateTime.now(clock), invited.id())
                .update();
        jdbc.sql("DELETE FROM files.share WHERE invitation = ?")
                .param(invited.id())
                .update();
        people.letGo(invited.id(), author);
        record(author, "file-invitation.ended", invited, member);
    }

    private FileSpace managed(Visitor visitor, SpaceId id) {
        FileSpace space = spaces.one(visitor, id);
        if (!space.role().allows(SpaceRole.MANAGE)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.not-manager");
        }
        if (space.kind() != FileSpace.Kind.SHARED) {
            throw Refusal.conflict("file.invite.kind");
        }
        return space;
    }

    private Instant demandAllowed(MemberId member, @Nullable Instant until) {
        InviteRules.Rule rule = rules.of(member);
        if (!rule.allowed()) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.invite.not-allowed");
        }
        // The day on which it is made does not count: until the end of the last one.
        Instant latest = clock.instant().plus(Duration.ofDays(rule.days() + 1L));
        if (until == null || !until.isAfter(clock.instant()) || until.isAfter(latest)) {
            throw Refusal.invalidField("until", "file.invite.until", rule.days());
        }
        return until;
    }

    /** Addresses of members' own domains are of their people: whether there is anybody of that name is said in who's who, not here. */
    private void demandOutside(String address) {
        String domain = address.substring(address.indexOf('@') + 1);
        if (jdbc.sql("SELECT EXISTS (SELECT FROM directory.v_mail_domain WHERE domain = ? AND verified_at IS NOT NULL)")
                .param(domain)
                .query(Boolean.class)
                .single()) {
            throw Refusal.invalidField("address", "file.invite.member-domain", domain);
        }
    }

    private void demandRoom(SpaceId space, Visitor visitor, String address) {
        // One after the other: there is one invitation of an address at a time, and never more than so many. Who writes
        // there is not waited for.
        OneByOne.wait(jdbc, space.value());
        jdbc.sql("UPDATE files.invitation SET ended_at = until WHERE space = ? AND ended_at IS NULL AND until <= ?")
                .params(space.value(), OffsetDateTime.now(clock))
                .update();
        record Standing(int all, int same) {}
        Standing standing = jdbc.sql("""
                        SELECT count(*)::int AS all, (count(*) FILTER (WHERE address = ?))::int AS same FROM files.invitation WHERE space = ? AND ended_at IS NULL""")
                .params(address, space.value())
                .query(Standing.class)
                .single();
        if (standing.same() > 0) {
            throw Refusal.conflict("file.invite.there");
        }
        if (standing.all() >= MOST_OF_A_SPACE || floods(visitor, address)) {
            throw Refusal.of(
                    Refusal.Kind.TOO_MANY, "file.invite.many", MOST_OF_A_SPACE, MOST_IN_A_DAY, MOST_OF_AN_ADDRESS);
        }
    }

    /** Each invitation may send a mail: those that were taken back count too, in whatever space they were. */
    private boolean floods(Visitor visitor, String address) {
        OneByOne.wait(jdbc, visitor.capacity().value());
        OneByOne.wait(jdbc, UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8)));
        OffsetDateTime now = OffsetDateTime.now(clock);
        return jdbc.sql("""
                        SELECT (SELECT count(*) FROM files.invitation WHERE address = :address AND made_at > :week) >= :same
                            OR (SELECT count(*) FROM files.invitation WHERE by = :by AND made_at > :day) >= :all""")
                .param("address", address)
                .param("week", now.minusDays(7))
                .param("same", MOST_OF_AN_ADDRESS)
                .param("by", visitor.capacity().value())
                .param("day", now.minusDays(1))
                .param("all", MOST_IN_A_DAY)
                .query(Boolean.class)
                .single();
    }

    private static String said(@Nullable String name) {
        return name == null ? "" : name;
    }

    private void record(Author author, String act, Invited invited, MemberId member) {
        ledger.record(new Entry(
                author,
                act,
                member.value(),
                "file-invitation",
                invited.id().toString(),
                invited.spaceName(),
                Map.of(),
                Map.of(
                        "address",
                        invited.address(),
                        "organisation",
                        invited.organisation(),
                        "reason",
                        invited.reason(),
                        "until",
                        invited.until().toString())));
    }
}
