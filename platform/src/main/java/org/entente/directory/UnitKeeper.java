package org.entente.directory;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The tree of units of a member. */
@Component
@Transactional
class UnitKeeper {

    /** {@code Unit} of the JSON API. */
    record Unit(
            UnitId id, @Nullable UnitId parent, @Nullable String code, String name, boolean closed, int people) {}

    private final JdbcClient jdbc;
    private final Trace trace;

    UnitKeeper(JdbcClient jdbc, Trace trace) {
        this.jdbc = jdbc;
        this.trace = trace;
    }

    @Transactional(readOnly = true)
    public List<UnitRef> open(MemberId member) {
        return jdbc.sql("""
                SELECT v.id, v.name, v.full_name FROM directory.v_unit v JOIN directory.unit u ON u.id = v.id
                WHERE v.member = ? AND NOT u.closed ORDER BY base.plain(v.full_name)""")
                .param(member.value())
                .query((row, number) -> new UnitRef(
                        new UnitId(row.getObject("id", UUID.class)), row.getString("name"), row.getString("full_name")))
                .list();
    }

    @Transactional(readOnly = true)
    public List<Unit> all(MemberId member) {
        return jdbc.sql("""
                SELECT u.*, (SELECT count(DISTINCT a.person) FROM directory.affiliation a WHERE a.unit = u.id AND a.phase = 'current') AS people
                FROM directory.unit u WHERE u.member = ? ORDER BY base.plain(u.name)""")
                .param(member.value())
                .query((row, number) -> {
                    UUID parent = row.getObject("parent", UUID.class);
                    return new Unit(
                            new UnitId(row.getObject("id", UUID.class)),
                            parent == null ? null : new UnitId(parent),
                            row.getString("code"),
                            row.getString("name"),
                            row.getBoolean("closed"),
                            row.getInt("people"));
                })
                .list();
    }

    /** Renames, moves or closes a unit; it may not be put below itself, nor closed with people in it. */
    public Unit change(MemberId member, UnitId id, Patch patch, Author author) {
        Unit before = one(member, id);
        String name = Checks.text("name", patch.text("name", before.name()), 200);
        String code = Checks.optional("code", patch.text("code", before.code()), 40);
        UUID parent = patch.id(
                "parent", before.parent() == null ? null : before.parent().value());
        boolean closed = patch.has("closed") ? patch.body().get("closed").asBoolean() : before.closed();
        if (closed && !before.closed() && before.people() > 0) {
            throw Refusal.conflict("unit.people", before.people());
        }
        if (parent != null && below(id).contains(parent)) {
            throw Refusal.invalidField("parent", "unit.circle");
        }
        AffiliationRules.guarded(() -> jdbc.sql(
                        "UPDATE directory.unit SET name = ?, code = ?::text, parent = ?::uuid, closed = ? WHERE id = ? AND member = ?")
                .params(Arrays.asList(
                        name, code, parent == null ? null : parent.toString(), closed, id.value(), member.value()))
                .update());
        trace.other(
                "unit.changed",
                member,
                "unit",
                id,
                name,
                author,
                Map.of("name", before.name(), "closed", before.closed()),
                Map.of("name", name, "closed", closed));
        return one(member, id);
    }

    Unit one(MemberId member, UnitId id) {
        return all(member).stream()
                .filter(u -> u.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("unit.unknown"));
    }

    private List<UUID> below(UnitId id) {
        return jdbc.sql("SELECT id FROM directory.v_unit WHERE ? = ANY (path)")
                .param(id.value())
                .query(UUID.class)
                .list();
    }
}
