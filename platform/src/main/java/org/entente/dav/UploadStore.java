package org.entente.dav;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.files.Visitor;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
import org.entente.storage.Kept;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** Parts of files on their way in. What nobody comes back to within a day is let go. */
@Component
class UploadStore {

    private static final Logger log = LoggerFactory.getLogger(UploadStore.class);

    static final int MOST_UPLOADS = 200;
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Contents contents;
    private final TransactionOperations transaction;
    private final Clock clock;

    UploadStore(JdbcClient jdbc, Contents contents, TransactionOperations transaction, Clock clock) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.transaction = transaction;
        this.clock = clock;
    }

    record Part(long number, ContentId content, long size) {}

    /** @return false when there is one of this name */
    @Transactional
    boolean begin(Visitor visitor, String name) {
        long open = jdbc.sql("SELECT count(*) FROM dav.upload WHERE capacity = ?")
                .param(visitor.capacity().value())
                .query(Long.class)
                .single();
        if (open >= MOST_UPLOADS) {
            throw DavError.of(429, "dav.uploads-many", MOST_UPLOADS);
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        return jdbc.sql("""
                        INSERT INTO dav.upload (capacity, name, made_at, used_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""").params(visitor.capacity().value(), name, now, now).update() == 1;
    }

    Optional<UUID> find(AffiliationId capacity, String name) {
        return jdbc.sql("SELECT id FROM dav.upload WHERE capacity = ? AND name = ?")
                .params(capacity.value(), name)
                .query(UUID.class)
                .optional();
    }

    /** Bytes of all parts of all uploads of a capacity. */
    long waiting(AffiliationId capacity) {
        return jdbc.sql("SELECT coalesce(sum(bytes), 0) FROM dav.upload WHERE capacity = ?")
                .param(capacity.value())
                .query(Long.class)
                .single();
    }

    /** In place of the one of this number, if there is one: a client that was cut off sends it again. */
    @Transactional
    void put(UUID upload, long number, Kept kept) {
        if (jdbc.sql("SELECT id FROM dav.upload WHERE id = ? FOR UPDATE")
                .param(upload)
                .query(UUID.class)
                .optional()
                .isEmpty()) {
            throw Refusal.notFound("dav.unknown");
        }
        List<Part> former = jdbc.sql(
                        "DELETE FROM dav.part WHERE upload = ? AND number = ? RETURNING number, content, size")
                .params(upload, number)
                .query(UploadStore::part)
                .list();
        contents.refer(kept.id());
        contents.release(former.stream().map(Part::content).toList());
        jdbc.sql("INSERT INTO dav.part (upload, number, content, size) VALUES (?, ?, ?, ?)")
                .params(upload, number, kept.id().value(), kept.size())
                .update();
        jdbc.sql("UPDATE dav.upload SET used_at = ?, parts = parts + ?, bytes = bytes + ? WHERE id = ?")
                .params(
                        OffsetDateTime.now(clock),
                        1 - former.size(),
                        kept.size() - former.stream().mapToLong(Part::size).sum(),
                        upload)
                .update();
    }

    /** How many parts are there. */
    int count(UUID upload) {
        return jdbc.sql("SELECT parts FROM dav.upload WHERE id = ?")
                .param(upload)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    List<Part> parts(UUID upload) {
        return jdbc.sql("SELECT number, content, size FROM dav.part WHERE upload = ? ORDER BY number")
                .param(upload)
                .query(UploadStore::part)
                .list();
    }

    private static Part part(ResultSet row, int number) throws SQLException {
        return new Part(
                row.getLong("number"), new ContentId(row.getObject("content", UUID.class)), row.getLong("size"));
    }

    @Transactional
    void end(UUID upload) {
        contents.release(
                jdbc
                        .sql("DELETE FROM dav.part WHERE upload = ? RETURNING content")
                        .param(upload)
                        .query(UUID.class)
                        .list()
                        .stream()
                        .map(ContentId::new)
                        .toList());
        jdbc.sql("DELETE FROM dav.upload WHERE id = ?").param(upload).update();
    }

    @Scheduled(fixedDelayString = "PT30M", initialDelayString = "PT2M")
    @SchedulerLock(name = "dav-uploads", lockAtMostFor = "PT30M")
    void letGo() {
        jdbc.sql("SELECT id FROM dav.upload WHERE used_at < ? LIMIT 1000")
                .param(OffsetDateTime.now(clock).minus(ABANDONED))
                .query(UUID.class)
                .list()
                .forEach(upload -> {
                    try {
                        transaction.executeWithoutResult(status -> end(upload));
                    } catch (RuntimeException e) {
                        log.error("Upload {} was not let go", upload, e); // the next ones are
                    }
                });
    }
}
