package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Authorities;
import org.entente.directory.MemberId;
import org.entente.directory.Siren;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The seven towns of SITIV with their real populations: keys side by side, and what would change if something changed. */
@SpringBootTest
@Import({TestPostgres.class, SharedYear.class})
class WorkshopTest {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SharedYear year;

    @Autowired
    Workshop workshop;

    @Autowired
    WhatIf whatIf;

    @Autowired
    KeyWords words;

    @Autowired
    Authorities authorities;

    private UUID agreement;

    @BeforeEach
    void aYear() {
        year.forget();
        year.sitiv();
        agreement = year.agreement("Socle", year.key("Population", new CostKey.ByMeasure(Measure.POPULATION)));
        year.line("Messagerie", agreement, 70_000_00);
    }

    @Test
    void keysAreComparedOnRealFiguresAndOneThatFailsSaysWhy() {
        Workshop.Comparison compared = workshop.compare(
                agreement,
                2027,
                null,
                List.of(
                        new Workshop.NamedKey("Population", new CostKey.ByMeasure(Measure.POPULATION)),
                        new Workshop.NamedKey("Égal", new CostKey.Equal()),
                        new Workshop.NamedKey("Stockage", new CostKey.ByMeasure(new Measure("storage-gib.files")))),
                Locale.FRENCH);

        assertThat(compared.total()).isEqualTo(new Money(70_000_00));
        assertThat(compared.members()).hasSize(7).allSatisfy(row -> {
            assertThat(row.amounts().get(1)).isEqualTo(new Money(10_000_00));
            assertThat(row.amounts().get(2)).isNull();
        });
        assertThat(compared.keys().get(2).error()).contains("storage-gib.files");
        assertThat(compared.keys().get(0).text()).isEqualTo("selon la population");
    }

    @Test
    void whatIfTellsEveryMemberAndKeepsNothing() {
        MemberId corbas = year.member("Corbas");

        WhatIf.Answer answer = whatIf.tell(
                2027,
                List.of(
                        new WhatIf.Leaves(agreement, corbas, LocalDate.of(2026, 12, 31)),
                        new WhatIf.Joins(
                                agreement,
                                null,
                                "Feyzin",
                                Map.of(Measure.POPULATION, 9_700L),
                                LocalDate.of(2027, 7, 2)),
                        new WhatIf.Figure(year.member("Givors"), Measure.POPULATION, 25_000)));

        assertThat(answer.before()).isEqualTo(new Money(70_000_00)).isEqualTo(answer.after());
        Map<String, WhatIf.Row> rows = new HashMap<>();
        answer.members().forEach(row -> rows.put(row.name(), row));
        assertThat(rows).hasSize(8);
        assertThat(rows.get("Corbas").after()).isEqualTo(Money.ZERO);
        assertThat(rows.get("Corbas").percent()).isEqualByComparingTo("-100.0");
        assertThat(rows.get("Feyzin").member()).isNull();
        assertThat(rows.get("Feyzin").after()).isGreaterThan(Money.ZERO);
        assertThat(rows.get("Givors").difference()).isGreaterThan(Money.ZERO);
        assertThat(whatIf.tell(2027, List.of()).members())
                .hasSize(7)
                .allSatisfy(row -> assertThat(row.difference()).isEqualTo(Money.ZERO));
    }

    @Test
    void theCommunesOfTheMetropoleShareToTheCent() {
        List<Participant> communes = authorities.communesOf(new Siren("200046977")).stream()
                .map(a -> new Participant(
                        new MemberId(
                                UUID.nameUUIDFromBytes(a.name().getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                        365,
                        Map.of(Measure.POPULATION, (long) java.util.Objects.requireNonNull(a.population()))))
                .toList();
        CostKey key = new CostKey.AtLeast(
                new CostKey.Capped(new CostKey.ByMeasure(Measure.POPULATION), new BigDecimal("25")), new Money(750_00));

        Allocation shared = Allocation.of(new Money(1_234_567_89), key, communes, 365);

        assertThat(communes).hasSizeBetween(57, 59); // communes merge
        assertThat(Money.sum(
                        shared.shares().stream().map(Allocation.Share::amount).toList()))
                .isEqualTo(new Money(1_234_567_89));
        assertThat(shared.shares()).allSatisfy(s -> assertThat(s.amount()).isGreaterThanOrEqualTo(new Money(750_00)));
    }

    @Test
    void aNewKeyOrANewCostFallsOnTheAgreementAlone() {
        WhatIf.Answer equal = whatIf.tell(2027, List.of(new WhatIf.NewKey(agreement, new CostKey.Equal())));
        WhatIf.Answer dearer = whatIf.tell(2027, List.of(new WhatIf.NewCost(agreement, "Visio", new Money(7_00))));

        assertThat(equal.members()).allSatisfy(row -> assertThat(row.after()).isEqualTo(new Money(10_000_00)));
        assertThat(dearer.after().minus(dearer.before())).isEqualTo(new Money(7_00));
    }

    @Test
    void whatMakesNoSenseIsRefusedPlainly() {
        MemberId corbas = year.member("Corbas");
        assertRefused(
                "pooling.party.already",
                () -> whatIf.tell(
                        2027, List.of(new WhatIf.Joins(agreement, corbas, null, null, LocalDate.of(2027, 1, 1)))));
        assertRefused(
                "pooling.budget.negative",
                () -> whatIf.tell(2027, List.of(new WhatIf.NewCost(agreement, "x", new Money(-1)))));
        assertRefused(
                "pooling.figure.missing",
                () -> whatIf.tell(
                        2027,
                        List.of(new WhatIf.Joins(
                                agreement, null, "Sans population", Map.of(), LocalDate.of(2027, 1, 1)))));
        assertRefused("pooling.budget.year", () -> workshop.compare(agreement, 1, null, List.of(), Locale.FRENCH));
        assertRefused(
                "pooling.basis.empty",
                () -> whatIf.tell(
                        2027,
                        year.members().values().stream()
                                .<WhatIf.Change>map(m -> new WhatIf.Figure(m, Measure.POPULATION, 0))
                                .toList()));
    }

    @Test
    void aFormulaIsReadableInBothLanguages() {
        CostKey key = new CostKey.AtLeast(
                new CostKey.Mix(List.of(
                        new CostKey.Part(
                                new BigDecimal("60"),
                                new CostKey.Tapered(
                                        Measure.POPULATION,
                                        List.of(
                                                new CostKey.Slice(10_000L, BigDecimal.ONE),
                                                new CostKey.Slice(null, new BigDecimal("0.8"))))),
                        new CostKey.Part(new BigDecimal("40"), new CostKey.Equal()))),
                new Money(500_00));

        assertThat(words.key(key, Locale.FRENCH))
                .isEqualTo(
                        "60 % selon la population, par tranches (jusqu’à 10\u00a0000 : coefficient 1, au-delà : coefficient 0,8)"
                                + " + 40 % à parts égales ; au moins 500,00\u00a0€ par membre et par an");
        assertThat(words.key(key, Locale.ENGLISH)).endsWith("40 % in equal parts; at least €500.00 a member and year");
    }

    private static void assertRefused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
