package org.entente.sources.proconnect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Siret;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A member's partners, and for which organisation each is invited to come by ProConnect. */
@Service
class Partners {

    private static final String ONES = """
            FROM directory.v_source s JOIN directory.v_affiliation a ON a.id = s.id JOIN directory.v_person n ON n.id = s.person
            LEFT JOIN sources.proconnect_partner p ON p.affiliation = s.id
            LEFT JOIN LATERAL (SELECT c.* FROM sources.proconnect_account c JOIN directory.v_affiliation b ON b.id = c.affiliation
                WHERE b.person = s.person ORDER BY c.last_at DESC LIMIT 1) c ON p.affiliation IS NOT NULL
            WHERE s.member = :member AND s.kind = 'partner' AND s.phase <> 'ended'
            """;

    private static final String FOUND =
            " AND base.plain(n.given_name || ' ' || n.usual_name || ' ' || coalesce(s.address, '')) LIKE '%' || base.plain(:q) || '%'";

    private final JdbcClient jdbc;
    private final PartnerAccounts accounts;
    private final Ledger ledger;
    private final Clock clock;

    Partners(JdbcClient jdbc, PartnerAccounts accounts, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * One partner of a member.
     *
     * @param siret the organisation; null when not invited
     * @param account how ProConnect knows them; null before they came
     */
    record One(
            UUID affiliation,
            UUID person,
            String name,
            String function,
            @Nullable String address,
            @Nullable Instant until,
            @Nullable String siret,
            @Nullable Account account) {}

    /** @param address as ProConnect said it the last time, which may be another than the member knows */
    record Account(
            Instant linkedAt, Instant lastAt, @Nullable String address) {}

    Page<One> list(MemberId member, String q, int offset, int limit) {
        long total = jdbc.sql("SELECT count(*) " + ONES + FOUND)
                .param("member", member.value())
                .param("q", q)
                .query(Long.class)
                .single();
        return new Page<>(
                jdbc.sql(columns() + ONES + FOUND + " ORDER BY base.plain(n.usual_name), base.plain(n.given_name), s.id"
                                + " LIMIT :limit OFFSET :offset")
                        .param("member", member.value())
                        .param("q", q)
                        .param("limit", Page.size(limit))
                        .param("offset", Math.max(offset, 0))
                        .query(Partners::one)
                        .list(),
                total,
                Math.max(offset, 0));
    }

    @Transactional
    public One invite(MemberId member, UUID affiliation, @Nullable String asked, Actor actor) {
        One before = one(member, affiliation);
        if (before.address() == null) {
            throw Refusal.conflict("partner.no-address");
        }
        if (before.until() == null) {
            throw Refusal.conflict("partner.no-end");
        }
        if (asked == null || asked.isBlank()) {
            throw Refusal.invalidField("siret", "field.missing", "siret");
        }
        Siret siret = Siret.of(asked);
        boolean own = jdbc.sql("SELECT EXISTS (SELECT FROM directory.v_member WHERE id = ? AND siren = ?)")
                .params(member.value(), siret.siren().value())
                .query(Boolean.class)
                .single();
        if (own) {
            throw Refusal.invalidField("siret", "partner.own-siret");
        }
        jdbc.sql("""
                INSERT INTO sources.proconnect_partner (affiliation, member, siret, invited_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (affiliation) DO UPDATE SET siret = EXCLUDED.siret, invited_at = EXCLUDED.invited_at
                """)
                .params(affiliation, member.value(), siret.value(), OffsetDateTime.now(clock))
                .update();
        return recorded("partner.invited", member, before, actor);
    }

    @Transactional
    public void withdraw(MemberId member, UUID affiliation, Actor actor) {
        One before = invited(member, affiliation);
        jdbc.sql("DELETE FROM sources.proconnect_partner WHERE affiliation = ?")
                .param(affiliation)
                .update();
        recorded("partner.withdrawn", member, before, actor);
    }

    /** The next account that comes with the address and the organisation is theirs: ProConnect gives another name to who changes identity provider. */
    @Transactional
    public void unlink(MemberId member, UUID affiliation, Actor actor) {
        One before = invited(member, affiliation);
        if (!accounts.forget(before.person())) {
            throw Refusal.conflict("partner.not-linked");
        }
        recorded("partner.unlinked", member, before, actor);
    }

    boolean agentsToo(MemberId member) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM sources.proconnect_member WHERE member = ?)")
                .param(member.value())
                .query(Boolean.class)
                .single();
    }

    @Transactional
    public void letAgents(MemberId member, boolean allowed, Actor actor) {
        boolean before = agentsToo(member);
        if (before == allowed) {
            return;
        }
        if (allowed && !hasSiren(member)) {
            throw Refusal.conflict("partner.no-siren");
        }
        jdbc.sql(
                        allowed
                                ? "INSERT INTO sources.proconnect_member (member) VALUES (?)"
                                : "DELETE FROM sources.proconnect_member WHERE member = ?")
                .param(member.value())
                .update();
        ledger.record(new Entry(
                actor.author(),
                "proconnect.agents",
                member.value(),
                "member",
                member.toString(),
                "ProConnect",
                Map.of("agents", before),
                Map.of("agents", allowed)));
    }

    private boolean hasSiren(MemberId member) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM directory.v_member WHERE id = ? AND siren IS NOT NULL)")
                .param(member.value())
                .query(Boolean.class)
                .single();
    }

    private One one(MemberId member, UUID affiliation) {
        return jdbc.sql(columns() + ONES + " AND s.id = :id")
                .param("member", member.value())
                .param("id", affiliation)
                .query(Partners::one)
                .optional()
                .orElseThrow(() -> Refusal.notFound("partner.unknown"));
    }

    private One invited(MemberId member, UUID affiliation) {
        One one = one(member, affiliation);
        if (one.siret() == null) {
            throw Refusal.notFound("partner.not-invited");
        }
        return one;
    }

    private One recorded(String act, MemberId member, One before, Actor actor) {
        One after = one(member, before.affiliation());
        ledger.record(new Entry(
                actor.author(),
                act,
                member.value(),
                "affiliation",
                before.affiliation().toString(),
                before.name(),
                words(before),
                words(after)));
        return after;
    }

    private static Map<String, Object> words(One one) {
        Map<String, Object> words = new HashMap<>();
        words.put("linked", one.account() != null);
        if (one.siret() != null) {
            words.put("siret", one.siret());
        }
        if (one.address() != null) {
            words.put("address", one.address());
        }
        return words;
    }

    private static String columns() {
        return "SELECT s.id, s.person, n.given_name, n.usual_name, s.function, s.address, a.valid_until, p.siret, c.linked_at, c.last_at,"
                + " c.address AS said ";
    }

    private static One one(ResultSet row, int number) throws SQLException {
        OffsetDateTime until = row.getObject("valid_until", OffsetDateTime.class);
        OffsetDateTime linked = row.getObject("linked_at", OffsetDateTime.class);
        OffsetDateTime last = row.getObject("last_at", OffsetDateTime.class);
        return new One(
                row.getObject("id", UUID.class),
                row.getObject("person", UUID.class),
                row.getString("given_name") + " " + row.getString("usual_name"),
                row.getString("function"),
                row.getString("address"),
                until == null ? null : until.toInstant(),
                row.getString("siret"),
                linked == null || last == null
                        ? null
                        : new Account(linked.toInstant(), last.toInstant(), row.getString("said")));
    }
}
