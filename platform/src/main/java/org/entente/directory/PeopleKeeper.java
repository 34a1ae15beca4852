package org.entente.directory;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The people of one member: everything here is bound by that member. */
@Component
@Transactional
class PeopleKeeper {

    /** A person as a member's admins see them; {@code MemberPerson} of the API. */
    record MemberPerson(Identity person, List<AffiliationCard> affiliations, int elsewhere) {}

    record Identity(
            PersonId id,
            String givenName,
            String usualName,
            @Nullable String birthName,
            @Nullable LocalDate birthDate,
            int version) {}

    /** How a doubt was decided: the same as {@code person}, or somebody new. */
    record Decision(String decision, @Nullable PersonId person) {}

    private final JdbcClient jdbc;
    private final PeopleFinder finder;
    private final People people;
    private final Affiliations affiliations;

    PeopleKeeper(JdbcClient jdbc, PeopleFinder finder, People people, Affiliations affiliations) {
        this.jdbc = jdbc;
        this.finder = finder;
        this.people = people;
        this.affiliations = affiliations;
    }

    @Transactional(readOnly = true)
    public Page<MemberPerson> list(DirectorySearch.Query query, @Nullable Phase phase) {
        MemberId member = java.util.Objects.requireNonNull(query.member());
        PeopleFinder.Found found = finder.find(query, phase);
        return new Page<>(complete(finder.entries(found.persons(), member), member), found.total(), query.offset());
    }

    @Transactional(readOnly = true)
    public MemberPerson one(MemberId member, PersonId person) {
        return complete(finder.entries(List.of(person.value()), member), member).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("person.unknown"));
    }

    @Transactional(readOnly = true)
    public List<DirectorySearch.Entry> withRoles(MemberId member) {
        List<UUID> persons =
                jdbc.sql("""
                SELECT a.person FROM directory.affiliation a JOIN directory.role_grant g ON g.affiliation = a.id
                JOIN directory.person p ON p.id = a.person WHERE a.member = ? AND a.phase <> 'ended'
                GROUP BY a.person, p.plain_usual, p.plain_given ORDER BY p.plain_usual, p.plain_given""").param(member.value()).query(UUID.class).list();
        return finder.entries(persons, member).stream()
                .map(e -> new DirectorySearch.Entry(
                        e.person(),
                        e.affiliations().stream()
                                .filter(a -> !a.roles().isEmpty() && a.phase() != Phase.ENDED)
                                .toList()))
                .toList();
    }

    /** A person and a first affiliation; a person who may exist already is not entered twice without a decision. */
    public MemberPerson add(
            MemberId member,
            NewPerson person,
            AffiliationKind kind,
            Post post,
            @Nullable Decision decision,
            Actor actor) {
        List<People.Candidate> candidates = people.candidates(person, post.address(), member);
        PersonId id;
        if (decision != null && decision.decision().equals("same")) {
            // Only one of those shown may be chosen: an id alone must not lead into another member.
            id = candidates.stream()
                    .map(c -> c.person().id())
                    .filter(c -> c.equals(decision.person()))
                    .findFirst()
                    .orElseThrow(() -> Refusal.invalidField("decision", "person.other"));
        } else if (!candidates.isEmpty()
                && (decision == null || !decision.decision().equals("new"))) {
            throw Refusal.conflict("person.maybe", candidates.size()).with("candidates", candidates);
        } else {
            id = people.add(person, member, actor.author());
        }
        affiliations.start(new NewAffiliation(id, member, kind, post, "manual"), actor.author());
        return one(member, id);
    }

    public MemberPerson change(MemberId member, PersonId id, Patch patch, Actor actor) {
        Identity before = one(member, id).person();
        people.change(
                id,
                new NewPerson(
                        patch.needed("givenName", before.givenName()),
                        patch.needed("usualName", before.usualName()),
                        patch.text("birthName", before.birthName()),
                        patch.date("birthDate", before.birthDate())),
                patch.version(),
                member,
                actor.author());
        return one(member, id);
    }

    public MemberPerson addAffiliation(MemberId member, PersonId person, AffiliationKind kind, Post post, Actor actor) {
        one(member, person);
        affiliations.start(new NewAffiliation(person, member, kind, post, "manual"), actor.author());
        return one(member, person);
    }

    public AffiliationCard changeAffiliation(MemberId member, AffiliationId id, Patch patch, Actor actor) {
        AffiliationCard before = affiliations.card(member, id);
        UUID unit = patch.id(
                "unit", before.unit() == null ? null : before.unit().id().value());
        Instant from = patch.instant("from", before.from());
        Post post = new Post(
                patch.needed("function", before.function()),
                unit == null ? null : new UnitId(unit),
                patch.text("address", before.address()),
                patch.text("phone", before.phone()),
                patch.number("weeklyShare", before.weeklyShare()),
                from == null ? before.from() : from,
                patch.instant("until", before.until()),
                patch.text("reference", before.reference()),
                patch.texts("groups", before.groups()));
        mayMoveTheMail(before, post, actor);
        affiliations.change(id, post, patch.version(), actor.author());
        boolean moved = !java.util.Objects.equals(before.address(), post.address());
        // Only for the address that this hand has written: one that came by another door stays held.
        if (moved && givesAll(before, actor)) {
            affiliations.confirmMail(id, actor.author());
        }
        return affiliations.card(member, id);
    }

    /** "Forgotten password" is sent to this address: who moves an admin's could sign in as the admin. */
    private static void mayMoveTheMail(AffiliationCard before, Post after, Actor actor) {
        Right enough = before.roles().contains(Role.OPERATOR_ADMIN) ? Right.OPERATE : Right.MANAGE_MEMBER;
        if (!before.roles().isEmpty()
                && !java.util.Objects.equals(before.address(), after.address())
                && !actor.may(enough, before.member().id())) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "affiliation.address-of-admin");
        }
    }

    /** Whether all that the person has could have come from this hand; then what it writes needs nobody else's word. */
    private boolean givesAll(AffiliationCard card, Actor actor) {
        if (actor.may(Right.OPERATE, null)) {
            return true;
        }
        return actor.may(Right.MANAGE_MEMBER, card.member().id())
                && jdbc.sql("""
                                SELECT NOT EXISTS (SELECT FROM directory.affiliation o LEFT JOIN directory.role_grant g ON g.affiliation = o.id
                                    WHERE o.person = :person AND o.phase <> 'ended' AND (o.member <> :member OR g.role = 'operator_admin'))""")
                        .param("person", card.person().value())
                        .param("member", card.member().id().value())
                        .query(Boolean.class)
                        .single();
    }

    private List<MemberPerson> complete(List<DirectorySearch.Entry> entries, MemberId member) {
        Map<UUID, Identity> identities = new HashMap<>();
        Map<UUID, Integer> elsewhere = new HashMap<>();
        jdbc.sql("""
                SELECT p.id, p.given_name, p.usual_name, p.version, p.elsewhere, CASE WHEN p.ours THEN p.birth_name END AS birth_name,
                       CASE WHEN p.ours THEN p.birth_date END AS birth_date
                FROM (SELECT p.*, e.elsewhere, e.elsewhere = 0 OR EXISTS (SELECT FROM directory.affiliation o
                          WHERE o.person = p.id AND o.member = :member AND o.phase <> 'ended') AS ours
                      FROM directory.person p, LATERAL (SELECT count(*) AS elsewhere FROM directory.affiliation a
                          WHERE a.person = p.id AND a.member <> :member AND a.phase <> 'ended') e
                      WHERE p.id = ANY (:ids::uuid[])) p""")
                .param("member", member.value())
                .param(
                        "ids",
                        Rows.ids(entries.stream()
                                .map(e -> e.person().id().value())
                                .toList()))
                .query(row -> {
                    UUID id = row.getObject("id", UUID.class);
                    elsewhere.put(id, row.getInt("elsewhere"));
                    identities.put(
                            id,
                            new Identity(
                                    new PersonId(id),
                                    row.getString("given_name"),
                                    row.getString("usual_name"),
                                    row.getString("birth_name"),
                                    row.getObject("birth_date", LocalDate.class),
                                    row.getInt("version")));
                });
        return entries.stream()
                .map(e -> {
                    UUID id = e.person().id().value();
                    return new MemberPerson(
                            java.util.Objects.requireNonNull(identities.get(id)),
                            e.affiliations(),
                            elsewhere.getOrDefault(id, 0));
                })
                .toList();
    }
}
