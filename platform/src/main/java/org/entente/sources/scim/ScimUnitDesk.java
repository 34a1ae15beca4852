package org.entente.sources.scim;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationCard;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.MemberId;
import org.entente.directory.Post;
import org.entente.directory.UnitId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a member's admins say of units that their software names and nobody knows here. */
@Service
class ScimUnitDesk {

    private final JdbcClient jdbc;
    private final ScimUnits units;
    private final Affiliations affiliations;
    private final Ledger ledger;

    ScimUnitDesk(JdbcClient jdbc, ScimUnits units, Affiliations affiliations, Ledger ledger) {
        this.jdbc = jdbc;
        this.units = units;
        this.affiliations = affiliations;
        this.ledger = ledger;
    }

    /** @param people who are said to be there and wait for an answer */
    record Unknown(UUID id, String name, int people) {}

    List<Unknown> unknown(MemberId member) {
        return jdbc.sql("""
                        SELECT s.id, concat_ws(' / ', s.organization, s.division, s.department) AS name, count(*)::integer AS people
                        FROM sources.scim_unit s LEFT JOIN directory.v_unit_name n ON n.id = s.unit AND NOT n.closed
                        JOIN sources.scim_user u ON u.said = s.id
                        JOIN directory.v_source a ON a.id = u.affiliation AND a.phase <> 'ended'
                        WHERE s.member = ? AND n.id IS NULL GROUP BY s.id ORDER BY 2, 1""").param(member.value()).query(Unknown.class).list();
    }

    /**
     * From now on that name means this unit, and those who are said to be there are moved into it.
     *
     * @param unit null to make it
     */
    @Transactional
    public void decide(MemberId member, UUID id, @Nullable UUID unit, Actor actor) {
        ScimUnit said = jdbc.sql("""
                        SELECT organization, division, department FROM sources.scim_unit WHERE id = ? AND member = ? FOR UPDATE""")
                .params(id, member.value())
                .query(ScimUnit.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("scim.unit.unknown"));
        UUID meant =
                unit == null ? units.made(member, units.names(member, said), actor.author()) : theirs(member, unit);
        if (meant == null) {
            throw Refusal.conflict("scim.unit.unsure", said.label());
        }
        jdbc.sql("UPDATE sources.scim_unit SET unit = ? WHERE id = ?")
                .params(meant, id)
                .update();
        List<AffiliationId> moving = jdbc.sql("""
                        SELECT a.id FROM sources.scim_user u JOIN directory.v_source a ON a.id = u.affiliation
                        WHERE u.said = ? AND u.member = ? AND a.phase <> 'ended' AND a.unit IS DISTINCT FROM ? ORDER BY a.id""").params(id, member.value(), meant).query(UUID.class).list().stream()
                .map(AffiliationId::new)
                .toList();
        for (AffiliationCard card : affiliations.cards(moving)) {
            affiliations.change(card.id(), moved(card, new UnitId(meant)), card.version(), actor.author());
        }
        String name = jdbc.sql("SELECT name FROM directory.v_unit_name WHERE id = ?")
                .param(meant)
                .query(String.class)
                .single();
        ledger.record(new Entry(
                actor.author(),
                "scim-unit.decided",
                member.value(),
                "scim-unit",
                id.toString(),
                said.label(),
                Map.of(),
                Map.of("unit", name)));
    }

    private UUID theirs(MemberId member, UUID unit) {
        return jdbc.sql("SELECT id FROM directory.v_unit_name WHERE id = ? AND member = ? AND NOT closed")
                .params(unit, member.value())
                .query((row, n) -> Objects.requireNonNull(row.getObject(1, UUID.class)))
                .optional()
                .orElseThrow(() -> Refusal.invalidField("unit", "unit.unknown"));
    }

    private static Post moved(AffiliationCard card, UnitId unit) {
        return new Post(
                card.function(),
                unit,
                card.address(),
                card.phone(),
                card.weeklyShare(),
                card.from(),
                card.until(),
                card.reference(),
                card.groups());
    }
}
