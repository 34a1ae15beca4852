package org.entente.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Component
class JdbcLedgerReader implements LedgerReader {

    private static final int CHUNK = 1_000;

    private static final int MOST_WORDS = 5;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private final JdbcClient jdbc;

    JdbcLedgerReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<LedgerLine> page(LedgerFilter filter, @Nullable Cursor after, int skip, int limit) {
        Map<String, Object> params = new HashMap<>();
        String where = where(filter, params);
        if (after != null) {
            where += " AND (at, id) < (:at, :id)";
            params.put(
                    "at",
                    OffsetDateTime.ofInstant(Instant.EPOCH.plus(after.micros(), ChronoUnit.MICROS), ZoneOffset.UTC));
            params.put("id", after.id());
        }
        params.put("limit", limit);
        params.put("skip", Math.clamp(skip, 0, MOST_COUNTED));
        // The page first, then its positions: the seals of lines that are not shown are never looked up.
        return jdbc.sql("SELECT e.*, s.position FROM (SELECT * FROM audit.entry WHERE " + where
                        + " ORDER BY at DESC, id DESC LIMIT :limit OFFSET :skip) e"
                        + " LEFT JOIN audit.seal s ON s.entry = e.id ORDER BY e.at DESC, e.id DESC")
                .params(params)
                .query((row, n) -> line(row))
                .list();
    }

    @Override
    public int count(LedgerFilter filter) {
        Map<String, Object> params = new HashMap<>();
        String where = where(filter, params);
        params.put("most", MOST_COUNTED + 1);
        return jdbc.sql("SELECT count(*) FROM (SELECT FROM audit.entry WHERE " + where + " LIMIT :most) e")
                .params(params)
                .query(Integer.class)
                .single();
    }

    @Override
    public void stream(LedgerFilter filter, Consumer<List<LedgerLine>> chunk) {
        List<LedgerLine> lines = page(filter, null, 0, CHUNK);
        while (!lines.isEmpty()) {
            chunk.accept(lines);
            lines = lines.size() < CHUNK ? List.of() : page(filter, Cursor.of(lines.getLast()), 0, CHUNK);
        }
    }

    private static String where(LedgerFilter filter, Map<String, Object> params) {
        StringBuilder where = new StringBuilder("true");
        if (filter.member() != null) {
            where.append(" AND member = :member");
            params.put("member", filter.member());
        }
        if (filter.from() != null) {
            where.append(" AND at >= :from");
            params.put("from", OffsetDateTime.ofInstant(filter.from(), ZoneOffset.UTC));
        }
        if (filter.until() != null) {
            where.append(" AND at < :until");
            params.put("until", OffsetDateTime.ofInstant(filter.until(), ZoneOffset.UTC));
        }
        if (filter.act() != null && !filter.act().isBlank()) {
            where.append(" AND (act = :act OR starts_with(act, :act || '.'))");
            params.put("act", filter.act().strip());
        }
        if (filter.q() != null && !filter.q().isBlank()) {
            String[] words = filter.q().replace("\u0000", "").strip().split("\\s+", MOST_WORDS + 1);
            for (int i = 0; i < Math.min(words.length, MOST_WORDS); i++) {
                where.append(" AND words LIKE '%' || replace(base.plain(:word")
                        .append(i)
                        .append("), '_', '\\_') || '%'");
                params.put("word" + i, words[i]);
            }
        }
        return where.toString();
    }

    private static LedgerLine line(ResultSet row) throws SQLException {
        Author author = new Author(
                row.getObject("person", UUID.class),
                row.getObject("capacity", UUID.class),
                row.getString("author"),
                row.getString("address"));
        Entry entry = new Entry(
                author,
                row.getString("act"),
                row.getObject("member", UUID.class),
                row.getString("subject_type"),
                row.getString("subject"),
                row.getString("subject_label"),
                JSON.readValue(row.getString("before"), VALUES),
                JSON.readValue(row.getString("after"), VALUES));
        return new LedgerLine(
                row.getLong("id"),
                row.getObject("position", Long.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                entry);
    }
}
