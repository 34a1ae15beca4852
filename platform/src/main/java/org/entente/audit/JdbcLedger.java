package org.entente.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes entries in the caller's transaction: without one there is no act to trace, so it refuses. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class JdbcLedger implements Ledger {

    /** Sorted keys: the same values always make the same text, whatever map the caller used. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcLedger(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void record(Entry entry) {
        record(List.of(entry));
    }

    @Override
    public void record(Collection<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps: the hash is over what is read back
        jdbc.sql("""
                INSERT INTO audit.entry (at, person, capacity, author, address, act, member, subject_type, subject, subject_label, before, after)
                SELECT :at, person, capacity, author, address, act, member, subject_type, subject, subject_label, before, after
                FROM unnest(:persons::uuid[], :capacities::uuid[], :authors::text[], :addresses::text[], :acts::text[], :members::uuid[],
                            :types::text[], :subjects::text[], :labels::text[], :befores::text[], :afters::text[]) WITH ORDINALITY
                     AS t (person, capacity, author, address, act, member, subject_type, subject, subject_label, before, after, nth)
                ORDER BY nth
                """)
                .param("at", now)
                .param("persons", column(entries, e -> e.author().person()))
                .param("capacities", column(entries, e -> e.author().capacity()))
                .param("authors", column(entries, e -> e.author().name()))
                .param("addresses", column(entries, e -> e.author().address()))
                .param("acts", column(entries, Entry::act))
                .param("members", column(entries, Entry::member))
                .param("types", column(entries, Entry::subjectType))
                .param("subjects", column(entries, Entry::subject))
                .param("labels", column(entries, Entry::subjectLabel))
                .param("befores", column(entries, e -> json(e.before())))
                .param("afters", column(entries, e -> json(e.after())))
                .update();
    }

    private static String[] column(Collection<Entry> entries, Function<Entry, @Nullable Object> value) {
        return entries.stream()
                .map(value)
                .map(v -> v == null ? null : storable(Objects.toString(v)))
                .toArray(String[]::new);
    }

    private static String json(Map<String, Object> values) {
        return JSON.writeValueAsString(values);
    }

    /** PostgreSQL keeps neither NUL nor half a surrogate pair; a hostile name must not be able to stop an act from being traced. */
    private static String storable(String text) {
        return new String(text.replace('\u0000', '\ufffd').getBytes(UTF_8), UTF_8);
    }
}
