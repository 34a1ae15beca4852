package org.entente.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whoever writes in a space takes their turn: its row is held until the commit, so that numbers follow commits, the quota is exact, and what was looked
 * at under the turn stays true until it ends. Two spaces are taken in the order of their ids.
 */
@Component
class Turn {

    private static final String WAIT = "5s";

    /** How many more bytes a space {@code s} takes; of none, when its member has no files. */
    static final String ROOM = """
            SELECT least(coalesce(files.allowed(s) - s.used, 9223372036854775807), coalesce(a.agreed - a.used, 9223372036854775807))
            FROM files.space s JOIN files.allowance a ON a.member = s.member""";

    /** More bytes in {@code :space} and with {@code :member}, if both have room; to be {@linkplain #demand looked at}. */
    static final String CHARGE = """
            space AS (
                UPDATE files.space s SET used = used + :bytes WHERE id = :space
                    AND (:bytes <= 0 OR files.allowed(s) IS NULL OR used + :bytes <= files.allowed(s)) RETURNING id),
            member AS (
                UPDATE files.allowance SET used = used + :bytes WHERE member = :member
                    AND (:bytes <= 0 OR agreed IS NULL OR used + :bytes <= agreed) RETURNING member)""";

    static final String CHARGED =
            "EXISTS (SELECT FROM space) AS charged_space, EXISTS (SELECT FROM member) AS charged_member";

    /** What is {@code up} from a folder now holds something of the turn's number, and so many bytes more. Looked up one by one: a join would read all nodes. */
    static final String TELL =
            "UPDATE files.node SET tree_seq = :seq, size = size + :bytes WHERE id = ANY(ARRAY(SELECT id FROM up))";

    private final JdbcClient jdbc;
    private final Clock clock;

    Turn(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param seq the number of this writing in that space */
    record Taken(SpaceId space, MemberId member, long seq, OffsetDateTime at) {}

    /** The running transaction's turn in a space. */
    Taken take(SpaceId space) {
        return take(space, 0);
    }

    /** What was looked at before the turn may have gone to another space meanwhile: then it is not this turn's to change. */
    static FileNode here(Taken turn, FileNode node) {
        if (!isHere(turn, node)) {
            throw Refusal.conflict("file.changed");
        }
        return node;
    }

    static boolean isHere(Taken turn, FileNode node) {
        return node.space().equals(turn.space());
    }

    /** @param beyond a number that the turn's own must be greater than */
    Taken take(SpaceId space, long beyond) {
        try {
            return taken(space, beyond);
        } catch (CannotAcquireLockException | QueryTimeoutException busy) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "file.busy");
        }
    }

    private Taken taken(SpaceId space, long beyond) {
        // Nobody keeps a connection while somebody else's long turn lasts: the territory has few of them.
        return jdbc.sql("""
                        WITH patience AS MATERIALIZED (SELECT set_config('lock_timeout', :wait, true) AS told)
                        UPDATE files.space SET seq = greatest(seq, :beyond) + 1 FROM patience
                        WHERE id = :id AND closed_at IS NULL AND told <> '' RETURNING member, seq""")
                .param("wait", WAIT)
                .param("beyond", beyond)
                .param("id", space.value())
                .query((row, n) -> new Taken(
                        space,
                        new MemberId(row.getObject("member", UUID.class)),
                        row.getLong("seq"),
                        OffsetDateTime.now(clock)))
                .optional()
                .orElseThrow(Sight::unknown);
    }

    /** Both, whichever comes first in the order of all; for what passes from one space to another. */
    Taken[] take(SpaceId from, SpaceId to) {
        if (from.equals(to)) {
            Taken both = take(from);
            return new Taken[] {both, both};
        }
        if (from.value().compareTo(to.value()) < 0) {
            Taken first = take(from);
            return new Taken[] {first, take(to, first.seq())};
        }
        // What arrives must carry a number it never had: the other space's is only known once its row is held.
        Taken second = take(to, peek(from));
        Taken first = take(from);
        return new Taken[] {first, first.seq() >= second.seq() ? take(to, first.seq()) : second};
    }

    private long peek(SpaceId space) {
        return jdbc.sql("SELECT seq FROM files.space WHERE id = ?")
                .param(space.value())
                .query(Long.class)
                .optional()
                .orElseThrow(Sight::unknown);
    }

    /** More bytes in the space, and with its member; fewer when negative, which is never refused. */
    void charge(Taken turn, long bytes) {
        if (bytes == 0) {
            return;
        }
        jdbc.sql("WITH " + CHARGE + " SELECT " + CHARGED)
                .param("bytes", bytes)
                .param("space", turn.space().value())
                .param("member", turn.member().value())
                .query(Turn::demand);
    }

    /** Of a row of {@link #CHARGED}: that there was room. */
    static void demand(ResultSet row) throws SQLException {
        if (!row.getBoolean("charged_space")) {
            throw full();
        }
        if (!row.getBoolean("charged_member")) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.quota.member");
        }
    }

    /** How many more bytes the space takes at this moment; an upload that says more is not even begun. */
    long room(SpaceId space) {
        Optional<Long> room = jdbc.sql(ROOM + " WHERE s.id = :space")
                .param("space", space.value())
                .query(Long.class)
                .optional();
        return Math.max(0, room.orElse(0L));
    }

    /** Everything above a node now holds something of this turn's number, and so many bytes more. */
    void tell(Taken turn, @Nullable NodeId folder, long bytes) {
        if (folder == null) {
            return;
        }
        jdbc.sql("WITH RECURSIVE " + Sight.UP + " " + TELL)
                .param("node", folder.value())
                .param("seq", turn.seq())
                .param("bytes", bytes)
                .update();
    }

    /** That a name left a folder, for those who ask what has changed. */
    void gone(Taken turn, @Nullable NodeId folder, FileNode node) {
        if (folder == null) {
            return;
        }
        jdbc.sql("INSERT INTO files.gone (parent, seq, name, folder, at) VALUES (?, ?, ?, ?, ?)")
                .params(folder.value(), turn.seq(), node.name(), node.folder(), turn.at())
                .update();
    }

    static Refusal full() {
        return Refusal.of(Refusal.Kind.TOO_LARGE, "file.quota");
    }
}
