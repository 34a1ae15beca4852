package org.entente.pooling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads agreements as they stand on a day, with their parties, amendments and documents. */
@Component
class AgreementReader {

    record KeyRef(UUID id, String name) {}

    /**
     * An agreement as it stands today.
     *
     * @param lastOn its last day by notice or by its terms; null while it goes on
     * @param noticeBy the last day to give notice for its next end
     */
    record Agreement(
            UUID id,
            String number,
            String title,
            LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable LocalDate lastOn,
            int noticeMonths,
            String renewal,
            @Nullable KeyRef costKey,
            List<Terms.AgreedService> services,
            String status,
            int parties,
            @Nullable LocalDate noticeBy,
            int version) {}

    record Party(
            UUID member,
            String name,
            LocalDate since,
            @Nullable LocalDate until) {}

    record Amendment(
            int number,
            LocalDate effectiveOn,
            @Nullable LocalDate signedOn,
            String summary,
            Terms terms,
            boolean inForce) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    AgreementReader(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Agreement> all() {
        return read(null);
    }

    Agreement get(UUID id) {
        return read(id).stream().findFirst().orElseThrow(() -> Refusal.notFound("pooling.agreement.unknown"));
    }

    List<Party> parties(UUID agreement) {
        return jdbc.sql("""
                SELECT p.member, m.name, p.since, p.until FROM pooling.party p JOIN directory.v_member m ON m.id = p.member
                WHERE p.agreement = ? ORDER BY m.name, p.since
                """).param(agreement).query(Party.class).list();
    }

    List<Amendment> amendments(UUID agreement) {
        int inForce = jdbc.sql("SELECT amendment FROM pooling.terms_at(?) WHERE agreement = ?")
                .params(LocalDate.now(clock), agreement)
                .query(Integer.class)
                .single();
        Map<Integer, List<Terms.AgreedService>> services = new HashMap<>();
        jdbc.sql(
                        "SELECT number, service, quota, storage_gb FROM pooling.amendment_service WHERE agreement = ? ORDER BY service")
                .param(agreement)
                .query((row, n) -> services.computeIfAbsent(row.getInt("number"), a -> new ArrayList<>())
                        .add(service(row)))
                .list();
        return jdbc.sql("SELECT * FROM pooling.amendment WHERE agreement = ? ORDER BY effective_on, number")
                .param(agreement)
                .query((row, n) -> new Amendment(
                        row.getInt("number"),
                        row.getObject("effective_on", LocalDate.class),
                        row.getObject("signed_on", LocalDate.class),
                        row.getString("summary"),
                        new Terms(
                                row.getString("title"),
                                row.getObject("ends_on", LocalDate.class),
                                row.getInt("notice_months"),
                                row.getString("renewal"),
                                row.getObject("cost_key", UUID.class),
                                services.getOrDefault(row.getInt("number"), List.of())),
                        row.getInt("number") == inForce))
                .list();
    }

    /** The agreements a member takes part in, or took part in, with its own period. */
    List<Membership> of(MemberId member) {
        Map<UUID, Agreement> all = new HashMap<>();
        read(null).forEach(agreement -> all.put(agreement.id(), agreement));
        return jdbc.sql("SELECT agreement, since, until FROM pooling.party WHERE member = ? ORDER BY since DESC")
                .param(member.value())
                .query((row, n) -> new Membership(
                        java.util.Objects.requireNonNull(all.get(row.getObject("agreement", UUID.class))),
                        row.getObject("since", LocalDate.class),
                        row.getObject("until", LocalDate.class)))
                .list();
    }

    private static Terms.AgreedService service(ResultSet row) throws SQLException {
        return new Terms.AgreedService(
                row.getString("service"), row.getObject("quota", Long.class), row.getObject("storage_gb", Long.class));
    }

    record Membership(
            Agreement agreement, LocalDate since, @Nullable LocalDate until) {}

    boolean isParty(UUID agreement, MemberId member) {
        return jdbc.sql("SELECT count(*) > 0 FROM pooling.party WHERE agreement = ? AND member = ?")
                .params(agreement, member.value())
                .query(Boolean.class)
                .single();
    }

    private List<Agreement> read(@Nullable UUID one) {
        LocalDate today = LocalDate.now(clock);
        Map<UUID, List<Terms.AgreedService>> services = new HashMap<>();
        jdbc.sql("""
                SELECT t.agreement, s.service, s.quota, s.storage_gb FROM pooling.terms_at(?) t
                JOIN pooling.amendment_service s ON s.agreement = t.agreement AND s.number = t.amendment ORDER BY s.service
                """)
                .param(today)
                .query((row, n) -> services.computeIfAbsent(
                                row.getObject("agreement", UUID.class), a -> new ArrayList<>())
                        .add(service(row)))
                .list();
        return jdbc.sql("""
                SELECT t.*, k.name AS key_name,
                       (SELECT count(DISTINCT p.member) FROM pooling.party p
                        WHERE p.agreement = t.agreement AND (p.until IS NULL OR p.until >= :today))::int AS parties
                FROM pooling.terms_at(:today) t LEFT JOIN pooling.cost_key k ON k.id = t.cost_key
                WHERE :one::uuid IS NULL OR t.agreement = :one::uuid ORDER BY t.number
                """)
                .param("today", today)
                .param("one", one)
                .query((row, n) -> {
                    UUID id = row.getObject("agreement", UUID.class);
                    LocalDate startsOn = row.getObject("starts_on", LocalDate.class);
                    LocalDate endsOn = row.getObject("ends_on", LocalDate.class);
                    LocalDate lastOn = row.getObject("last_on", LocalDate.class);
                    UUID key = row.getObject("cost_key", UUID.class);
                    return new Agreement(
                            id,
                            row.getString("number"),
                            row.getString("title"),
                            startsOn,
                            lastOn != null ? lastOn : endsOn,
                            lastOn,
                            row.getInt("notice_months"),
                            row.getString("renewal"),
                            key == null ? null : new KeyRef(key, row.getString("key_name")),
                            services.getOrDefault(id, List.of()),
                            row.getBoolean("proposed") ? "proposed" : status(today, startsOn, lastOn),
                            row.getInt("parties"),
                            noticeBy(today, endsOn, lastOn, row.getInt("notice_months")),
                            row.getInt("version"));
                })
                .list();
    }

    private static String status(LocalDate today, LocalDate startsOn, @Nullable LocalDate lastOn) {
        if (today.isBefore(startsOn)) {
            return "planned";
        }
        return lastOn != null && lastOn.isBefore(today) ? "ended" : "current";
    }

    /** A tacit renewal is for a year each time: the next end is the first anniversary of the end that is still to come. */
    static @Nullable LocalDate noticeBy(
            LocalDate today, @Nullable LocalDate endsOn, @Nullable LocalDate lastOn, int noticeMonths) {
        if (endsOn == null) {
            return null;
        }
        if (lastOn != null) {
            return lastOn.isBefore(today) || !lastOn.equals(endsOn) ? null : endsOn.minusMonths(noticeMonths);
        }
        LocalDate next = endsOn;
        while (next.minusMonths(noticeMonths).isBefore(today)) {
            next = next.plusYears(1);
        }
        return next.minusMonths(noticeMonths);
    }

    static Instant instant(java.sql.ResultSet row, String column) throws java.sql.SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
