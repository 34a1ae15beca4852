package org.entente.pooling;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.provisioning.Papers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;

/**
 * PDF documents of agreements and meetings. A document waits in the database until the object store has it, so that a store that is
 * down delays nobody and loses nothing.
 */
@Component
class Documents {

    private static final Logger log = LoggerFactory.getLogger(Documents.class);
    private static final long MOST_BYTES = 20L * 1024 * 1024;
    private static final int MOST_EACH = 50;
    private static final int AT_ONCE = 20;

    record Document(UUID id, String name, String kind, long bytes, String sha256, Instant addedAt, String addedBy) {}

    private final JdbcClient jdbc;
    private final Papers papers;
    private final Ledger ledger;
    private final Clock clock;

    Documents(JdbcClient jdbc, Papers papers, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.papers = papers;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What was sent, once it is seen to be a PDF of a bearable size. */
    static byte[] pdf(MultipartFile file) {
        if (file.getSize() > MOST_BYTES) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "pooling.document.large", MOST_BYTES / 1024 / 1024);
        }
        try {
            byte[] content = file.getBytes();
            boolean pdf = content.length > 5
                    && content[0] == '%'
                    && content[1] == 'P'
                    && content[2] == 'D'
                    && content[3] == 'F'
                    && content[4] == '-';
            if (!pdf) {
                throw Refusal.invalidField("file", "pooling.document.not-pdf");
            }
            return content;
        } catch (java.io.IOException unread) {
            throw Refusal.invalidField("file", "pooling.document.not-pdf");
        }
    }

    @Transactional
    Document add(
            String ownerKind, UUID owner, String label, @Nullable String name, String kind, byte[] content, Author by) {
        if (!List.of("signed", "annex", "amendment").contains(kind)) {
            throw Refusal.invalidField("kind", "pooling.document.kind", kind);
        }
        if (of(owner).size() >= MOST_EACH) {
            throw Refusal.conflict("pooling.document.many", MOST_EACH);
        }
        String clean = Texts.or(Texts.optional("file", name, 200), "sans-titre" + ".pdf");
        UUID id = jdbc.sql("""
                INSERT INTO pooling.document (owner_kind, owner, name, kind, bytes, sha256, object_key, content, added_at, added_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                """)
                .params(
                        ownerKind,
                        owner,
                        clean,
                        kind,
                        (long) content.length,
                        sha256(content),
                        "pooling/" + owner + "/" + UUID.randomUUID() + ".pdf",
                        content,
                        OffsetDateTime.now(clock),
                        by.name())
                .query(UUID.class)
                .single();
        ledger.record(new Entry(
                by,
                "document.added",
                null,
                ownerKind,
                owner.toString(),
                label,
                Map.of(),
                Map.of("name", clean, "kind", kind)));
        return of(owner).stream().filter(d -> d.id().equals(id)).findFirst().orElseThrow();
    }

    List<Document> of(UUID owner) {
        return jdbc.sql("""
                SELECT id, name, kind, bytes, sha256, added_at, added_by FROM pooling.document WHERE owner = ? AND NOT gone ORDER BY added_at, id
                """)
                .param(owner)
                .query((row, n) -> new Document(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("kind"),
                        row.getLong("bytes"),
                        row.getString("sha256"),
                        AgreementReader.instant(row, "added_at"),
                        row.getString("added_by")))
                .list();
    }

    /** The file, when it belongs to this owner. */
    ResponseEntity<byte[]> file(UUID owner, UUID id) {
        record Place(String name, String objectKey, byte @Nullable [] content) {}
        Place place = jdbc.sql(
                        "SELECT name, object_key, content FROM pooling.document WHERE owner = ? AND id = ? AND NOT gone")
                .params(owner, id)
                .query((row, n) -> new Place(row.getString(1), row.getString(2), row.getBytes(3)))
                .optional()
                .orElseThrow(() -> Refusal.notFound("pooling.document.unknown"));
        byte[] waiting = place.content();
        byte[] content = Optional.ofNullable(waiting)
                .or(() -> papers.read(place.objectKey()))
                .orElseThrow(() -> Refusal.notFound("pooling.document.unknown"));
        return answer(place.name(), MediaType.APPLICATION_PDF, content);
    }

    static ResponseEntity<byte[]> answer(String name, MediaType type, byte[] content) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, java.nio.charset.StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(content);
    }

    /** They go with what they belonged to: at once for everybody, from the store as soon as it answers. */
    void remove(UUID owner) {
        jdbc.sql("UPDATE pooling.document SET gone = true, content = NULL WHERE owner = ?")
                .param(owner)
                .update();
    }

    /** Brings to the store what waits for it, and takes from it what is gone. */
    @Scheduled(fixedDelayString = "${entente.documents.every:5s}")
    @SchedulerLock(name = "pooling-documents", lockAtMostFor = "2m")
    public void store() {
        record Waiting(UUID id, String objectKey, byte[] content) {}
        for (Waiting one : jdbc.sql(
                        "SELECT id, object_key, content FROM pooling.document WHERE content IS NOT NULL ORDER BY id LIMIT ?")
                .param(AT_ONCE)
                .query(Waiting.class)
                .list()) {
            if (!papers.keep(one.objectKey(), one.content(), "application/pdf")) {
                log.warn("The object store does not answer: documents wait for it");
                return;
            }
            jdbc.sql("UPDATE pooling.document SET content = NULL WHERE id = ?")
                    .param(one.id())
                    .update();
        }
        record Gone(UUID id, String objectKey) {}
        for (Gone one : jdbc.sql("SELECT id, object_key FROM pooling.document WHERE gone ORDER BY id LIMIT ?")
                .param(AT_ONCE)
                .query(Gone.class)
                .list()) {
            if (!papers.discard(one.objectKey())) {
                return;
            }
            jdbc.sql("DELETE FROM pooling.document WHERE id = ?")
                    .param(one.id())
                    .update();
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
