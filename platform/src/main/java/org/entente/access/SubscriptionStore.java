package org.entente.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.directory.AffiliationKind;
import org.entente.directory.MemberId;
import org.entente.directory.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Subscriptions as rows; every statement is bound by the member. */
@Repository
class SubscriptionStore {

    private final JdbcClient jdbc;
    private final Clock clock;

    SubscriptionStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Kept(UUID id, String service, Instant since, List<Population> populations) {}

    private record Row(UUID id, String service, Instant since, Population population) {}

    Map<String, Kept> of(MemberId member) {
        Map<String, Kept> kept = new LinkedHashMap<>();
        for (Row row : jdbc.sql("""
                        SELECT s.id, s.service, s.since, p.kinds, p.units, p.groups, p.role
                        FROM access.subscription s JOIN access.population p ON p.subscription = s.id
                        WHERE s.member = ? ORDER BY s.service, p.position""")
                .param(member.value())
                .query(SubscriptionStore::row)
                .list()) {
            kept.computeIfAbsent(row.service(), id -> new Kept(row.id(), id, row.since(), new ArrayList<>()))
                    .populations()
                    .add(row.population());
        }
        return kept;
    }

    void put(MemberId member, String service, List<Population> populations) {
        UUID id = jdbc.sql("""
                        INSERT INTO access.subscription (member, service, since) VALUES (?, ?, ?)
                        ON CONFLICT (member, service) DO UPDATE SET service = EXCLUDED.service RETURNING id""")
                .param(member.value())
                .param(service)
                .param(OffsetDateTime.now(clock))
                .query(UUID.class)
                .single();
        jdbc.sql("DELETE FROM access.population WHERE subscription = ?")
                .param(id)
                .update();
        for (int i = 0; i < populations.size(); i++) {
            Population population = populations.get(i);
            jdbc.sql("INSERT INTO access.population VALUES (?, ?, ?::text[], ?::uuid[], ?::text[], ?)")
                    .param(id)
                    .param(i)
                    .param(texts(population.kinds().stream().map(AffiliationKind::code)))
                    .param(texts(population.units().stream().map(UnitId::toString)))
                    .param(texts(population.groups().stream()))
                    .param(population.role())
                    .update();
        }
    }

    boolean remove(MemberId member, String service) {
        return jdbc.sql("DELETE FROM access.subscription WHERE member = ? AND service = ?")
                        .param(member.value())
                        .param(service)
                        .update()
                > 0;
    }

    /** How many people of the member have each service. */
    Map<String, Integer> people(MemberId member) {
        return jdbc
                .sql(
                        "SELECT service, count(DISTINCT person)::int FROM access.entitlement WHERE member = ? GROUP BY service")
                .param(member.value())
                .query((row, n) -> Map.entry(row.getString(1), row.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Set<UUID> unitsOf(MemberId member) {
        return Set.copyOf(jdbc.sql("SELECT id FROM directory.v_unit WHERE member = ?")
                .param(member.value())
                .query(UUID.class)
                .list());
    }

    List<SubscriptionsController.Who> names(List<UUID> people) {
        return jdbc.sql(
                        "SELECT id, given_name, usual_name FROM directory.v_person WHERE id = ANY (?::uuid[]) ORDER BY usual_name, given_name")
                .param(texts(people.stream().map(UUID::toString)))
                .query((row, n) -> new SubscriptionsController.Who(
                        row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                .list();
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getString("service"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                new Population(
                        Arrays.stream((String[]) row.getArray("kinds").getArray())
                                .map(AffiliationKind::of)
                                .collect(Collectors.toSet()),
                        Arrays.stream((UUID[]) row.getArray("units").getArray())
                                .map(UnitId::new)
                                .collect(Collectors.toSet()),
                        Set.of((String[]) row.getArray("groups").getArray()),
                        row.getString("role")));
    }

    private static String[] texts(Stream<String> stream) {
        return stream.sorted().toArray(String[]::new);
    }
}
