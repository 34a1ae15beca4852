package org.entente.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.entente.directory.AffiliationKind;
import org.entente.directory.MemberId;
import org.entente.directory.NewAffiliation;
import org.entente.directory.NewPerson;
import org.entente.directory.PersonId;
import org.entente.directory.Post;
import org.entente.directory.Role;
import org.entente.directory.UnitId;
import org.jspecify.annotations.Nullable;

/** Who lives in the demonstration: the same people each time, by a fixed seed; nobody of them exists. */
final class Cast {

    /** One affiliation to be. */
    record Part(
            String town,
            AffiliationKind kind,
            String function,
            @Nullable String unit,
            @Nullable String address,
            @Nullable Integer share,
            Instant from,
            @Nullable Instant until,
            @Nullable String reference,
            Set<Role> roles) {

        NewAffiliation in(PersonId person, @Nullable MemberId member, @Nullable UnitId unitId) {
            Post post = new Post(function, unitId, address, null, share, from, until, reference, List.of());
            String source = kind == AffiliationKind.AGENT || kind == AffiliationKind.TRAINEE ? "hr" : "manual";
            return new NewAffiliation(person, java.util.Objects.requireNonNull(member), kind, post, source);
        }
    }

    /**
     * Somebody with everything they do.
     *
     * @param why what there is to see when signing in as them; null for most
     */
    record Character(
            NewPerson person,
            List<Part> parts,
            String address,
            @Nullable String why,
            boolean signsIn) {}

    private final Random random = new Random(20261124);
    private final Clock clock;
    private final LocalDate today;
    private final Map<String, Integer> taken = new HashMap<>();
    private int matricule = 1000;

    Cast(Clock clock) {
        this.clock = clock;
        this.today = LocalDate.now(clock);
    }

    List<Character> of(int persons) {
        List<Character> all = new ArrayList<>(new Stars(this).all());
        for (Town town : Town.ALL) {
            int share = Math.max(6, (persons - all.size()) * town.share() / 100);
            for (int i = 0; i < share && all.size() < persons; i++) {
                all.add(somebody(town, i));
            }
        }
        while (all.size() < persons) {
            all.add(somebody(Town.ALL.getFirst(), 99));
        }
        return all;
    }

    /** The first three of a town keep it: an admin, an HR, an auditor; one in fifteen is élu. */
    private Character somebody(Town town, int nth) {
        boolean woman = random.nextBoolean();
        NewPerson person = person(woman);
        String address = address(person, town);
        List<Part> parts = new ArrayList<>();
        if (nth < 3 && !town.isOperator()) {
            String[] units = {Posts.IT, Posts.HR, Posts.FINANCE};
            String[] titles = {
                "Responsable des systèmes d’information", "Responsable des ressources humaines", "Contrôleur interne"
            };
            Role[] roles = {Role.MEMBER_ADMIN, Role.MEMBER_HR, Role.AUDITOR};
            parts.add(part(
                    town.slug(),
                    AffiliationKind.AGENT,
                    titles[nth],
                    units[nth],
                    address,
                    null,
                    since(),
                    null,
                    EnumSet.of(roles[nth])));
        } else if (town.hasCouncil() && nth % 15 == 5) {
            mandates(town, woman, address, parts);
        } else {
            employment(town, woman, address, parts);
        }
        return new Character(person, parts, address, null, true);
    }

    private void mandates(Town town, boolean woman, String address, List<Part> parts) {
        Instant since = at(LocalDate.of(2026, 3, 28));
        Posts.Job mandate = Posts.MANDATES.get(random.nextInt(Posts.MANDATES.size()));
        parts.add(part(
                town.slug(),
                AffiliationKind.ELU,
                mandate.title(woman),
                mandate.unit(),
                address,
                null,
                since,
                null,
                Set.of()));
        if (town.inMetropole() && random.nextInt(2) == 0) {
            parts.add(part(
                    Town.METROPOLE,
                    AffiliationKind.ELU,
                    woman ? "Conseillère métropolitaine" : "Conseiller métropolitain",
                    null,
                    address,
                    null,
                    since,
                    null,
                    Set.of()));
        }
        if (random.nextInt(3) == 0) {
            parts.add(part(
                    Town.OPERATOR,
                    AffiliationKind.ELU,
                    woman ? "Déléguée au comité syndical" : "Délégué au comité syndical",
                    null,
                    address,
                    null,
                    since,
                    null,
                    Set.of()));
        }
    }

    private void employment(Town town, boolean woman, String address, List<Part> parts) {
        Posts.Job job = job();
        int chance = random.nextInt(100);
        if (chance < 3) {
            parts.add(part(
                    town.slug(),
                    AffiliationKind.TRAINEE,
                    woman ? "Stagiaire" : "Apprenti",
                    job.unit(),
                    address,
                    null,
                    at(today.minusMonths(2)),
                    at(today.plusDays(10 + random.nextInt(150))),
                    Set.of()));
        } else if (chance < 5) {
            parts.add(part(
                    town.slug(),
                    AffiliationKind.AGENT,
                    job.title(woman),
                    job.unit(),
                    address,
                    null,
                    at(today.plusDays(3 + random.nextInt(60))),
                    null,
                    Set.of()));
        } else if (chance < 8) {
            parts.add(part(
                    town.slug(),
                    AffiliationKind.AGENT,
                    job.title(woman),
                    job.unit(),
                    address,
                    null,
                    since(),
                    at(today.minusDays(20 + random.nextInt(300))),
                    Set.of()));
        } else if (chance < 11) {
            Town other = Town.ALL.get(2 + random.nextInt(6));
            parts.add(part(
                    town.slug(),
                    AffiliationKind.AGENT,
                    job.title(woman),
                    job.unit(),
                    address,
                    60,
                    since(),
                    null,
                    Set.of()));
            parts.add(part(
                    other.slug(),
                    AffiliationKind.AGENT,
                    job.title(woman),
                    job.unit(),
                    address,
                    40,
                    since(),
                    null,
                    Set.of()));
        } else {
            parts.add(part(
                    town.slug(),
                    AffiliationKind.AGENT,
                    job.title(woman),
                    job.unit(),
                    address,
                    null,
                    since(),
                    null,
                    Set.of()));
        }
    }

    Part part(
            String town,
            AffiliationKind kind,
            String function,
            @Nullable String unit,
            @Nullable String address,
            @Nullable Integer share,
            Instant from,
            @Nullable Instant until,
            Set<Role> roles) {
        boolean paid = kind == AffiliationKind.AGENT || kind == AffiliationKind.TRAINEE;
        return new Part(
                town, kind, function, unit, address, share, from, until, paid ? "M" + ++matricule : null, roles);
    }

    String address(NewPerson person, Town town) {
        String local = Names.local(person.givenName(), person.usualName());
        int nth = taken.merge(local + "@" + town.domain(), 1, Integer::sum);
        return local + (nth == 1 ? "" : nth) + "@" + town.domain();
    }

    Instant at(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toInstant();
    }

    LocalDate today() {
        return today;
    }

    private Instant since() {
        return at(today.minusDays(400 + random.nextInt(7000)));
    }

    private Posts.Job job() {
        int all = Posts.JOBS.stream().mapToInt(Posts.Job::weight).sum();
        int drawn = random.nextInt(all);
        for (Posts.Job job : Posts.JOBS) {
            drawn -= job.weight();
            if (drawn < 0) {
                return job;
            }
        }
        return Posts.JOBS.getFirst();
    }

    private NewPerson person(boolean woman) {
        List<String> given = woman ? Names.WOMEN : Names.MEN;
        String usual = Names.FAMILIES.get(random.nextInt(Names.FAMILIES.size()));
        boolean married = woman && random.nextInt(4) == 0;
        String birth = married ? Names.FAMILIES.get(random.nextInt(Names.FAMILIES.size())) : null;
        return new NewPerson(
                given.get(random.nextInt(given.size())),
                usual,
                birth,
                LocalDate.of(1961, 1, 1).plusDays(random.nextInt(45 * 365)));
    }
}
