package org.entente.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
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

    /**
     * A secret that is kept.
     *
     * @param by the person who typed it or had it made; null before this was kept
     * @param fresh whether it was sent nowhere new since
     */
    record Kept(
            String name,
            OffsetDateTime at,
            @Nullable UUID by,
            @Nullable String byName,
            boolean fresh) {}

    List<Kept> secrets() {
        return jdbc.sql("SELECT * FROM catalog.kept_secret ORDER BY name")
                .query(WrittenStore::kept)
                .list();
    }

    /** These secrets, which nobody types anew until the transaction is over. */
    List<Kept> lockSecrets(Collection<String> names) {
        return jdbc.sql("SELECT * FROM catalog.kept_secret WHERE name = ANY(?::text[]) ORDER BY name FOR UPDATE")
                .param(names.toArray(String[]::new))
                .query(WrittenStore::kept)
                .list();
    }

    void notFresh(Collection<String> names) {
        jdbc.sql("UPDATE catalog.kept_secret SET fresh = false WHERE name = ANY(?::text[])")
                .param(names.toArray(String[]::new))
                .update();
    }

    private static Kept kept(ResultSet row, int n) throws SQLException {
        return new Kept(
                row.getString("name"),
                row.getObject("kept_at", OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC),
                row.getObject("kept_by", UUID.class),
                row.getString("kept_by_name"),
                row.getBoolean("fresh"));
    }

    Optional<byte[]> secret(String name) {
        return jdbc.sql("SELECT sealed FROM catalog.kept_secret WHERE name = ?")
                .param(name)
                .query(byte[].class)
                .optional();
    }

    void keep(String name, byte[] sealed, Actor by) {
        jdbc.sql("""
                        INSERT INTO catalog.kept_secret (name, sealed, kept_at, kept_by, kept_by_name, fresh) VALUES (?, ?, ?, ?, ?, true)
                        ON CONFLICT (name) DO UPDATE SET (sealed, kept_at, kept_by, kept_by_name, fresh)
                          = (EXCLUDED.sealed, EXCLUDED.kept_at, EXCLUDED.kept_by, EXCLUDED.kept_by_name, true)""")
                .params(name, sealed, now(), by.person().value(), by.name())
                .update();
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
