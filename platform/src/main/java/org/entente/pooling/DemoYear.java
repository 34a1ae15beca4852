package org.entente.pooling;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The worked year, entered through the same acts as anybody's: what the screens show is what the rules made of it. */
@Component
class DemoYear implements WorkedYear {

    private static final Author DEMO = Author.system("demo");
    private static final List<String> SHARED = List.of("cnfpt", "legifrance", "data-gouv");

    private final Keys keys;
    private final Agreements agreements;
    private final Budget budget;
    private final Contributions contributions;
    private final DemoPeople people;
    private final DemoCommittee committee;
    private final DemoRequests wishes;
    private final DemoUsage usage;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final ZoneId zone;

    DemoYear(
            Keys keys,
            Agreements agreements,
            Budget budget,
            Contributions contributions,
            DemoPeople people,
            DemoCommittee committee,
            DemoRequests wishes,
            DemoUsage usage,
            JdbcClient jdbc,
            Clock clock,
            @Value("${entente.territory.zone:Europe/Paris}") ZoneId zone) {
        this.keys = keys;
        this.agreements = agreements;
        this.budget = budget;
        this.contributions = contributions;
        this.people = people;
        this.committee = committee;
        this.wishes = wishes;
        this.usage = usage;
        this.jdbc = jdbc;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    @Transactional
    public void load(Map<String, MemberId> towns, List<String> syndicate) {
        Map<String, MemberId> all = new TreeMap<>(towns);
        LocalDate today = LocalDate.now(clock.withZone(zone));
        int year = today.getYear();
        LocalDate start = LocalDate.of(year - 1, 1, 1);
        Actor operator = people.operator(all.values().iterator().next());
        usage.load(all.values(), SHARED, start, today.minusDays(1));

        CostKey population = new CostKey.ByMeasure(Measure.POPULATION);
        UUID byPopulation = keys.draft("Population", population, operator).id();
        keys.adopt(byPopulation, operator);
        UUID mixed = keys.draft(
                        "Mixte avec minimum",
                        new CostKey.AtLeast(
                                new CostKey.Mix(List.of(
                                        new CostKey.Part(new BigDecimal("60"), population),
                                        new CostKey.Part(
                                                new BigDecimal("25"),
                                                new CostKey.ByMeasure(new Measure("accounts" + ".sign-in"))),
                                        new CostKey.Part(new BigDecimal("15"), new CostKey.Equal()))),
                                new Money(1_500_00)),
                        operator)
                .id();
        UUID tapered = keys.draft(
                        "Population dégressive, plafonnée",
                        new CostKey.Capped(
                                new CostKey.Tapered(
                                        Measure.POPULATION,
                                        List.of(
                                                new CostKey.Slice(20_000L, BigDecimal.ONE),
                                                new CostKey.Slice(100_000L, new BigDecimal("0.7")),
                                                new CostKey.Slice(null, new BigDecimal("0.3")))),
                                new BigDecimal("35")),
                        operator)
                .id();

        UUID common = agreements.make(
                "CONV-" + (year - 1) + "-01", start, terms("Socle numérique commun", byPopulation, SHARED, year), DEMO);
        all.values().forEach(member -> agreements.join(common, member, start, DEMO));
        UUID planning = agreements.make(
                "CONV-" + (year - 1) + "-02",
                start,
                terms("Urbanisme et foncier", mixed, List.of("urbanisme"), year),
                DEMO);
        syndicate.forEach(
                town -> agreements.join(planning, java.util.Objects.requireNonNull(all.get(town)), start, DEMO));

        budget(year, common, planning, operator);
        contributions.call(year - 1, Contributions.Kind.FINAL, LocalDate.of(year, 2, 28), operator);
        contributions.call(year, Contributions.Kind.PROVISIONAL, LocalDate.of(year, 6, 30), operator);
        pay(year, operator);
        committee.decide(all, year, common, tapered, today);
        wishes.ask(all, operator);
        describe(all);
    }

    private static Terms terms(String title, UUID key, List<String> services, int year) {
        return new Terms(
                title,
                LocalDate.of(year + 1, 12, 31),
                6,
                "tacit",
                key,
                services.stream()
                        .map(s -> new Terms.AgreedService(s, null, null))
                        .toList());
    }

    private void budget(int year, UUID common, UUID planning, Actor by) {
        for (int each = year - 1; each <= year; each++) {
            long more = each == year ? 3_150_00 : 0;
            line(
                    "Hébergement et exploitation du socle " + each,
                    common,
                    "sign-in",
                    "running",
                    each,
                    1,
                    96_400_00 + more,
                    0,
                    null,
                    by);
            line("Équipe d’assistance " + each, common, null, "people", each, 1, 118_000_00 + more, 0, null, by);
            line("Accès à la formation " + each, common, "cnfpt", "running", each, 1, 14_200_00, 0, null, by);
            line(
                    "Géoportail et données foncières " + each,
                    planning,
                    "urbanisme",
                    "running",
                    each,
                    1,
                    22_750_50,
                    0,
                    null,
                    by);
        }
        line(
                "Serveurs et stockage",
                common,
                null,
                "investment",
                year - 1,
                5,
                180_000_00,
                72_000_00,
                "État, France Relance",
                by);
    }

    private void line(
            String label,
            UUID agreement,
            @Nullable String service,
            String nature,
            int year,
            int years,
            long amount,
            long funding,
            @Nullable String funder,
            Actor by) {
        budget.add(
                new Budget.NewLine(
                        label,
                        agreement,
                        service,
                        nature,
                        year,
                        years,
                        new Money(amount),
                        new Money(funding),
                        funder,
                        null),
                by);
    }

    /** Two members in three have paid, one of them a part. */
    private void pay(int year, Actor by) {
        record Owed(UUID member, int year, long amount) {}
        int rank = 0;
        for (Owed owed : jdbc.sql("""
                SELECT o.member, c.year, o.amount FROM pooling.contribution o JOIN pooling.contribution_call c ON c.id = o.call
                WHERE o.amount > 0 ORDER BY c.year, o.member
                """).query(Owed.class).list()) {
            boolean before = owed.year() < year;
            if (before || rank % 3 != 2) {
                long part = !before && rank % 3 == 1 ? owed.amount() / 2 : owed.amount();
                contributions.notePayment(
                        new MemberId(owed.member()),
                        owed.year(),
                        new Money(part),
                        before ? LocalDate.of(year, 2, 14) : LocalDate.of(year, 6, 12),
                        "mandat " + (100 + rank),
                        by);
            }
            rank++;
        }
    }

    private void describe(Map<String, MemberId> towns) {
        MemberId runner = towns.values().iterator().next();
        jdbc.sql("""
                INSERT INTO pooling.service_sheet (service, purpose_fr, purpose_en, maturity, licence, data_location, operated_by,
                                                   prerequisites_fr, prerequisites_en, contact) VALUES
                ('urbanisme', 'Consulter les règles d’urbanisme et les servitudes d’une parcelle.', 'Look up planning rules and easements of a plot.',
                 'mature', 'Licence Ouverte 2.0', 'France, services de l’État', NULL, 'Aucun.', 'None.', NULL),
                ('cnfpt', 'Suivre les formations du CNFPT et s’y inscrire.', 'Follow and join the trainings of the CNFPT.',
                 'production', 'Service public', 'France', :runner, 'Un correspondant formation par collectivité.', 'One training officer a member.', NULL),
                ('data-gouv', 'Publier et trouver les données ouvertes du territoire.', 'Publish and find the open data of the territory.',
                 'production', 'MIT, Licence Ouverte 2.0', 'France, services de l’État', :runner, 'Un inventaire des données.', 'An inventory of data.', NULL)
                """).param("runner", runner.value()).update();
    }
}
