package org.entente.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.access.Population;
import org.entente.access.Subscriptions;
import org.entente.audit.Author;
import org.entente.catalog.Catalog;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.Authorities;
import org.entente.directory.MemberId;
import org.entente.directory.MemberKind;
import org.entente.directory.Members;
import org.entente.directory.NewAffiliation;
import org.entente.directory.People;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.directory.Roles;
import org.entente.directory.Siren;
import org.entente.directory.Territories;
import org.entente.directory.UnitId;
import org.entente.pooling.WorkedYear;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Loads the demonstration through the same doors as everybody, in one transaction: all of it or nothing. */
@Component
class DemoTerritory {

    static final Author DEMO = Author.system("demo");

    /** What was loaded, and whom to try. */
    record Loaded(int members, int people, int affiliations, List<DemoCommand.Showcase> showcase) {}

    private final Territories territories;
    private final Authorities authorities;
    private final Members members;
    private final People people;
    private final Affiliations affiliations;
    private final Roles roles;
    private final Catalog catalog;
    private final Subscriptions subscriptions;
    private final WorkedYear workedYear;
    private final Clock clock;

    DemoTerritory(
            Territories territories,
            Authorities authorities,
            Members members,
            People people,
            Affiliations affiliations,
            Roles roles,
            Catalog catalog,
            Subscriptions subscriptions,
            WorkedYear workedYear,
            Clock clock) {
        this.territories = territories;
        this.authorities = authorities;
        this.members = members;
        this.people = people;
        this.affiliations = affiliations;
        this.roles = roles;
        this.catalog = catalog;
        this.subscriptions = subscriptions;
        this.workedYear = workedYear;
        this.clock = clock;
    }

    @Transactional
    public Loaded load(int persons) {
        territories.make("Territoire lyonnais", true, DEMO);
        Map<String, MemberId> towns = new HashMap<>();
        Map<String, Map<String, UnitId>> units = new HashMap<>();
        for (Town town : Town.ALL) {
            MemberId member = members.add(asMember(town, towns), DEMO);
            members.addDomain(member, town.domain(), true, DEMO);
            towns.put(town.slug(), member);
            units.put(town.slug(), units(member));
            subscribe(town, member);
        }
        List<Cast.Character> cast = new Cast(clock).of(persons);
        List<PersonId> ids =
                people.addAll(cast.stream().map(Cast.Character::person).toList(), DEMO);
        List<NewAffiliation> news = new ArrayList<>();
        List<Set<Role>> granted = new ArrayList<>();
        for (int i = 0; i < cast.size(); i++) {
            for (Cast.Part part : cast.get(i).parts()) {
                MemberId member = towns.get(part.town());
                UnitId unit = part.unit() == null
                        ? null
                        : units.getOrDefault(part.town(), Map.of()).get(part.unit());
                news.add(part.in(ids.get(i), member, unit));
                granted.add(part.roles());
            }
        }
        List<AffiliationId> made = affiliations.startAll(news, "demo", DEMO);
        Map<AffiliationId, Set<Role>> grants = new HashMap<>();
        for (int i = 0; i < made.size(); i++) {
            if (!granted.get(i).isEmpty()) {
                grants.put(made.get(i), granted.get(i));
            }
        }
        roles.grantAll(grants, DEMO);
        Map<String, MemberId> sharing = new HashMap<>(towns);
        sharing.remove(Town.OPERATOR);
        workedYear.load(
                sharing,
                sharing.keySet().stream()
                        .filter(slug -> !slug.equals(Town.METROPOLE) && !slug.equals("lyon"))
                        .toList());
        List<DemoCommand.Showcase> showcase = new ArrayList<>();
        for (int i = 0; i < cast.size(); i++) {
            Cast.Character who = cast.get(i);
            if (who.why() != null) {
                showcase.add(new DemoCommand.Showcase(
                        who.person().givenName() + " " + who.person().usualName(),
                        who.address(),
                        ids.get(i),
                        who.why(),
                        who.signsIn()));
            }
        }
        return new Loaded(Town.ALL.size(), cast.size(), made.size(), showcase);
    }

    private Members.NewMember asMember(Town town, Map<String, MemberId> towns) {
        LocalDate today = LocalDate.now(clock);
        if (town.siren() == null) {
            return new Members.NewMember(
                    String.valueOf(town.name()),
                    MemberKind.SYNDICAT,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    true,
                    today);
        }
        Authorities.Authority real =
                authorities.bySiren(new Siren(town.siren())).orElseThrow();
        return new Members.NewMember(
                town.name() == null ? real.name() : town.name(),
                real.kind(),
                new Siren(town.siren()),
                null,
                real.insee(),
                real.population(),
                Authorities.POPULATION_SOURCE,
                Authorities.POPULATION_DATE,
                town.inMetropole() ? towns.get(Town.METROPOLE) : null,
                false,
                today);
    }

    private Map<String, UnitId> units(MemberId member) {
        Map<String, UnitId> made = new HashMap<>();
        Posts.UNITS.forEach((name, below) -> {
            UnitId root = members.addUnit(member, null, null, name, DEMO);
            made.put(name, root);
            below.forEach(child -> made.put(child, members.addUnit(member, root, null, child, DEMO)));
        });
        return made;
    }

    /** Every member takes what the catalogue offers, but the smallest: a territory where nobody lacks anything shows nothing. */
    private void subscribe(Town town, MemberId member) {
        catalog.services().stream()
                .filter(s -> !s.everyone())
                .filter(s -> town.share() > 4 || town.isOperator() || !s.id().equals("urbanisme"))
                .forEach(s -> subscriptions.subscribe(
                        member,
                        s.id(),
                        Population.everyone(s.roles().isEmpty() ? "" : s.roles().getFirst()),
                        DEMO));
    }
}
