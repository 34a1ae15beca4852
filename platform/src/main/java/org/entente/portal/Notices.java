package org.entente.portal;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Page;
import org.entente.directory.PersonId;
import org.entente.identity.UnreadNotices;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The notices of persons, as they are kept. */
@Component
class Notices implements UnreadNotices {

    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

    record Kept(
            UUID id,
            Instant at,
            String kind,
            Map<String, Object> facts,
            @Nullable String link,
            boolean read) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    Notices(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    Page<Kept> of(PersonId person, int offset, int limit) {
        List<Kept> items = jdbc.sql(
                        "SELECT * FROM portal.notice WHERE person = :person ORDER BY at DESC, id DESC LIMIT :limit OFFSET :offset")
                .param("person", person.value())
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) -> new Kept(
                        row.getObject("id", UUID.class),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("kind"),
                        json.readValue(row.getString("facts"), FACTS),
                        row.getString("link"),
                        row.getObject("read_at") != null))
                .list();
        int total = jdbc.sql("SELECT count(*) FROM portal.notice WHERE person = :person")
                .param("person", person.value())
                .query(Integer.class)
                .single();
        return new Page<>(items, total, offset);
    }

    @Override
    public int of(PersonId person) {
        return jdbc.sql("SELECT count(*) FROM portal.notice WHERE person = :person AND read_at IS NULL")
                .param("person", person.value())
                .query(Integer.class)
                .single();
    }

    /** Marks these as read, or all when none is named; another person's are left alone. */
    void read(PersonId person, List<UUID> ids) {
        jdbc.sql("UPDATE portal.notice SET read_at = :now WHERE person = :person AND read_at IS NULL"
                        + " AND (cardinality(:ids::uuid[]) = 0 OR id = ANY (:ids::uuid[]))")
                .param("now", OffsetDateTime.now(clock))
                .param("person", person.value())
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }
}
