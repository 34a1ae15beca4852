package org.entente.reading;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.entente.directory.MemberId;
import org.entente.storage.ContentId;
import org.entente.storage.Kept;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of what is to be shown and can be. Any number of nodes take from it: what one took is another's again when it did not come back. */
@Component
class PreviewBook {

    record Taken(ContentId content, MemberId member, OfficeKind kind, int attempts) {}

    /** @param pdf null unless it is made */
    record Row(PreviewState state, @Nullable ContentId pdf) {}

    private final JdbcClient jdbc;

    PreviewBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void want(MemberId member, ContentId content, OfficeKind kind, long size, long most) {
        jdbc.sql("""
                INSERT INTO reading.preview AS p (content, member, kind, size, state, reason)
                VALUES (:content, :member, :kind, :size, CASE WHEN :size > :most THEN 'refused' ELSE 'waiting' END, CASE WHEN :size > :most THEN 'large' END)
                ON CONFLICT (content) DO UPDATE SET asked_at = now() WHERE p.asked_at < now() - interval '1 day'""")
                .param("content", content.value())
                .param("member", member.value())
                .param("kind", kind.name())
                .param("size", size)
                .param("most", most)
                .update();
    }

    Optional<Row> find(ContentId content) {
        return jdbc.sql("SELECT state, reason, pdf, pdf_size FROM reading.preview WHERE content = ?")
                .param(content.value())
                .query((row, n) -> {
                    String reason = row.getString("reason");
                    UUID pdf = row.getObject("pdf", UUID.class);
                    return new Row(
                            new PreviewState(
                                    PreviewState.State.valueOf(
                                            row.getString("state").toUpperCase(Locale.ROOT)),
                                    reason == null
                                            ? null
                                            : PreviewState.Reason.valueOf(reason.toUpperCase(Locale.ROOT)),
                                    row.getObject("pdf_size", Long.class)),
                            pdf == null ? null : new ContentId(pdf));
                })
                .optional();
    }

    /**
     * Takes what waits longest, of a member of whom nothing is being made if there is one: one who looks at very many does not keep the others waiting. Only so many are
     * looked at for that. It is counted at once: what kills the program is not tried for ever.
     */
    Optional<Taken> take(Duration lease) {
        return jdbc.sql("""
                UPDATE reading.preview SET attempts = attempts + 1, due = now() + make_interval(secs => :lease)
                WHERE content = (SELECT p.content FROM reading.preview p
                    JOIN (SELECT content FROM reading.preview WHERE state = 'waiting' AND due <= now() ORDER BY due LIMIT 2000) first ON first.content = p.content
                    WHERE p.state = 'waiting' AND p.due <= now()
                    ORDER BY p.member IN (SELECT member FROM reading.preview WHERE state = 'waiting' AND due > now() AND attempts > 0), p.due
                    LIMIT 1 FOR UPDATE OF p SKIP LOCKED)
                RETURNING content, member, kind, attempts""")
                .param("lease", (double) lease.toSeconds())
                .query((row, n) -> new Taken(
                        new ContentId(row.getObject("content", UUID.class)),
                        new MemberId(row.getObject("member", UUID.class)),
                        OfficeKind.valueOf(row.getString("kind")),
                        row.getInt("attempts")))
                .optional();
    }

    /** @return whether it is still wanted: then the PDF is to be referred to in the same transaction */
    boolean made(ContentId content, Kept pdf) {
        return jdbc.sql(
                                "UPDATE reading.preview SET state = 'made', pdf = ?, pdf_size = ? WHERE content = ? AND state = 'waiting'")
                        .params(pdf.id().value(), pdf.size(), content.value())
                        .update()
                > 0;
    }

    void refuse(ContentId content, PreviewState.Reason reason) {
        jdbc.sql("UPDATE reading.preview SET state = 'refused', reason = ? WHERE content = ? AND state = 'waiting'")
                .params(reason.name().toLowerCase(Locale.ROOT), content.value())
                .update();
    }

    void later(ContentId content, Duration pause, boolean counted) {
        jdbc.sql("""
                UPDATE reading.preview SET attempts = greatest(0, attempts - ?), due = now() + make_interval(secs => ?)
                WHERE content = ? AND state = 'waiting'""")
                .params(counted ? 0 : 1, pause.toMillis() / 1000.0, content.value())
                .update();
    }

    /** @return the PDFs that are to be released in the same transaction */
    List<ContentId> forget(Collection<ContentId> contents) {
        return pdfs(jdbc.sql(
                        "DELETE FROM reading.preview p USING unnest(:ids::uuid[]) AS gone (id) WHERE p.content = gone.id RETURNING p.pdf")
                .param("ids", contents.stream().map(ContentId::value).toArray(UUID[]::new)));
    }

    /** As the other, of those that nobody asked for in so long. */
    List<ContentId> forgetOld(Duration keep) {
        return pdfs(jdbc.sql(
                        "DELETE FROM reading.preview WHERE asked_at < now() - make_interval(secs => :keep) RETURNING pdf")
                .param("keep", (double) keep.toSeconds()));
    }

    private static List<ContentId> pdfs(JdbcClient.StatementSpec deleting) {
        return deleting.query((row, n) -> Optional.ofNullable(row.getObject(1, UUID.class))).list().stream()
                .flatMap(Optional::stream)
                .map(ContentId::new)
                .toList();
    }
}
