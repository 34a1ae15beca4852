package org.entente.storage;

import java.util.Collection;
import java.util.UUID;
import org.entente.directory.MemberId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of chunks, on the writing side. */
@Component
class Chunks {

    private final JdbcClient jdbc;

    Chunks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param key with what it is, or is to be, enciphered
     * @param stored whether its object is there
     */
    record Chunk(UUID id, UUID key, boolean stored) {}

    /** The row of these bytes, made when there is none; its day before it may be collected begins anew. Committed on return. */
    Chunk claim(MemberId member, byte[] hash, int size, UUID key) {
        return jdbc.sql("""
                INSERT INTO storage.chunk AS c (member, hash, size, key) VALUES (:member, :hash, :size, :key)
                ON CONFLICT (member, hash) WHERE state <> 'going'
                DO UPDATE SET idle_since = CASE WHEN c.idle_since IS NULL THEN NULL ELSE now() END
                RETURNING id, key, state = 'stored'""")
                .param("member", member.value())
                .param("hash", hash)
                .param("size", size)
                .param("key", key)
                .query((row, n) ->
                        new Chunk(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getBoolean(3)))
                .single();
    }

    void stored(UUID chunk) {
        jdbc.sql("UPDATE storage.chunk SET state = 'stored' WHERE id = :id AND state = 'pending'")
                .param("id", chunk)
                .update();
    }

    /** For an upload that takes long: none of its chunks is to be collected before it ends. */
    void touch(Collection<UUID> chunks) {
        jdbc.sql("UPDATE storage.chunk SET idle_since = now() WHERE id = ANY(:ids) AND idle_since IS NOT NULL")
                .param("ids", chunks.toArray(UUID[]::new))
                .update();
    }
}
