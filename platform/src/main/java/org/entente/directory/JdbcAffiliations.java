package org.entente.directory;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.directory.changes.ChangeSets;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Affiliations by hand-written SQL: the row is locked first, so that two acts on it follow one another. */
@Component
@Transactional
class JdbcAffiliations implements Affiliations {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ChangeSets changes;
    private final Trace trace;
    private final AffiliationRules rules;

    JdbcAffiliations(JdbcClient jdbc, Clock clock, ChangeSets changes, Trace trace, AffiliationRules rules) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.changes = changes;
        this.trace = trace;
        this.rules = rules;
    }

    @Override
    public AffiliationId start(NewAffiliation affiliation, Author author) {
        return startAll(List.of(affiliation), "manual", author).getFirst();
    }

    @Override
    public List<AffiliationId> startAll(List<NewAffiliation> news, String cause, Author author) {
        List<UUID> ids = news.stream().map(n -> Uuids.next()).toList();
        Map<String, List<UUID>> byPhase = AffiliationRules.guarded(() -> insert(news, ids));
        rules.addressesFit(ids);
        List<UUID> started = byPhase.getOrDefault("current", List.of());
        List<UUID> planned = byPhase.getOrDefault("planned", List.of());
        trace.affiliations("affiliation.started", started, author);
        trace.affiliations("affiliation.planned", planned, author);
        trace.affiliations("affiliation.recorded", byPhase.getOrDefault("ended", List.of()), author);
        if (!started.isEmpty() || !planned.isEmpty()) {
            ChangeSetId set = changes.open(cause, author);
            changes.add(set, started, "started");
            changes.add(set, planned, "planned");
            changes.tell(set);
        }
        return ids.stream().map(AffiliationId::new).toList();
    }

    private Map<String, List<UUID>> insert(List<NewAffiliation> news, List<UUID> ids) {
        record Placed(UUID id, String phase) {}
        return jdbc
                .sql("""
                INSERT INTO directory.affiliation (id, person, member, kind, function, unit, address, phone, weekly_share, valid_from,
                                                   valid_until, reference, groups, source, phase)
                SELECT id, person, member, kind, function, unit, address, phone, share, since, until, reference,
                       string_to_array(groups, E'\\x1f'), source,
                       CASE WHEN until <= :now THEN 'ended' WHEN since <= :now THEN 'current' ELSE 'planned' END
                FROM unnest(:ids::uuid[], :people::uuid[], :members::uuid[], :kinds::text[], :functions::text[], :units::uuid[],
                            :addresses::text[], :phones::text[], :shares::integer[], :since::timestamptz[], :until::timestamptz[],
                            :references::text[], :groups::text[], :sources::text[])
                     AS n(id, person, member, kind, function, unit, address, phone, share, since, until, reference, groups, source)
                RETURNING id, phase""")
                .param("now", Sql.at(now()))
                .param("ids", Rows.ids(ids))
                .param("people", column(news, n -> n.person()))
                .param("members", column(news, n -> n.member()))
                .param("kinds", column(news, n -> n.kind().code()))
                .param("functions", column(news, n -> n.post().function()))
                .param("units", column(news, n -> n.post().unit()))
                .param("addresses", column(news, n -> n.post().address()))
                .param("phones", column(news, n -> n.post().phone()))
                .param("shares", column(news, n -> n.post().weeklyShare()))
                .param("since", column(news, n -> n.post().from()))
                .param("until", column(news, n -> n.post().until()))
                .param("references", column(news, n -> n.post().reference()))
                .param(
                        "groups",
                        column(news, n -> String.join("\u001f", n.post().groups())))
                .param("sources", column(news, NewAffiliation::source))
                .query((row, number) -> new Placed(row.getObject(1, UUID.class), row.getString(2)))
                .stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        Placed::phase,
                        java.util.stream.Collectors.mapping(Placed::id, java.util.stream.Collectors.toList())));
    }

    @Override
    public void change(AffiliationId id, Post post, int version, Author author) {
        AffiliationCard before = locked(id);
        if (before.version() != version) {
            throw Refusal.conflict("changed.meanwhile");
        }
        if (before.phase() == Phase.ENDED) {
            throw Refusal.conflict("affiliation.over");
        }
        Instant now = now();
        if (post.until() != null && !post.until().isAfter(now)) {
            throw Refusal.invalidField("until", "until.past");
        }
        if (before.phase() == Phase.CURRENT && post.from().isAfter(now)) {
            throw Refusal.invalidField("from", "from.started");
        }
        boolean starts = before.phase() == Phase.PLANNED && !post.from().isAfter(now);
        AffiliationRules.guarded(() -> jdbc.sql("""
                        UPDATE directory.affiliation SET function = :function, unit = :unit, address = :address, phone = :phone,
                               weekly_share = :share, valid_from = :since, valid_until = :until, reference = :reference,
                               groups = string_to_array(:groups, E'\\x1f'), version = version + 1,
                               phase = CASE WHEN :starts THEN 'current' ELSE phase END
                        WHERE id = :id""")
                .param("function", post.function())
                .param("unit", post.unit() == null ? null : post.unit().value(), java.sql.Types.OTHER)
                .param("address", post.address(), java.sql.Types.VARCHAR)
                .param("phone", post.phone(), java.sql.Types.VARCHAR)
                .param("share", post.weeklyShare(), java.sql.Types.INTEGER)
                .param("since", Sql.at(post.from()))
                .param("until", Sql.at(post.until()), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("reference", post.reference(), java.sql.Types.VARCHAR)
                .param("groups", String.join("\u001f", post.groups()))
                .param("starts", starts)
                .param("id", id.value())
                .update());
        rules.addressesFit(List.of(id.value()));
        Map<String, Object> was = Trace.values(before);
        Map<String, Object> is = Trace.values(required(id));
        if (!was.equals(is)) {
            trace.affiliation(
                    "affiliation.changed", before, author, Trace.differing(was, is), Trace.differing(is, was));
            tell(id, starts ? "started" : "changed", "manual", author);
        }
    }

    @Override
    public ChangeSetId end(AffiliationId id, Instant at, String reason, Author author) {
        AffiliationCard before = locked(id);
        if (before.phase() == Phase.ENDED) {
            throw Refusal.conflict("affiliation.over");
        }
        String why = Checks.text("reason", reason, 200);
        boolean ends = !at.isAfter(now());
        AffiliationRules.guarded(() -> jdbc.sql("""
                        UPDATE directory.affiliation SET valid_until = greatest(valid_from, :at), end_reason = :reason, version = version + 1,
                               phase = CASE WHEN :ends THEN 'ended' ELSE phase END WHERE id = :id""")
                .param("at", Sql.at(at.truncatedTo(ChronoUnit.MICROS)))
                .param("reason", why)
                .param("ends", ends)
                .param("id", id.value())
                .update());
        Map<String, Object> was = Trace.values(before);
        Map<String, Object> is = Trace.values(required(id));
        is.put("reason", why);
        trace.affiliation(
                ends ? "affiliation.ended" : "affiliation.end_set",
                before,
                author,
                Trace.differing(was, is),
                Trace.differing(is, was));
        return tell(id, ends ? "ended" : "changed", "manual", author);
    }

    @Override
    public ChangeSetId reopen(AffiliationId id, @Nullable Instant until, Author author) {
        AffiliationCard before = locked(id);
        Instant now = now();
        if (until != null && !until.isAfter(now)) {
            throw Refusal.invalidField("until", "until.past");
        }
        AffiliationRules.guarded(() -> jdbc.sql("""
                        UPDATE directory.affiliation SET valid_until = :until, end_reason = NULL, version = version + 1,
                               phase = CASE WHEN valid_from <= :now THEN 'current' ELSE 'planned' END WHERE id = :id""")
                .param("until", Sql.at(until), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", Sql.at(now))
                .param("id", id.value())
                .update());
        rules.addressesFit(List.of(id.value()));
        Map<String, Object> was = Trace.values(before);
        Map<String, Object> is = Trace.values(required(id));
        trace.affiliation("affiliation.reopened", before, author, Trace.differing(was, is), Trace.differing(is, was));
        return tell(id, before.phase() == Phase.ENDED ? "reopened" : "changed", "undo", author);
    }

    @Override
    public void regroup(
            MemberId member,
            String left,
            Collection<AffiliationId> leaving,
            String joined,
            Collection<AffiliationId> joining,
            Author author) {
        UUID[] leave = ids(leaving);
        UUID[] join = ids(joining);
        // Each is locked in the same order, so that two that change the same group follow one another.
        List<UUID> held = jdbc.sql("""
                        SELECT a.id FROM directory.affiliation a JOIN (SELECT DISTINCT unnest(?::uuid[] || ?::uuid[]) AS id) n ON n.id = a.id
                        WHERE a.member = ? AND a.phase <> 'ended' ORDER BY a.id FOR UPDATE OF a""")
                .params(leave, join, member.value())
                .query(UUID.class)
                .list();
        List<AffiliationId> all = held.stream().map(AffiliationId::new).toList();
        Map<AffiliationId, AffiliationCard> before = byId(cards(all));
        List<UUID> changed = jdbc.sql("""
                        UPDATE directory.affiliation a SET groups = n.groups, version = version + 1
                        FROM (SELECT b.id, CASE WHEN j.id IS NULL THEN array_remove(b.groups, :left)
                                     ELSE array_append(array_remove(array_remove(b.groups, :left), :joined), :joined) END AS groups
                              FROM directory.affiliation b JOIN unnest(:held::uuid[]) h(id) ON h.id = b.id
                              LEFT JOIN (SELECT DISTINCT unnest(:join::uuid[]) AS id) j ON j.id = b.id) n
                        WHERE a.id = n.id AND (SELECT array_agg(g ORDER BY g) FROM unnest(a.groups) g)
                                              IS DISTINCT FROM (SELECT array_agg(g ORDER BY g) FROM unnest(n.groups) g)
                        RETURNING a.id""")
                .param("left", left)
                .param("joined", Checks.text("groups", joined, 60))
                .param("held", held.toArray(UUID[]::new))
                .param("join", join)
                .query(UUID.class)
                .list();
        if (!changed.isEmpty()) {
            List<AffiliationId> ids = changed.stream().map(AffiliationId::new).toList();
            trace.changed(before, byId(cards(ids)), author);
            ChangeSetId set = changes.open("manual", author);
            changes.add(set, changed, "changed");
            changes.tell(set);
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<AffiliationCard> cards(Collection<AffiliationId> ids) {
        return jdbc.sql(Rows.CARD + " WHERE a.id = ANY(?::uuid[])")
                .param(Rows.ids(ids.stream().map(AffiliationId::value).toList()))
                .query(Rows::card)
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public AffiliationCard card(MemberId member, AffiliationId id) {
        AffiliationCard card = required(id);
        if (!card.member().id().equals(member)) {
            throw Refusal.notFound("affiliation.unknown");
        }
        return card;
    }

    @Override
    public void confirmMail(AffiliationId id, Author author) {
        AffiliationCard card = locked(id);
        int confirmed = jdbc.sql("UPDATE directory.affiliation SET mail_held = false WHERE id = ? AND mail_held")
                .param(id.value())
                .update();
        if (confirmed > 0) {
            trace.affiliation(
                    "affiliation.mail-confirmed",
                    card,
                    author,
                    Map.of(),
                    card.address() == null ? Map.of() : Map.of("address", card.address()));
            tell(id, "changed", "manual", author);
        }
    }

    private ChangeSetId tell(AffiliationId id, String what, String cause, Author author) {
        ChangeSetId set = changes.open(cause, author);
        changes.add(set, List.of(id.value()), what);
        changes.tell(set);
        return set;
    }

    private AffiliationCard locked(AffiliationId id) {
        boolean found = jdbc.sql("SELECT id FROM directory.affiliation WHERE id = ? FOR UPDATE")
                .param(id.value())
                .query(UUID.class)
                .optional()
                .isPresent();
        if (!found) {
            throw Refusal.notFound("affiliation.unknown");
        }
        return required(id);
    }

    private AffiliationCard required(AffiliationId id) {
        return jdbc.sql(Rows.CARD + " WHERE a.id = ?")
                .param(id.value())
                .query(Rows::card)
                .optional()
                .orElseThrow(() -> Refusal.notFound("affiliation.unknown"));
    }

    /** As PostgreSQL keeps instants, so that what is written compares equal to what is read. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static UUID[] ids(Collection<AffiliationId> of) {
        return of.stream().map(AffiliationId::value).toArray(UUID[]::new);
    }

    private static Map<AffiliationId, AffiliationCard> byId(List<AffiliationCard> cards) {
        return cards.stream().collect(java.util.stream.Collectors.toMap(AffiliationCard::id, Function.identity()));
    }

    private static String[] column(List<NewAffiliation> news, Function<NewAffiliation, @Nullable Object> value) {
        return news.stream()
                .map(value)
                .map(v -> v == null ? null : v.toString())
                .toArray(String[]::new);
    }
}
