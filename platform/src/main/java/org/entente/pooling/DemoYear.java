package org.entente.pooling;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
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
    private final Bodies bodies;
    private final Meetings meetings;
    private final Minutes minutes;
    private final Ballots ballots;
    private final Decisions decisions;
    private final Requests requests;
    private final DemoUsage usage;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final ZoneId zone;

    DemoYear(
            Keys keys,
            Agreements agreements,
            Budget budget,
            Contributions contributions,
            Bodies bodies,
            Meetings meetings,
            Minutes minutes,
            Ballots ballots,
            Decisions decisions,
            Requests requests,
            DemoUsage usage,
            JdbcClient jdbc,
            Clock clock,
            @Value("${entente.territory.zone:Europe/Paris}") ZoneId zone) {
        this.keys = keys;
        this.agreements = agreements;
        this.budget = budget;
        this.contributions = contributions;
        this.bodies = bodies;
        this.meetings = meetings;
        this.minutes = minutes;
        this.ballots = ballots;
        this.decisions = decisions;
        this.requests = requests;
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
        Actor operator = operator(all.values().iterator().next());
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
        decide(all, year, common, tapered, today);
        ask(all, operator);
        describe(all);
    }

    private static Terms terms(String title, UUID key, List<String> services, int year) {
        return new Terms(
                title,
                LocalDate.of(year + 1, 12, 31),
                6,
                "tacit",
                key,
                services.stream().map(s -> new Terms.AgreedService(s, null)).toList());
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

    private void decide(Map<String, MemberId> towns, int year, UUID common, UUID key, LocalDate today) {
        UUID body = bodies.make(
                new Bodies.NewBody(
                        "Comité de mutualisation",
                        "Adopte les budgets, les clés et les conventions du socle commun.",
                        50,
                        "absolute",
                        towns.values().stream()
                                .map(m -> new Bodies.NewSeat(m.value(), weight(m)))
                                .toList()),
                DEMO);
        Map<UUID, Actor> delegates = new LinkedHashMap<>();
        for (Bodies.Seat seat : bodies.seats(body)) {
            Actor delegate = delegate(new MemberId(seat.member()));
            if (delegate != null) {
                bodies.delegate(body, seat.id(), delegate.capacity(), false, DEMO);
                delegates.put(seat.id(), delegate);
            }
        }
        UUID meeting = meetings.make(
                body,
                "Séance du comité",
                clock.instant().minus(Duration.ofDays(1)),
                "Vénissieux, salle du conseil",
                DEMO);
        item(
                meeting,
                "Budget " + year,
                "Adopter le budget " + year + " ?",
                new Meetings.NewEffect("budget", null, null, null, year, today));
        item(
                meeting,
                "Clé de répartition",
                "Répartir le socle commun selon la population, dégressive et plafonnée, dès " + (year + 1) + " ?",
                new Meetings.NewEffect("key", key, common, null, null, LocalDate.of(year + 1, 1, 1)));
        meetings.convene(meeting, DEMO);
        for (Meetings.Item item : meetings.agenda(meeting, Locale.FRENCH)) {
            UUID ballot = java.util.Objects.requireNonNull(item.ballot()).id();
            ballots.open(ballot, clock.instant().plus(Duration.ofHours(1)), DEMO);
            int rank = 0;
            for (Map.Entry<UUID, Actor> vote : delegates.entrySet()) {
                ballots.vote(
                        ballot,
                        vote.getKey(),
                        rank % 7 == 3 ? "abstain" : rank % 7 == 5 ? "against" : "for",
                        vote.getValue());
                rank++;
            }
            ballots.close(ballot, DEMO);
        }
        decisions.run();
        minutes.close(meeting, DEMO);
        next(body, year);
    }

    /** A meeting to come, so that there is something to prepare and to give a proxy for. */
    private void next(UUID body, int year) {
        UUID meeting = meetings.make(
                body,
                "Séance de préparation du budget " + (year + 1),
                clock.instant().plus(Duration.ofDays(20)),
                "En visioconférence",
                DEMO);
        meetings.add(
                meeting,
                new Meetings.NewItem(
                        "Présidence du groupe de travail",
                        "Élection à bulletin secret.",
                        new Meetings.NewBallot("Confier le groupe de travail à Givors ?", true, null, null)),
                DEMO);
        meetings.convene(meeting, DEMO);
    }

    private void item(UUID meeting, String title, String question, Meetings.NewEffect effect) {
        meetings.add(
                meeting,
                new Meetings.NewItem(
                        title,
                        "Rapport joint à la convocation.",
                        new Meetings.NewBallot(question, false, null, effect)),
                DEMO);
    }

    private int weight(MemberId member) {
        return jdbc.sql(
                        "SELECT greatest(1, least(10, coalesce(population, 0) / 15000 + 1)) FROM directory.v_member WHERE id = ?")
                .param(member.value())
                .query(Integer.class)
                .single();
    }

    private void ask(Map<String, MemberId> towns, Actor operator) {
        String[][] wishes = {
            {
                "Salles de visioconférence souveraines",
                "Tenir les conseils et les réunions de quartier sans outil étranger.",
                "accepted"
            },
            {"Parapheur électronique", "Signer les arrêtés à distance, avec circuit de visa.", "studied"},
            {"Dossier de subvention des associations", "Un seul dépôt pour toutes les communes.", "idea"},
            {"Accès unique aux données ouvertes", "Publier une fois pour tous les membres.", "live"}
        };
        List<MemberId> members = List.copyOf(towns.values());
        List<String> way = List.of("studied", "accepted", "building", "live");
        for (int i = 0; i < wishes.length; i++) {
            Actor asker = delegate(members.get(i % members.size()));
            if (asker == null) {
                continue;
            }
            UUID id = requests.propose(wishes[i][0], wishes[i][1], null, asker);
            for (int j = 0; j < 2 + i; j++) {
                MemberId backer = members.get((i + j) % members.size());
                Actor actor = delegate(backer);
                if (actor != null) {
                    Money share = j % 2 == 0 ? new Money((2_000L + 750L * j) * 100) : null;
                    requests.back(id, backer, new Requests.Backing(1 + (i + j) % 3, share, null), actor);
                }
            }
            requests.comment(id, "Nous sommes prêts à l’essayer avec deux services.", asker);
            int version = 0;
            for (String state : way.subList(0, Math.max(0, way.indexOf(wishes[i][2]) + 1))) {
                String service = state.equals("live") ? "data-gouv" : null;
                requests.answer(
                        id,
                        new Requests.Answer(
                                version++, state, "Étape franchie au comité technique.", service, null, null),
                        operator);
            }
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

    private Actor operator(MemberId otherwise) {
        return jdbc.sql("""
                SELECT a.id, a.person, a.member, p.given_name || ' ' || p.usual_name AS name FROM directory.v_affiliation a
                JOIN directory.v_role_grant g ON g.affiliation = a.id AND g.role = 'operator_admin' JOIN directory.v_person p ON p.id = a.person
                ORDER BY a.id LIMIT 1
                """)
                .query((row, n) -> actor(row, true))
                .optional()
                .orElseGet(() -> java.util.Objects.requireNonNull(delegate(otherwise)));
    }

    /** An élu of the member when there is one. */
    private @Nullable Actor delegate(MemberId member) {
        return jdbc.sql("""
                SELECT a.id, a.person, a.member, p.given_name || ' ' || p.usual_name AS name FROM directory.v_affiliation a
                JOIN directory.v_person p ON p.id = a.person WHERE a.member = ? AND a.live ORDER BY a.kind <> 'elu', a.id LIMIT 1
                """)
                .param(member.value())
                .query((row, n) -> actor(row, false))
                .optional()
                .orElse(null);
    }

    private static Actor actor(java.sql.ResultSet row, boolean operator) throws java.sql.SQLException {
        return new Actor(
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("name"),
                new AffiliationId(row.getObject("id", UUID.class)),
                new MemberId(row.getObject("member", UUID.class)),
                operator,
                operator ? Set.of(Role.OPERATOR_ADMIN) : Set.of(),
                null);
    }
}
