package org.entente.catalog;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code catalog.written} and {@code catalog.kept_secret}. */
@Repository
class WrittenStore {

    private final JdbcClient jdbc;
    private final Clock clock;

    WrittenStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One descriptor as the operator wrote it. */
    record Written(String yaml, int revision, OffsetDateTime at, String by) {}

    /** Where the texts are known from here on: a name that no file can have. */
    static String fileOf(String id) {
        return "screen:" + id;
    }

    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        jdbc.sql("SELECT id, yaml FROM catalog.written ORDER BY id").query(row -> {
            all.put(fileOf(row.getString(1)), row.getString(2));
        });
        return all;
    }

    Optional<Written> find(String id) {
        return jdbc.sql("SELECT yaml, revision, written_at, written_by FROM catalog.written WHERE id = ?")
                .param(id)
                .query((row, n) -> new Written(
                        row.getString(1), row.getInt(2), row.getObject(3, OffsetDateTime.class), row.getString(4)))
                .optional();
    }

    /** @param revision that was read before; null when there was none */
    void put(String id, String yaml, @Nullable Integer revision, String by) {
        int rows;
        try {
            rows = revision == null
                    ? jdbc.sql("INSERT INTO catalog.written (id, yaml, written_at, written_by) VALUES (?, ?, ?, ?)")
                            .params(id, yaml, now(), by)
                            .update()
                    : jdbc.sql("""
                                    UPDATE catalog.written SET yaml = ?, revision = revision + 1, written_at = ?, written_by = ?
                                    WHERE id = ? AND revision = ?""").params(yaml, now(), by, id, revision).update();
        } catch (DuplicateKeyException already) {
            throw Refusal.conflict("changed.meanwhile");
        }
        if (rows == 0) {
            throw Refusal.conflict("changed.meanwhile");
        }
        changed();
    }

    boolean remove(String id) {
        boolean removed =
                jdbc.sql("DELETE FROM catalog.written WHERE id = ?").param(id).update() > 0;
        changed();
        return removed;
    }

    /** Grows with every change, of any node. */
    long changes() {
        return jdbc.sql("SELECT count FROM catalog.written_change")
                .query(Long.class)
                .single();
    }

    /** A secret that is kept. */
    record Kept(String name, OffsetDateTime at) {}

    List<Kept> secrets() {
        return jdbc.sql("SELECT name, kept_at FROM catalog.kept_secret ORDER BY name")
                .query((row, n) -> new Kept(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC)))
                .list();
    }

    Optional<byte[]> secret(String name) {
        return jdbc.sql("SELECT sealed FROM catalog.kept_secret WHERE name = ?")
                .param(name)
                .query(byte[].class)
                .optional();
    }

    void keep(String name, byte[] sealed) {
        jdbc.sql("""
                        INSERT INTO catalog.kept_secret (name, sealed, kept_at) VALUES (?, ?, ?)
                        ON CONFLICT (name) DO UPDATE SET (sealed, kept_at) = (EXCLUDED.sealed, EXCLUDED.kept_at)""").params(name, sealed, now()).update();
        changed();
    }

    void forget(String name) {
        jdbc.sql("DELETE FROM catalog.kept_secret WHERE name = ?").param(name).update();
        changed();
    }

    private void changed() {
        jdbc.sql("UPDATE catalog.written_change SET count = count + 1").update();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
