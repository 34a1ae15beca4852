package org.entente.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads members with their domains and counts. */
@Component
@Transactional(readOnly = true)
class MemberReader {

    private static final String DETAIL = """
            SELECT m.*, p.id AS parent_id, p.name AS parent_name, p.siren AS parent_siren, p.colour AS parent_colour,
                   c.people, c.agents, c.elus, count(*) OVER () AS total
            FROM directory.member m LEFT JOIN directory.member p ON p.id = m.parent
            LEFT JOIN LATERAL (SELECT count(DISTINCT a.person) AS people, count(DISTINCT a.person) FILTER (WHERE a.kind = 'agent') AS agents,
                                      count(DISTINCT a.person) FILTER (WHERE a.kind = 'elu') AS elus
                               FROM directory.affiliation a WHERE a.member = m.id AND a.phase = 'current') c ON true
            """;

    private final JdbcClient jdbc;
    private final ObjectProvider<MemberServices> services;

    MemberReader(JdbcClient jdbc, ObjectProvider<MemberServices> services) {
        this.jdbc = jdbc;
        this.services = services;
    }

    MemberDetail detail(MemberId id) {
        return page(" WHERE m.id = :id", Map.of("id", id.value()), 0, 1).items().stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("member.unknown"));
    }

    Page<MemberDetail> list(String q, int offset, int limit) {
        String plain = jdbc.sql("SELECT trim(base.plain(?))")
                .param(q)
                .query(String.class)
                .single();
        return page(
                " WHERE :q = '' OR ' ' || base.plain(m.name) LIKE '% ' || :q || '%' OR m.siren = replace(:q, ' ', '') OR m.insee = :q",
                Map.of("q", plain.replace("_", "\\_")), offset, limit);
    }

    private Page<MemberDetail> page(String where, Map<String, Object> params, int offset, int limit) {
        Map<UUID, List<MemberDetail.Domain>> domains = new HashMap<>();
        jdbc.sql("SELECT * FROM directory.mail_domain ORDER BY domain").query(row -> {
            domains.computeIfAbsent(row.getObject("member", UUID.class), m -> new java.util.ArrayList<>())
                    .add(new MemberDetail.Domain(
                            row.getString("domain"), row.getString("token"), Rows.instant(row, "verified_at")));
        });
        MemberServices counter = services.getIfAvailable();
        Map<MemberId, Integer> taken = counter == null ? Map.of() : counter.subscribed();
        record Counted(MemberDetail detail, long total) {}
        List<Counted> found = jdbc.sql(
                        DETAIL + where + " ORDER BY base.plain(m.name), m.id LIMIT :limit OFFSET :offset")
                .params(params)
                .param("limit", Page.size(limit))
                .param("offset", Math.max(0, offset))
                .query((row, number) -> new Counted(detail(row, domains, taken), row.getLong("total")))
                .list();
        return new Page<>(
                found.stream().map(Counted::detail).toList(),
                found.isEmpty() ? 0 : found.getFirst().total(),
                offset);
    }

    private MemberDetail detail(
            ResultSet row, Map<UUID, List<MemberDetail.Domain>> domains, Map<MemberId, Integer> taken)
            throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        UUID parent = row.getObject("parent_id", UUID.class);
        String parentSiren = row.getString("parent_siren");
        return new MemberDetail(
                new MemberId(id),
                row.getString("name"),
                row.getString("siren"),
                row.getString("colour"),
                row.getString("siret"),
                row.getString("insee"),
                row.getString("kind"),
                row.getObject("population", Integer.class),
                row.getString("population_source"),
                row.getObject("population_date", LocalDate.class),
                parent == null
                        ? null
                        : new MemberRef(
                                new MemberId(parent),
                                row.getString("parent_name"),
                                parentSiren == null ? null : new Siren(parentSiren),
                                row.getString("parent_colour")),
                row.getBoolean("is_operator"),
                row.getString("status"),
                row.getObject("joined_on", LocalDate.class),
                row.getObject("left_on", LocalDate.class),
                row.getInt("departure_limit"),
                row.getString("second_factor"),
                domains.getOrDefault(id, List.of()),
                new MemberDetail.Counts(
                        row.getInt("people"),
                        row.getInt("agents"),
                        row.getInt("elus"),
                        taken.getOrDefault(new MemberId(id), 0)),
                row.getInt("version"));
    }
}
