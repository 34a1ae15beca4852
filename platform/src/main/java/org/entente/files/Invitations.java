package org.entente.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells which invitations there are. */
@Component
class Invitations {

    static final String TOLD = """
            SELECT i.*, o.name AS space_name, p.given_name || ' ' || p.usual_name AS by_name, i.ended_at IS NULL AND i.until > now() AS in_force
            FROM files.invitation i JOIN files.space o ON o.id = i.space
            LEFT JOIN directory.v_affiliation a ON a.id = i.by LEFT JOIN directory.v_person p ON p.id = a.person
            """;

    private final JdbcClient jdbc;

    Invitations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Invited one(MemberId member, UUID id) {
        return jdbc.sql(TOLD + "WHERE i.id = ? AND i.member = ?")
                .params(id, member.value())
                .query((row, n) -> invited(row))
                .optional()
                .orElseThrow(Invitations::unknown);
    }

    List<Invited> of(FileSpace space) {
        return jdbc.sql(TOLD + "WHERE i.space = ? ORDER BY i.id DESC LIMIT 500")
                .param(space.id().value())
                .query((row, n) -> invited(row))
                .list();
    }

    /** All of a member's, the last first. */
    Page<Invited> of(MemberId member, int offset, int limit) {
        int from = Math.max(offset, 0);
        return new Page<>(
                jdbc.sql(TOLD + "WHERE i.member = ? ORDER BY i.id DESC OFFSET ? LIMIT ?")
                        .params(member.value(), from, Page.size(limit))
                        .query((row, n) -> invited(row))
                        .list(),
                jdbc.sql("SELECT count(*) FROM files.invitation WHERE member = ?")
                        .param(member.value())
                        .query(Long.class)
                        .single(),
                from);
    }

    static Refusal unknown() {
        return Refusal.notFound("file.invite.unknown");
    }

    private static Invited invited(ResultSet row) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Invited(
                row.getObject("id", UUID.class),
                new SpaceId(row.getObject("space", UUID.class)),
                row.getString("space_name"),
                row.getString("address"),
                row.getString("given_name"),
                row.getString("usual_name"),
                row.getString("organisation"),
                row.getString("reason"),
                SpaceRole.of(row.getString("role")),
                row.getString("by_name"),
                Rows.instant(row, "made_at"),
                Rows.instant(row, "until"),
                ended == null ? null : ended.toInstant(),
                row.getBoolean("in_force"));
    }
}
