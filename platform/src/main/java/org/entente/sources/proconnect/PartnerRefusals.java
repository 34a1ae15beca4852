package org.entente.sources.proconnect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who came by ProConnect and was not let in: shown for 30 days to the admins whom it concerns, then forgotten. */
@Component
class PartnerRefusals {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final int MOST = 50;

    /** Where an account says it is somebody whom it does not fit: somebody has to look, and nothing was linked. */
    private static final Set<String> CONFLICTS =
            Set.of("others_address", "other_organisation", "organisation_changed", "other_account", "members_own");

    private final JdbcClient jdbc;
    private final Clock clock;

    PartnerRefusals(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Row(
            Instant at,
            @Nullable String member,
            String reason,
            @Nullable String address,
            @Nullable String siret,
            int times) {

        boolean conflict() {
            return CONFLICTS.contains(reason);
        }
    }

    /** @param members whom it concerns; nobody in particular when there are none */
    void note(Set<UUID> members, String reason, @Nullable String address, @Nullable String siret) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("DELETE FROM sources.proconnect_refusal WHERE last_at < ?")
                .param(now.minus(KEPT))
                .update();
        jdbc.sql("""
                INSERT INTO sources.proconnect_refusal (member, reason, address, siret, last_at)
                SELECT m, :reason, :address, :siret, :now FROM unnest(coalesce(nullif(:members::uuid[], '{}'), ARRAY[NULL::uuid])) AS m
                ON CONFLICT (member, reason, address, siret) DO UPDATE
                    SET last_at = EXCLUDED.last_at, times = sources.proconnect_refusal.times + 1
                """)
                .param("reason", reason)
                .param("address", address)
                .param("siret", siret)
                .param("now", now)
                .param("members", members.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .update();
    }

    List<Row> all() {
        return rows("true", null);
    }

    /** Those that concern this member, and those of colleagues of its partners, whom nobody invited. */
    List<Row> of(MemberId member) {
        return rows(
                "(r.member = :member OR (r.member IS NULL AND r.siret IN"
                        + " (SELECT p.siret FROM sources.proconnect_partner p WHERE p.member = :member)))",
                member);
    }

    private List<Row> rows(String which, @Nullable MemberId member) {
        return jdbc.sql(
                        "SELECT r.*, m.name FROM sources.proconnect_refusal r LEFT JOIN directory.v_member m ON m.id = r.member"
                                + " WHERE r.last_at >= :since AND " + which
                                + " ORDER BY r.last_at DESC, r.reason LIMIT " + MOST)
                .param("since", OffsetDateTime.now(clock).minus(KEPT))
                .param("member", member == null ? null : member.value())
                .query((row, n) -> new Row(
                        row.getObject("last_at", OffsetDateTime.class).toInstant(),
                        row.getString("name"),
                        row.getString("reason"),
                        row.getString("address"),
                        row.getString("siret"),
                        row.getInt("times")))
                .list();
    }
}
