package org.entente.scanning;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.entente.directory.MemberId;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of what is to be scanned and was scanned. Any number of nodes take from it: what one took is another's again when it did not come back. */
@Component
class ScanQueue {

    /** Which go first, after what somebody waits for. */
    enum Rank {
        NEW,
        BEFORE,
        AGAIN
    }

    /** @param verdict what was said of it until now */
    record Taken(ContentId content, MemberId member, long size, Verdict verdict, int attempts) {}

    /** Before every {@link Rank}. */
    private static final int HURRIED = -1;

    private final JdbcClient jdbc;

    ScanQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that are not known yet. Of no bytes there is nothing to scan. */
    void want(Collection<Contents.Used> contents, Rank rank, long most) {
        jdbc.sql("""
                INSERT INTO scanning.content (content, member, size, state, rank, due)
                SELECT DISTINCT ON (w.content) w.content, w.member, w.size,
                    CASE WHEN w.size > :most THEN 'large' ELSE 'waiting' END, :rank, CASE WHEN w.size <= :most THEN now() END
                FROM unnest(:contents::uuid[], :members::uuid[], :sizes::bigint[]) AS w (content, member, size)
                WHERE w.size > 0 ORDER BY w.content
                ON CONFLICT (content) DO NOTHING""")
                .param("most", most)
                .param("rank", rank.ordinal())
                .param(
                        "contents",
                        contents.stream().map(one -> one.id().value()).toArray(UUID[]::new))
                .param(
                        "members",
                        contents.stream().map(one -> one.member().value()).toArray(UUID[]::new))
                .param("sizes", contents.stream().map(Contents.Used::size).toArray(Long[]::new))
                .update();
    }

    /** Somebody waits for it: it goes before all others. */
    void hurry(ContentId content) {
        jdbc.sql(
                        "UPDATE scanning.content SET rank = :hurried WHERE content = :content AND state = 'waiting' AND rank > :hurried")
                .param("hurried", HURRIED)
                .param("content", content.value())
                .update();
    }

    /**
     * Takes what goes first; of one rank, that of a member of whom nothing is being scanned, so that one who brings very many does not keep the others waiting. Only so many
     * are looked at for that: the queue may be very long. It is counted at once: what kills the antivirus is not
     * tried for ever.
     */
    Optional<Taken> take(Duration lease) {
        return jdbc.sql("""
                UPDATE scanning.content SET attempts = attempts + 1, due = now() + make_interval(secs => :lease)
                WHERE content = (SELECT c.content FROM scanning.content c
                    JOIN (SELECT content FROM scanning.content WHERE due <= now() ORDER BY rank, due LIMIT 2000) first ON first.content = c.content
                    WHERE c.due <= now()
                    ORDER BY c.rank, c.member IN (SELECT member FROM scanning.content WHERE due > now() AND attempts > 0), c.due
                    LIMIT 1 FOR UPDATE OF c SKIP LOCKED)
                RETURNING content, member, size, state, virus, attempts""")
                .param("lease", (double) lease.toSeconds())
                .query((row, n) -> new Taken(
                        new ContentId(row.getObject("content", UUID.class)),
                        new MemberId(row.getObject("member", UUID.class)),
                        row.getLong("size"),
                        verdict(row.getString("state"), row.getString("virus")),
                        row.getInt("attempts")))
                .optional();
    }

    /** @param counted whether it may have been the content that was wrong */
    void giveBack(ContentId content, Duration pause, boolean counted) {
        jdbc.sql("""
                UPDATE scanning.content SET attempts = greatest(0, attempts - :less), due = now() + make_interval(secs => :pause)
                WHERE content = :content AND due IS NOT NULL""")
                .param("less", counted ? 0 : 1)
                .param("pause", pause.toMillis() / 1000.0)
                .param("content", content.value())
                .update();
    }

    /** @return whether it was still to be scanned: somebody else may have said so, or it is gone */
    boolean settle(ContentId content, Verdict verdict, @Nullable String signatures) {
        return jdbc.sql("""
                UPDATE scanning.content SET state = :state, virus = :virus, signatures = :signatures, scanned_at = now(), attempts = 0, rank = 0, due = NULL
                WHERE content = :content AND due IS NOT NULL""")
                        .param("state", verdict.state().name().toLowerCase(Locale.ROOT))
                        .param("virus", verdict.virus())
                        .param("signatures", signatures)
                        .param("content", content.value())
                        .update()
                > 0;
    }

    Optional<Verdict> verdict(ContentId content) {
        return jdbc.sql("SELECT state, virus FROM scanning.content WHERE content = ?")
                .param(content.value())
                .query((row, n) -> verdict(row.getString(1), row.getString(2)))
                .optional();
    }

    private static Verdict verdict(String state, @Nullable String virus) {
        return new Verdict(Verdict.State.valueOf(state.toUpperCase(Locale.ROOT)), virus);
    }

    /** What is withheld, held until the transaction ends. */
    Optional<Verdict> withheld(MemberId member, ContentId content) {
        return jdbc.sql("""
                SELECT state, virus FROM scanning.content WHERE content = :content AND member = :member AND state IN ('found', 'failed', 'large') FOR UPDATE""")
                .param("content", content.value())
                .param("member", member.value())
                .query((row, n) -> verdict(row.getString(1), row.getString(2)))
                .optional();
    }

    /** What was found in a content is found in its copy; what one member's administrator released is another member's to judge: that is scanned anew. */
    void carry(ContentId from, ContentId to, MemberId member, long size) {
        jdbc.sql("""
                INSERT INTO scanning.content (content, member, size, state, virus, signatures, scanned_at, rank, due)
                SELECT :to, :member, :size, CASE WHEN state = 'found' THEN 'found' ELSE 'waiting' END, CASE WHEN state = 'found' THEN virus END,
                    CASE WHEN state = 'found' THEN signatures END, CASE WHEN state = 'found' THEN scanned_at END, 0, CASE WHEN state = 'found' THEN NULL ELSE now() END
                FROM scanning.content WHERE content = :from AND state IN ('found', 'released')
                ON CONFLICT (content) DO NOTHING""")
                .param("from", from.value())
                .param("to", to.value())
                .param("member", member.value())
                .param("size", size)
                .update();
    }

    void release(ContentId content, String virus) {
        jdbc.sql("UPDATE scanning.content SET state = 'released', virus = ?, due = NULL WHERE content = ?")
                .params(virus, content.value())
                .update();
    }

    boolean holdsAny() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM scanning.content WHERE state = 'found')")
                .query(Boolean.class)
                .single();
    }

    /** @param recent contents of this age and younger; whatever is withheld is tried again at any age */
    int again(Duration recent) {
        return jdbc.sql("""
                UPDATE scanning.content SET rank = 2, due = now()
                WHERE due IS NULL AND state <> 'large' AND (made_at > now() - make_interval(secs => :recent) OR state IN ('found', 'failed', 'released'))""").param("recent", (double) recent.toSeconds()).update();
    }

    /** Whatever its age; those that were too large may be too large no more. */
    int againAll(long most) {
        return jdbc.sql("UPDATE scanning.content SET rank = 2, due = now() WHERE due IS NULL AND size <= ?")
                .param(most)
                .update();
    }

    void forget(Collection<ContentId> contents) {
        jdbc.sql("DELETE FROM scanning.content c USING unnest(:ids::uuid[]) AS gone (id) WHERE c.content = gone.id")
                .param("ids", contents.stream().map(ContentId::value).toArray(UUID[]::new))
                .update();
    }

    /** The next of all, in the order of their ids. */
    List<ContentId> after(UUID last, int limit) {
        return jdbc
                .sql("SELECT content FROM scanning.content WHERE content > ? ORDER BY content LIMIT ?")
                .params(last, limit)
                .query(UUID.class)
                .list()
                .stream()
                .map(ContentId::new)
                .toList();
    }
}
