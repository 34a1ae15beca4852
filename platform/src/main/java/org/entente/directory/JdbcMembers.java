package org.entente.directory;

import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional
class JdbcMembers implements Members {

    /** The twelve member colours of the web's tokens, given in turn. */
    static final List<String> COLOURS = List.of(
            "river", "forest", "brick", "plum", "ochre", "slate", "lagoon", "rose", "indigo", "olive", "copper",
            "violet");

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Trace trace;

    JdbcMembers(JdbcClient jdbc, Clock clock, Trace trace) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.trace = trace;
    }

    @Override
    public MemberId add(NewMember member, Author author) {
        if (member.isOperator() && operator().isPresent()) {
            throw Refusal.conflict("operator.taken");
        }
        long count = jdbc.sql("SELECT count(*) FROM directory.member")
                .query(Long.class)
                .single();
        MemberId id = new MemberId(Uuids.next());
        AffiliationRules.guarded(() -> jdbc.sql("""
                INSERT INTO directory.member (id, name, kind, siren, siret, insee, population, population_source, population_date, parent,
                                              is_operator, joined_on, colour)
                VALUES (?, ?, ?, ?::text, ?::text, ?::text, ?::integer, ?::text, ?::date, ?::uuid, ?, ?, ?)""")
                .params(Arrays.asList(
                        id.value(),
                        member.name(),
                        member.kind().code(),
                        text(member.siren()),
                        text(member.siret()),
                        member.insee(),
                        member.population(),
                        member.populationSource(),
                        member.populationDate(),
                        text(member.parent()),
                        member.isOperator(),
                        member.joinedOn(),
                        COLOURS.get((int) (count % COLOURS.size()))))
                .update());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("kind", member.kind().code());
        Trace.put(values, "siren", text(member.siren()));
        Trace.put(values, "insee", member.insee());
        Trace.put(values, "population", member.population());
        trace.other("member.added", id, "member", id, member.name(), author, Map.of(), values);
        return id;
    }

    @Override
    @Transactional(readOnly = true)
    public List<MemberRef> all() {
        return jdbc.sql("SELECT id, name, siren, colour FROM directory.member ORDER BY base.plain(name)")
                .query((row, number) -> Rows.member(row, "id", "name"))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<MemberRef> find(MemberId member) {
        return jdbc.sql("SELECT id, name, siren, colour FROM directory.member WHERE id = ?")
                .param(member.value())
                .query((row, number) -> Rows.member(row, "id", "name"))
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<MemberRef> operator() {
        return jdbc.sql("SELECT id, name, siren, colour FROM directory.member WHERE is_operator")
                .query((row, number) -> Rows.member(row, "id", "name"))
                .optional();
    }

    @Override
    public void addDomain(MemberId member, String asked, boolean verified, Author author) {
        String domain = Checks.text("domain", asked, 253).toLowerCase(Locale.ROOT);
        if (!domain.matches("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}")) {
            throw Refusal.invalidField("domain", "domain.invalid", domain);
        }
        int added = AffiliationRules.guarded(() -> jdbc.sql("""
                INSERT INTO directory.mail_domain (domain, member, verified_at) VALUES (?, ?, ?::timestamptz) ON CONFLICT DO NOTHING""")
                .params(Arrays.asList(domain, member.value(), verified ? Sql.at(clock.instant()) : null))
                .update());
        if (added == 0) {
            throw Refusal.conflict("domain.taken", domain);
        }
        trace.other("domain.added", member, "domain", domain, domain, author, Map.of(), Map.of("verified", verified));
    }

    @Override
    public Optional<MemberId> ownerOf(String domain) {
        return jdbc.sql("SELECT member FROM directory.mail_domain WHERE domain = lower(?)")
                .param(domain)
                .query(UUID.class)
                .optional()
                .map(MemberId::new);
    }

    @Override
    public UnitId addUnit(MemberId member, @Nullable UnitId parent, @Nullable String code, String name, Author author) {
        String clean = Checks.text("name", name, 200);
        String cleanCode = Checks.optional("code", code, 40);
        UUID id = Uuids.next();
        AffiliationRules.guarded(() -> jdbc.sql(
                        "INSERT INTO directory.unit (id, member, parent, code, name) VALUES (?, ?, ?::uuid, ?::text, ?)")
                .params(Arrays.asList(id, member.value(), text(parent), cleanCode, clean))
                .update());
        trace.other("unit.added", member, "unit", id, clean, author, Map.of(), Map.of("name", clean));
        return new UnitId(id);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
