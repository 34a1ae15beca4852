package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A year of SITIV: its seven towns, two agreements, running costs and an investment. */
@SpringBootTest
@Import(TestPostgres.class)
class ContributionsTest {

    private static final LocalDate DUE = LocalDate.of(2027, 6, 30);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Keys keys;

    @Autowired
    Agreements agreements;

    @Autowired
    Budget budget;

    @Autowired
    Contributions contributions;

    @Autowired
    Statements statements;

    private final Map<String, MemberId> towns = new java.util.LinkedHashMap<>();
    private Actor operator;

    @BeforeEach
    void sevenTowns() {
        jdbc.sql(
                        "TRUNCATE pooling.payment, pooling.contribution, pooling.contribution_call, pooling.budget_line, pooling.party, pooling.amendment_service, pooling.amendment, pooling.agreement, pooling.cost_key")
                .update();
        jdbc.sql("DELETE FROM directory.member").update();
        town("216902593", "Vénissieux", 66_701);
        town("216902569", "Vaulx-en-Velin", 52_448);
        town("216902734", "Corbas", 11_200);
        town("216900910", "Givors", 20_616);
        town("216900969", "Grigny-sur-Rhône", 9_800);
        town("214202079", "Saint-Chamond", 35_600);
        town("214201865", "Rive-de-Gier", 15_000);
        operator = new Actor(
                new PersonId(UUID.randomUUID()),
                "Ingénieure",
                new AffiliationId(UUID.randomUUID()),
                member("Corbas"),
                true,
                Set.of(Role.OPERATOR_ADMIN),
                null);
    }

    @Test
    void aCallSharesEveryLineToTheCentAndIsRecomputedTheSameLater() {
        // Given mail shared by population, and a hardware investment over three years shared by a mix with a minimum
        UUID agreement = agreement(keys.draft("Population", new CostKey.ByMeasure(Measure.POPULATION), operator)
                .id());
        CostKey mix = new CostKey.AtLeast(
                new CostKey.Mix(List.of(
                        new CostKey.Part(new BigDecimal("60"), new CostKey.ByMeasure(Measure.POPULATION)),
                        new CostKey.Part(new BigDecimal("40"), new CostKey.Equal()))),
                new Money(1_000_00));
        UUID mixed = keys.draft("Mixte", mix, operator).id();
        budget.add(
                new Budget.NewLine(
                        "Messagerie",
                        agreement,
                        "mail",
                        "running",
                        2027,
                        1,
                        new Money(120_000_01),
                        new Money(20_000_00),
                        null),
                operator);
        budget.add(
                new Budget.NewLine(
                        "Serveurs", agreement, null, "investment", 2026, 3, new Money(100_000_00), Money.ZERO, mixed),
                operator);

        // When the provisional call of 2027 is made
        Contributions.Call call = contributions.call(2027, Contributions.Kind.PROVISIONAL, DUE, operator);

        // Then it is the year's cost to the cent, and stays so when populations change afterwards
        assertThat(call.total()).isEqualTo(new Money(100_000_01 + 33_333_33));
        assertThat(statements.owed(call.id()))
                .hasSize(7)
                .allSatisfy(owed -> assertThat(owed.amount().cents()).isGreaterThan(1_000_00));
        jdbc.sql("UPDATE directory.member SET population = population * 2 WHERE name = 'Corbas'")
                .update();
        assertThat(contributions.recomputesTheSame(call.id())).isTrue();
        assertThat(contributions.preview(2027).get(member("Corbas")))
                .isGreaterThan(statements.of(member("Corbas"), 2027).amount());
    }

    @Test
    void aStatementExplainsEachLineAndCountsPayments() {
        UUID agreement = agreement(keys.draft("Population", new CostKey.ByMeasure(Measure.POPULATION), operator)
                .id());
        budget.add(
                new Budget.NewLine(
                        "Messagerie", agreement, "mail", "running", 2027, 1, new Money(70_000_00), Money.ZERO, null),
                operator);
        contributions.call(2027, Contributions.Kind.PROVISIONAL, DUE, operator);
        contributions.notePayment(
                member("Givors"), 2027, new Money(1_000_00), LocalDate.of(2027, 5, 2), "virement", operator);

        Contributions.Statement statement = statements.of(member("Givors"), 2027);

        assertThat(statement.lines()).singleElement().satisfies(line -> {
            assertThat(line.label()).isEqualTo("Messagerie");
            assertThat(line.reasons())
                    .singleElement()
                    .satisfies(reason -> assertThat(reason.values()).containsEntry("weight", "20616"));
        });
        assertThat(statement.balance()).isEqualTo(statement.amount().minus(new Money(1_000_00)));
    }

    @Test
    void aMemberThatJoinsMidYearPaysForItsDays() {
        UUID agreement = agreements.make(
                "C-2",
                LocalDate.of(2027, 1, 1),
                terms(
                        "Accueil",
                        keys.draft("Égal", new CostKey.Equal(), operator).id()),
                operator.author());
        agreements.join(agreement, member("Corbas"), LocalDate.of(2027, 1, 1), operator.author());
        agreements.join(agreement, member("Givors"), LocalDate.of(2027, 10, 20), operator.author()); // 73 days
        budget.add(
                new Budget.NewLine(
                        "Portail", agreement, null, "running", 2027, 1, new Money(1_200_00), Money.ZERO, null),
                operator);

        Map<MemberId, Money> owed = contributions.preview(2027);

        assertThat(owed)
                .containsEntry(member("Corbas"), new Money(1_000_00))
                .containsEntry(member("Givors"), new Money(200_00));
    }

    @Test
    void whatIsWrongIsRefusedAndNothingIsKept() {
        UUID key = keys.draft("Population", new CostKey.ByMeasure(Measure.POPULATION), operator)
                .id();
        UUID agreement = agreement(key);

        assertRefused("pooling.key.name-taken", () -> keys.draft("Population", new CostKey.Equal(), operator));
        assertRefused(
                "pooling.party.already",
                () -> agreements.join(agreement, member("Corbas"), LocalDate.of(2027, 3, 1), operator.author()));
        assertRefused("pooling.call.nothing", () -> contributions.call(2027, Contributions.Kind.FINAL, DUE, operator));
        assertRefused(
                "pooling.budget.funding",
                () -> new Budget.NewLine("x", agreement, null, "running", 2027, 1, new Money(1), new Money(2), null));
        assertRefused(
                "pooling.budget.negative",
                () -> new Budget.NewLine("x", agreement, null, "running", 2027, 1, new Money(-1), Money.ZERO, null));
        keys.adopt(key, operator);
        assertRefused("pooling.key.adopted", () -> keys.change(key, 1, new CostKey.Equal(), operator));
        budget.add(
                new Budget.NewLine("Messagerie", agreement, "mail", "running", 2027, 1, new Money(7), Money.ZERO, null),
                operator);
        contributions.call(2027, Contributions.Kind.ADJUSTED, DUE, operator);
        assertRefused(
                "pooling.call.already", () -> contributions.call(2027, Contributions.Kind.ADJUSTED, DUE, operator));
        assertRefused(
                "pooling.call.too-late", () -> contributions.call(2027, Contributions.Kind.PROVISIONAL, DUE, operator));
    }

    @Test
    void anInvestmentWeighsOnEachYearOfItsDepreciationAndSumsToItsAmount() {
        Cost.Investment servers = new Cost.Investment(2026, 3, new Money(100_000_01));

        assertThat(List.of(servers.in(2025), servers.in(2026), servers.in(2027), servers.in(2028), servers.in(2029)))
                .containsExactly(
                        Money.ZERO, new Money(33_333_34), new Money(33_333_34), new Money(33_333_33), Money.ZERO);
    }

    private UUID agreement(UUID key) {
        UUID agreement =
                agreements.make("C-1", LocalDate.of(2026, 1, 1), terms("Socle commun", key), operator.author());
        towns.values().forEach(town -> agreements.join(agreement, town, LocalDate.of(2026, 1, 1), operator.author()));
        return agreement;
    }

    private static Terms terms(String title, UUID key) {
        return new Terms(title, null, 6, "none", key, List.of());
    }

    private MemberId member(String name) {
        return java.util.Objects.requireNonNull(towns.get(name));
    }

    private void town(String siren, String name, int population) {
        towns.put(
                name,
                new MemberId(jdbc.sql("""
                INSERT INTO directory.member (siren, kind, name, population, population_source) VALUES (?, 'commune', ?, ?, 'test') RETURNING id
                """)
                        .params(siren, name, population)
                        .query(UUID.class)
                        .single()));
    }

    private static void assertRefused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
