package org.entente.pooling;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A shared year to test on: SITIV's towns with their populations, an agreement, a line. */
@TestComponent
class SharedYear {

    private final JdbcClient jdbc;
    private final Keys keys;
    private final Agreements agreements;
    private final Budget budget;
    private final Map<String, MemberId> towns = new LinkedHashMap<>();

    SharedYear(JdbcClient jdbc, Keys keys, Agreements agreements, Budget budget) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.agreements = agreements;
        this.budget = budget;
    }

    /** Empties the room and the directory. */
    void forget() {
        List<String> tables = jdbc.sql("""
                SELECT 'pooling.' || quote_ident(table_name) FROM information_schema.tables
                WHERE table_schema = 'pooling' AND table_type = 'BASE TABLE' AND table_name <> 'flyway_schema_history'
                """).query(String.class).list();
        for (int attempt = 0; ; attempt++) {
            try {
                jdbc.sql("TRUNCATE " + String.join(", ", tables) + ", directory.member CASCADE")
                        .update();
                break;
            } catch (PessimisticLockingFailureException aJobWasAtIt) {
                if (attempt == 10) {
                    throw aJobWasAtIt;
                }
            }
        }
        towns.clear();
    }

    void sitiv() {
        town("216902593", "Vénissieux", 66_701);
        town("216902569", "Vaulx-en-Velin", 52_448);
        town("216902734", "Corbas", 11_200);
        town("216900910", "Givors", 20_616);
        town("216900969", "Grigny-sur-Rhône", 9_800);
        town("214202079", "Saint-Chamond", 35_600);
        town("214201865", "Rive-de-Gier", 15_000);
    }

    void town(String siren, String name, int population) {
        towns.put(
                name,
                new MemberId(jdbc.sql("""
                        INSERT INTO directory.member (siren, kind, name, population, population_source)
                        VALUES (?, 'commune', ?, ?, 'test') RETURNING id
                        """)
                        .params(siren, name, population)
                        .query(UUID.class)
                        .single()));
    }

    MemberId member(String name) {
        return Objects.requireNonNull(towns.get(name), name);
    }

    Map<String, MemberId> members() {
        return Map.copyOf(towns);
    }

    UUID key(String name, CostKey formula) {
        return keys.draft(name, formula, operator()).id();
    }

    /** All towns take part from 2026 on. */
    UUID agreement(String title, UUID key) {
        UUID id = agreements.make(
                "C-" + title,
                LocalDate.of(2026, 1, 1),
                new Terms(title, null, 6, "none", key, List.of()),
                operator().author());
        towns.values()
                .forEach(t -> agreements.join(
                        id, t, LocalDate.of(2026, 1, 1), operator().author()));
        return id;
    }

    UUID line(String label, UUID agreement, long cents) {
        return budget.add(
                new Budget.NewLine(label, agreement, null, "running", 2027, 1, new Money(cents), Money.ZERO, null),
                operator());
    }

    Actor operator() {
        return new Actor(
                new PersonId(UUID.nameUUIDFromBytes(new byte[] {1})),
                "Ingénieure",
                new AffiliationId(UUID.nameUUIDFromBytes(new byte[] {2})),
                towns.values().iterator().next(),
                true,
                Set.of(Role.OPERATOR_ADMIN),
                null);
    }
}
