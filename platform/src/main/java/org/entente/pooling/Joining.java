package org.entente.pooling;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.entente.access.Population;
import org.entente.access.Subscriptions;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationKind;
import org.entente.directory.Affiliations;
import org.entente.directory.Authorities;
import org.entente.directory.MemberId;
import org.entente.directory.MemberRef;
import org.entente.directory.Members;
import org.entente.directory.NewAffiliation;
import org.entente.directory.NewPerson;
import org.entente.directory.People;
import org.entente.directory.PersonId;
import org.entente.directory.PersonRef;
import org.entente.directory.Post;
import org.entente.directory.Role;
import org.entente.directory.Roles;
import org.entente.directory.Siren;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A member joins in one act: who it is, its domains, its admins, the agreement, its services. All of it or nothing. */
@Component
class Joining {

    record Domain(@NotNull String domain, boolean verified) {}

    /** @param decision whether somebody who may be known already is the same human being, as for any new person */
    record Admin(
            @NotNull String givenName,
            @NotNull String usualName,
            @NotNull String function,
            @NotNull String address,
            @Nullable Decision decision) {}

    /** @param decision same (and who) or new */
    record Decision(@NotNull String decision, @Nullable UUID person) {}

    record Wish(
            @NotNull Siren siren,
            @NotNull LocalDate joinedOn,
            @NotNull @Size(max = 20) List<Domain> domains,
            @NotNull @Size(max = 20) List<Admin> admins,
            @Nullable UUID agreement,
            @NotNull @Size(max = 100) List<String> services) {}

    record Joined(MemberRef member, List<JoinedAdmin> admins, List<String> subscriptions) {}

    record JoinedAdmin(PersonRef person, AffiliationId affiliation) {}

    private final Authorities authorities;
    private final Members members;
    private final People people;
    private final Affiliations affiliations;
    private final Roles roles;
    private final Agreements agreements;
    private final Subscriptions subscriptions;
    private final Catalog catalog;
    private final Clock clock;

    Joining(
            Authorities authorities,
            Members members,
            People people,
            Affiliations affiliations,
            Roles roles,
            Agreements agreements,
            Subscriptions subscriptions,
            Catalog catalog,
            Clock clock) {
        this.authorities = authorities;
        this.members = members;
        this.people = people;
        this.affiliations = affiliations;
        this.roles = roles;
        this.agreements = agreements;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Transactional
    public Joined join(Wish wish, Author by) {
        LocalDate today = LocalDate.now(clock);
        Texts.requiredDay("joinedOn", wish.joinedOn());
        if (wish.joinedOn().isAfter(today) && !wish.services().isEmpty()) {
            throw Refusal.invalidField("services", "pooling.joining.later", wish.joinedOn());
        }
        Authorities.Authority real = authorities
                .bySiren(wish.siren())
                .orElseThrow(() -> Refusal.invalidField("siren", "pooling.joining.not-listed", wish.siren()));
        MemberId member = members.add(
                new Members.NewMember(
                        real.name(),
                        real.kind(),
                        wish.siren(),
                        null,
                        real.insee(),
                        real.population(),
                        real.population() == null ? null : Authorities.POPULATION_SOURCE,
                        real.population() == null ? null : Authorities.POPULATION_DATE,
                        parent(real),
                        false,
                        wish.joinedOn()),
                by);
        wish.domains().forEach(d -> members.addDomain(member, d.domain(), d.verified(), by));
        List<JoinedAdmin> admins = new ArrayList<>();
        for (Admin admin : wish.admins()) {
            admins.add(admin(member, admin, by));
        }
        if (wish.agreement() != null) {
            agreements.join(wish.agreement(), member, wish.joinedOn(), by);
        }
        for (String asked : wish.services()) {
            String service = Texts.required("services", asked, 40);
            String role = catalog.find(service)
                    .orElseThrow(() -> Refusal.notFound("service.unknown", service))
                    .roles()
                    .getFirst();
            subscriptions.subscribe(member, service, Population.everyone(role), by);
        }
        return new Joined(members.find(member).orElseThrow(), admins, subscriptions.of(member));
    }

    private @Nullable MemberId parent(Authorities.Authority real) {
        String parent = real.parent();
        return parent == null
                ? null
                : members.all().stream()
                        .filter(m -> m.siren() != null && m.siren().value().equals(parent))
                        .map(MemberRef::id)
                        .findFirst()
                        .orElse(null);
    }

    private JoinedAdmin admin(MemberId member, Admin admin, Author by) {
        NewPerson names = new NewPerson(admin.givenName(), admin.usualName(), null, null);
        PersonId person = person(names, admin, member, by);
        Instant now = clock.instant();
        Post post = new Post(admin.function(), null, admin.address(), null, null, now, null, null, List.of());
        AffiliationId affiliation =
                affiliations.start(new NewAffiliation(person, member, AffiliationKind.AGENT, post, "manual"), by);
        roles.grant(affiliation, Set.of(Role.MEMBER_ADMIN), by);
        return new JoinedAdmin(new PersonRef(person, names.givenName(), names.usualName()), affiliation);
    }

    private PersonId person(NewPerson names, Admin admin, MemberId member, Author by) {
        List<People.Candidate> candidates = people.candidates(names, admin.address(), member);
        Decision decision = admin.decision();
        if (decision == null) {
            if (!candidates.isEmpty()) {
                throw Refusal.conflict("person.maybe").with("candidates", candidates);
            }
            return people.add(names, member, by);
        }
        UUID same = decision.person();
        if (decision.decision().equals("same") && same != null) {
            return candidates.stream()
                    .map(c -> c.person().id())
                    .filter(id -> id.value().equals(same))
                    .findFirst()
                    .orElseThrow(() -> Refusal.invalidField("decision", "pooling.joining.not-candidate"));
        }
        return people.add(names, member, by);
    }
}
