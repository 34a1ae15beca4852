package org.entente.files;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.scanning.Scans;
import org.entente.storage.ContentId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the antivirus withholds of a member, to its administrators: which files, whose, and that it is no virus after all. */
@RestController
@RequestMapping("/api/members/{member}/quarantine")
class QuarantineController {

    private static final int MOST = 500;

    /**
     * @param state FOUND, FAILED, LARGE (where those are withheld) or RELEASED
     * @param virus null unless one was found
     */
    record Withheld(UUID content, String state, @Nullable String virus, OffsetDateTime scannedAt, List<Where> files) {}

    /**
     * @param space its name; empty for somebody's own files, which {@code owner} then names
     * @param putBy who wrote it; null when the directory no longer knows them
     * @param former a version that was replaced
     */
    record Where(
            UUID node,
            String name,
            String space,
            @Nullable String owner,
            @Nullable String putBy,
            boolean former,
            boolean trashed) {}

    private final JdbcClient jdbc;
    private final Scans scans;
    private final TransactionOperations transaction;
    private final QuarantineDeletion deletion;

    QuarantineController(JdbcClient jdbc, Scans scans, TransactionOperations transaction, QuarantineDeletion deletion) {
        this.deletion = deletion;
        this.jdbc = jdbc;
        this.scans = scans;
        this.transaction = transaction;
    }

    @GetMapping
    @Needs(Right.MANAGE_MEMBER)
    List<Withheld> list(@PathVariable MemberId member) {
        Map<UUID, Withheld> found = new LinkedHashMap<>();
        jdbc.sql("""
                WITH held AS MATERIALIZED (SELECT content, state, virus, scanned_at FROM scanning.v_content
                    WHERE member = :member AND (state IN ('found', 'failed', 'released') OR (state = 'large' AND NOT :large))
                    ORDER BY scanned_at DESC NULLS LAST LIMIT :most),
                placed AS (
                    SELECT n.content, n.id, n.name, n.space, n.changed_by AS by, false AS former, n.trashed_at IS NOT NULL AS trashed
                    FROM held JOIN files.node n ON n.content = held.content
                    UNION ALL SELECT v.content, n.id, n.name, n.space, v.made_by, true, n.trashed_at IS NOT NULL
                    FROM files.version v JOIN held ON held.content = v.content JOIN files.node n ON n.id = v.node)
                SELECT held.content, upper(held.state) AS state, held.virus, held.scanned_at, placed.id, placed.name, o.name AS space,
                    owner.given_name || ' ' || owner.usual_name AS owner, put.given_name || ' ' || put.usual_name AS put_by, placed.former, placed.trashed
                FROM held LEFT JOIN placed ON placed.content = held.content LEFT JOIN files.space o ON o.id = placed.space
                LEFT JOIN directory.v_affiliation oa ON oa.id = o.capacity LEFT JOIN directory.v_person owner ON owner.id = oa.person
                LEFT JOIN directory.v_affiliation pa ON pa.id = placed.by LEFT JOIN directory.v_person put ON put.id = pa.person
                ORDER BY held.scanned_at DESC NULLS LAST, held.content, placed.name""")
                .param("member", member.value())
                .param("large", scans.servesLarge())
                .param("most", MOST)
                .query(row -> {
                    UUID content = row.getObject("content", UUID.class);
                    Withheld one = found.get(content);
                    if (one == null) {
                        one = new Withheld(
                                content,
                                row.getString("state"),
                                row.getString("virus"),
                                row.getObject("scanned_at", OffsetDateTime.class),
                                new ArrayList<>());
                        found.put(content, one);
                    }
                    UUID node = row.getObject("id", UUID.class);
                    if (node != null) {
                        one.files()
                                .add(new Where(
                                        node,
                                        row.getString("name"),
                                        row.getString("space"),
                                        row.getString("owner"),
                                        row.getString("put_by"),
                                        row.getBoolean("former"),
                                        row.getBoolean("trashed")));
                    }
                });
        return List.copyOf(found.values());
    }

    /** It is in no file of this member any more. */
    @DeleteMapping("/{content}")
    @Needs(Right.MANAGE_MEMBER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable MemberId member, @PathVariable UUID content, Actor actor) {
        deletion.delete(member, new ContentId(content), actor.author());
    }

    /** It is no virus: from now on it is served again. */
    @PostMapping("/{content}/release")
    @Needs(Right.MANAGE_MEMBER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(@PathVariable MemberId member, @PathVariable UUID content, Actor actor) {
        transaction.executeWithoutResult(status -> scans.release(member, new ContentId(content), actor.author()));
    }
}
