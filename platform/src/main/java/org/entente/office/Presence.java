package org.entente.office;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.files.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who is there and where their cursor is: Yjs's awareness. A browser tells where it is and nothing else; who it is, the session says. Kept as rows, by which
 * the nodes of the platform know of each other's people.
 */
@Component
class Presence {

    /** The node of the platform that this is. */
    static final UUID HERE = UUID.randomUUID();

    private static final int MOST_STATE = 4096;
    private static final int MOST_CLIENTS = 1000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final Clock clock;

    Presence(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Of one browser.
     *
     * @param client its number in Yjs
     * @param state JSON; "null" when it has left
     */
    record At(long client, long clock, String state) {

        /** As y-protocols writes it, with its kind of message before. */
        static byte[] message(Collection<At> all) {
            ByteArrayOutputStream update = new ByteArrayOutputStream();
            Bits.number(update, all.size());
            all.forEach(one -> {
                Bits.number(update, one.client);
                Bits.number(update, one.clock);
                Bits.text(update, one.state);
            });
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            message.write(1);
            Bits.bytes(message, update.toByteArray());
            return message.toByteArray();
        }

        At left() {
            return new At(client, clock + 1, "null");
        }
    }

    /** What a browser says of itself, with the name that its session has; empty when it speaks of nobody. @param known its number, once it has said one */
    static Optional<At> heard(byte[] update, @Nullable Long known, Visitor visitor) throws Bits.Broken {
        Bits in = new Bits(update);
        At found = null;
        int all = in.count();
        if (all > MOST_CLIENTS) {
            throw new Bits.Broken("too many");
        }
        for (int count = all; count > 0; count--) {
            long client = in.number();
            long clock = in.number();
            String state = in.text();
            // Of others it has heard from here: they speak for themselves.
            if (known == null ? found == null : known == client) {
                found = new At(client, clock, named(state, visitor));
            }
        }
        if (in.more()) {
            throw new Bits.Broken("goes on behind its end");
        }
        return Optional.ofNullable(found);
    }

    private static String named(String state, Visitor visitor) throws Bits.Broken {
        if (state.length() > 2 * MOST_STATE) { // what is not kept of it may be as much again; more is not even read
            throw new Bits.Broken("too long");
        }
        try {
            JsonNode said = JSON.readTree(state);
            if (said.isNull()) {
                return "null";
            }
            if (!said.isObject()) {
                throw new Bits.Broken("nobody");
            }
            JsonNode cursor = said.path("cursor");
            Map<String, Object> user = Map.of("name", visitor.name(), "email", "", "color", color(visitor));
            String kept = JSON.writeValueAsString(
                    cursor.isObject() ? Map.of("user", user, "cursor", cursor) : Map.of("user", user));
            if (kept.length() > MOST_STATE) {
                throw new Bits.Broken("too long");
            }
            return kept;
        } catch (JacksonException e) {
            throw new Bits.Broken("JSON");
        }
    }

    /** The same for a capacity wherever it writes; dark enough to be read on white. */
    static String color(Visitor visitor) {
        int hue = Math.floorMod(visitor.capacity().value().hashCode(), 360);
        return hex(hue, 0.65, 0.38);
    }

    private static String hex(double hue, double saturation, double light) {
        double chroma = (1 - Math.abs(2 * light - 1)) * saturation;
        double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
            double k = (i * 8 + (360 - hue) / 30) % 12; // HSL to RGB (CSS Color 4, 7.1)
            rgb[i] = light - chroma / 2 * Math.max(-1, Math.min(Math.min(k - 3, 9 - k), 1));
        }
        return String.format(
                Locale.ROOT, "#%02x%02x%02x", (int) (rgb[0] * 255), (int) (rgb[1] * 255), (int) (rgb[2] * 255));
    }

    /** @param at null until it has said so */
    record Row(
            UUID sitting,
            UUID socket,
            UUID person,
            @Nullable At at) {}

    /** They are there, and where: at once or every few seconds. */
    void there(Collection<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<Row> all = List.copyOf(rows);
        jdbc.sql("""
                        INSERT INTO office.presence (sitting, socket, node, person, client, clock, state, at)
                        SELECT s.id, r.socket, :here, r.person, r.client, r.clock, r.state, :now
                        FROM unnest(:sittings::uuid[], :sockets::uuid[], :persons::uuid[], :clients::bigint[], :clocks::bigint[], :states::text[])
                            AS r (sitting, socket, person, client, clock, state) JOIN office.sitting s ON s.id = r.sitting
                        ON CONFLICT (sitting, socket) DO UPDATE SET client = excluded.client, clock = excluded.clock, state = excluded.state, at = excluded.at""")
                .param("here", HERE)
                .param("now", now())
                .param("sittings", all.stream().map(Row::sitting).toArray(UUID[]::new))
                .param("sockets", all.stream().map(Row::socket).toArray(UUID[]::new))
                .param("persons", all.stream().map(Row::person).toArray(UUID[]::new))
                .param(
                        "clients",
                        all.stream()
                                .map(row -> row.at == null ? null : row.at.client())
                                .toArray(Long[]::new))
                .param(
                        "clocks",
                        all.stream()
                                .map(row -> row.at == null ? null : row.at.clock())
                                .toArray(Long[]::new))
                .param(
                        "states",
                        all.stream()
                                .map(row -> row.at == null ? null : row.at.state())
                                .toArray(String[]::new))
                .update();
    }

    /** How many lines this person has, in all documents and at all nodes. */
    int of(UUID person) {
        return jdbc.sql("SELECT count(*) FROM office.presence WHERE person = ? AND at > ?")
                .params(person, since())
                .query(Integer.class)
                .single();
    }

    int together(UUID sitting) {
        return jdbc.sql("SELECT count(*) FROM office.presence WHERE sitting = ? AND at > ?")
                .params(sitting, since())
                .query(Integer.class)
                .single();
    }

    void leaves(UUID sitting, UUID socket) {
        jdbc.sql("DELETE FROM office.presence WHERE sitting = ? AND socket = ?")
                .params(sitting, socket)
                .update();
    }

    record Elsewhere(UUID sitting, At at) {}

    /** Those at other nodes. */
    List<Elsewhere> elsewhere(Collection<UUID> sittings) {
        return jdbc.sql("""
                        SELECT p.* FROM unnest(:ids::uuid[]) AS asked (id) JOIN office.presence p ON p.sitting = asked.id
                        WHERE p.node <> :here AND p.state IS NOT NULL AND p.at > :since""")
                .param("ids", sittings.toArray(UUID[]::new))
                .param("here", HERE)
                .param("since", since())
                .query((row, n) -> new Elsewhere(
                        row.getObject("sitting", UUID.class),
                        new At(row.getLong("client"), row.getLong("clock"), row.getString("state"))))
                .list();
    }

    private OffsetDateTime now() {
        return SittingBook.at(clock.instant());
    }

    private OffsetDateTime since() {
        Instant since = clock.instant().minus(SittingBook.THERE);
        return SittingBook.at(since);
    }
}
