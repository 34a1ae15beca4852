package org.entente.sources.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.directory.MemberId;
import org.entente.directory.Members;
import org.entente.directory.UnitId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The units of a member that its software names. A name that is known leads to its unit; one that is not is made a unit of where the member's admins let that
 * software, and else kept as a question to them, of which the ledger tells.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ScimUnits {

    /** More are no units but a mistake of the software. */
    private static final int MOST = 2000;

    private final JdbcClient jdbc;
    private final Members members;
    private final Ledger ledger;
    private final Clock clock;

    ScimUnits(JdbcClient jdbc, Members members, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.members = members;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * @param said what was said, as it is kept
     * @param unit null as long as nobody knows
     */
    record Placed(UUID said, @Nullable UUID unit) {}

    /** For each of these that names a unit. */
    public Map<ScimUnit, Placed> place(ScimCall call, Collection<ScimUnit> said) throws ScimException {
        Map<String, ScimUnit> asked = new LinkedHashMap<>();
        said.stream().filter(ScimUnit::isSaid).forEach(one -> asked.putIfAbsent(one.key(), one));
        if (asked.isEmpty()) {
            return Map.of();
        }
        Map<String, Placed> placed = known(call.member(), asked.keySet());
        for (Map.Entry<String, ScimUnit> one : asked.entrySet()) {
            if (!placed.containsKey(one.getKey())) {
                ScimUnit name = one.getValue();
                List<UnitTree.Name> names = names(call.member(), name);
                if (!names.isEmpty()) {
                    placed.put(one.getKey(), kept(call, name, unit(call, names)));
                }
            }
        }
        Map<ScimUnit, Placed> answer = new HashMap<>();
        for (ScimUnit one : said) {
            Placed found = placed.get(one.key());
            if (found != null) {
                answer.put(one, found);
            }
        }
        return answer;
    }

    /** Those whose unit was found or decided before, and is still there. */
    private Map<String, Placed> known(MemberId member, Collection<String> keys) {
        Map<String, Placed> known = new HashMap<>();
        jdbc.sql("""
                        SELECT s.said, s.id, n.id AS unit FROM unnest(:keys::text[]) k(said)
                        JOIN sources.scim_unit s ON s.said = k.said AND s.member = :member
                        JOIN directory.v_unit_name n ON n.id = s.unit AND NOT n.closed""")
                .param("keys", keys.toArray(String[]::new))
                .param("member", member.value())
                .query(row -> {
                    known.put(
                            row.getString("said"),
                            new Placed(row.getObject("id", UUID.class), row.getObject("unit", UUID.class)));
                });
        return known;
    }

    private @Nullable UUID unit(ScimCall call, List<UnitTree.Name> names) {
        UnitTree.Meant meant = tree(call.member()).meant(names);
        if (!call.makesUnits() || !meant.canBeMade()) {
            return meant.found();
        }
        return made(call.member(), names, call.by());
    }

    /** The unit of these names, made with those above it where they are missing; null when it is not clear where. */
    @Nullable
    UUID made(MemberId member, List<UnitTree.Name> names, Author by) {
        // Two that make the same unit at once would make two.
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('scim-units ' || ?::text, 0))")
                .param(member.toString())
                .query()
                .singleRow();
        UnitTree.Meant meant = tree(member).meant(names);
        UUID unit = meant.canBeMade() ? meant.below() : meant.found();
        for (UnitTree.Name missing : meant.missing()) {
            unit = members.addUnit(member, unit == null ? null : new UnitId(unit), null, missing.said(), by)
                    .value();
        }
        return unit;
    }

    UnitTree tree(MemberId member) {
        return UnitTree.of(
                jdbc.sql("SELECT id, parent, code, plain FROM directory.v_unit_name WHERE member = ? AND NOT closed")
                        .param(member.value())
                        .query((row, n) -> new UnitTree.Unit(
                                row.getObject("id", UUID.class),
                                row.getObject("parent", UUID.class),
                                row.getString("code"),
                                row.getString("plain")))
                        .list());
    }

    /** From the whole to the part; the member itself, which many software names as the organization, is no unit of itself. */
    List<UnitTree.Name> names(MemberId member, ScimUnit said) {
        return jdbc.sql("""
                        SELECT n.name, base.plain(n.name) AS plain FROM unnest(?::text[]) WITH ORDINALITY n(name, at)
                        WHERE NOT (n.at = 1 AND ? AND base.plain(n.name) = (SELECT base.plain(m.name) FROM directory.v_member m WHERE m.id = ?))
                        ORDER BY n.at""")
                .params(said.names().toArray(String[]::new), said.organization() != null, member.value())
                .query((row, n) -> new UnitTree.Name(row.getString("name"), row.getString("plain")))
                .list();
    }

    private Placed kept(ScimCall call, ScimUnit said, @Nullable UUID unit) throws ScimException {
        record Row(UUID id, @Nullable UUID unit, boolean fresh) {}
        Row row = jdbc.sql("""
                        INSERT INTO sources.scim_unit AS s (member, said, organization, division, department, unit, said_at)
                        VALUES (:member, :said, :organization, :division, :department, :unit, :now)
                        ON CONFLICT (member, said) DO UPDATE SET unit = coalesce(EXCLUDED.unit, s.unit)
                        RETURNING id, (SELECT n.id FROM directory.v_unit_name n WHERE n.id = s.unit AND NOT n.closed) AS unit, (xmax = 0) AS fresh""")
                .param("member", call.member().value())
                .param("said", said.key())
                .param("organization", said.organization(), Types.VARCHAR)
                .param("division", said.division(), Types.VARCHAR)
                .param("department", said.department(), Types.VARCHAR)
                .param("unit", unit, Types.OTHER)
                .param("now", OffsetDateTime.now(clock))
                .query((one, n) -> new Row(
                        Objects.requireNonNull(one.getObject("id", UUID.class)),
                        one.getObject("unit", UUID.class),
                        one.getBoolean("fresh")))
                .single();
        if (row.fresh() && row.unit() == null) {
            int all = jdbc.sql("SELECT count(*) FROM sources.scim_unit WHERE member = ?")
                    .param(call.member().value())
                    .query(Integer.class)
                    .single();
            if (all > MOST) {
                throw BadRequestException.invalidValue(
                        "More than " + MOST + " departments were named: are these really departments?");
            }
            ledger.record(new Entry(
                    call.by(),
                    "scim-unit.unknown",
                    call.member().value(),
                    "scim-unit",
                    row.id().toString(),
                    said.label(),
                    Map.of(),
                    Map.of("name", said.label())));
        }
        return new Placed(row.id(), row.unit());
    }
}
