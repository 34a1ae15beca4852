package org.entente.reading;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.entente.directory.MemberId;
import org.entente.storage.ContentId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of what is to be read and was read. Any number of nodes take from it: what one took is another's again when it did not come back. */
@Component
class ReadingQueue {

    /** For which a content is whoever's that took it: longer than reading may take. */
    private static final Duration TAKEN = Duration.ofMinutes(10);

    /** Types that hold no words we could read. */
    private static final String[] WORDLESS = {"image/%", "audio/%", "video/%", "font/%"};

    record Taken(ContentId content, MemberId member, String mediaType, long size, int attempts) {}

    private final JdbcClient jdbc;

    ReadingQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void want(MemberId member, Collection<Written> contents, long most) {
        jdbc.sql("""
                INSERT INTO reading.content (content, member, media_type, size, state, reason)
                SELECT DISTINCT ON (w.content) w.content, :member::uuid, w.type, w.size,
                    CASE WHEN w.type LIKE ANY (:wordless) THEN 'nothing' WHEN w.size > :most THEN 'refused' ELSE 'waiting' END,
                    CASE WHEN NOT w.type LIKE ANY (:wordless) AND w.size > :most THEN 'large' END
                FROM unnest(:contents::uuid[], :types::text[], :sizes::bigint[]) AS w (content, type, size)
                WHERE w.size > 0 AND NOT EXISTS (SELECT FROM reading.silence s WHERE s.member = :member::uuid)
                ORDER BY w.content
                ON CONFLICT (content) DO NOTHING""")
                .param("member", member.value())
                .param("wordless", WORDLESS)
                .param("most", most)
                .param(
                        "contents",
                        contents.stream().map(one -> one.content().value()).toArray(UUID[]::new))
                .param("types", contents.stream().map(Written::mediaType).toArray(String[]::new))
                .param("sizes", contents.stream().map(Written::size).toArray(Long[]::new))
                .update();
    }

    /** Takes what waits longest. It is counted at once: what kills whoever reads it is not tried for ever. */
    Optional<Taken> take() {
        return jdbc.sql("""
                UPDATE reading.content SET attempts = attempts + 1, due = now() + make_interval(secs => :taken)
                WHERE content = (SELECT content FROM reading.content WHERE state = 'waiting' AND due <= now()
                    ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING content, member, media_type, size, attempts""")
                .param("taken", (double) TAKEN.toSeconds())
                .query((row, n) -> new Taken(
                        new ContentId(row.getObject("content", UUID.class)),
                        new MemberId(row.getObject("member", UUID.class)),
                        row.getString("media_type"),
                        row.getLong("size"),
                        row.getInt("attempts")))
                .optional();
    }

    /** As if it had not been taken, for later: it is not the content that was wrong. */
    void giveBack(ContentId content, Duration pause) {
        jdbc.sql("""
                UPDATE reading.content SET attempts = attempts - 1, due = now() + make_interval(secs => :pause)
                WHERE content = :content AND state = 'waiting'""")
                .param("pause", (double) pause.toSeconds())
                .param("content", content.value())
                .update();
    }

    void again(ContentId content, Duration pause) {
        jdbc.sql("""
                UPDATE reading.content SET due = now() + make_interval(secs => :pause) WHERE content = :content AND state = 'waiting'""")
                .param("pause", (double) pause.toSeconds())
                .param("content", content.value())
                .update();
    }

    void read(ContentId content, UUID key, long[] words) {
        jdbc.sql("""
                UPDATE reading.content SET state = 'read', key = :key, words = :words WHERE content = :content AND state = 'waiting'""")
                .param("key", key)
                .param("words", words)
                .param("content", content.value())
                .update();
    }

    void nothing(ContentId content) {
        jdbc.sql("UPDATE reading.content SET state = 'nothing' WHERE content = ? AND state = 'waiting'")
                .param(content.value())
                .update();
    }

    void refuse(ContentId content, TextState.Reason reason) {
        jdbc.sql("UPDATE reading.content SET state = 'refused', reason = ? WHERE content = ? AND state = 'waiting'")
                .params(reason.name().toLowerCase(Locale.ROOT), content.value())
                .update();
    }

    /** What was read of it is forgotten, and it is not read again before it is wanted anew. */
    void withhold(ContentId content) {
        jdbc.sql("""
                UPDATE reading.content SET state = 'refused', reason = 'withheld', key = NULL, words = NULL WHERE content = ?""").param(content.value()).update();
    }

    Optional<TextState> state(ContentId content) {
        return jdbc.sql("SELECT state, reason FROM reading.content WHERE content = ?")
                .param(content.value())
                .query((row, n) -> {
                    String reason = row.getString("reason");
                    return new TextState(
                            TextState.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                            reason == null ? null : TextState.Reason.valueOf(reason.toUpperCase(Locale.ROOT)));
                })
                .optional();
    }

    void forget(Collection<ContentId> contents) {
        jdbc.sql("DELETE FROM reading.content c USING unnest(:ids::uuid[]) AS gone (id) WHERE c.content = gone.id")
                .param("ids", contents.stream().map(ContentId::value).toArray(UUID[]::new))
                .update();
    }

    void forgetAll() {
        jdbc.sql("DELETE FROM reading.content").update();
    }

    /** The next of all, in the order of their ids. */
    List<ContentId> after(UUID last, int limit) {
        return jdbc
                .sql("SELECT content FROM reading.content WHERE content > ? ORDER BY content LIMIT ?")
                .params(last, limit)
                .query(UUID.class)
                .list()
                .stream()
                .map(ContentId::new)
                .toList();
    }

    boolean silent(MemberId member) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM reading.silence WHERE member = ?)")
                .param(member.value())
                .query(Boolean.class)
                .single();
    }

    void silence(MemberId member) {
        jdbc.sql("INSERT INTO reading.silence (member) VALUES (?) ON CONFLICT DO NOTHING")
                .param(member.value())
                .update();
        jdbc.sql("DELETE FROM reading.content WHERE member = ?")
                .param(member.value())
                .update();
    }

    /** Of what was asked for while its member fell silent. */
    void forgetSilent() {
        jdbc.sql("DELETE FROM reading.content c USING reading.silence s WHERE c.member = s.member")
                .update();
    }

    void listen(MemberId member) {
        jdbc.sql("DELETE FROM reading.silence WHERE member = ?")
                .param(member.value())
                .update();
    }
}
