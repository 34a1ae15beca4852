package org.entente.provisioning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.access.Entitlements;
import org.entente.access.Explanation;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.Words;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.PersonId;
import org.entente.directory.PersonRef;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why somebody has a service or not, and what became of it in the engine. */
@RestController
@RequestMapping("/api/members/{member}")
class RightsController {

    private final Entitlements entitlements;
    private final Catalog catalog;
    private final JdbcClient jdbc;

    RightsController(Entitlements entitlements, Catalog catalog, JdbcClient jdbc) {
        this.entitlements = entitlements;
        this.catalog = catalog;
        this.jdbc = jdbc;
    }

    record AccountState(
            String state, Instant since, @Nullable String error) {}

    record Explained(
            String service,
            Words name,
            boolean given,
            @Nullable String role,
            List<Explanation.Step> steps,
            @Nullable AccountState account) {}

    record AccountView(
            UUID id,
            String service,
            Words name,
            UUID capacity,
            String state,
            String desired,
            Instant since,
            int attempts,
            @Nullable Instant nextAttemptAt,
            @Nullable String error) {}

    @GetMapping("/affiliations/{id}/rights")
    @Needs(Right.READ_MEMBER)
    List<Explained> rights(@PathVariable MemberId member, @PathVariable AffiliationId id) {
        List<Explanation> explanations = entitlements.explain(member, id);
        Map<String, AccountView> accounts = accounts("a.member = ? AND a.affiliation = ?", member, id.value()).stream()
                .collect(Collectors.toMap(AccountView::service, account -> account));
        return explanations.stream()
                .map(why -> {
                    AccountView account = accounts.get(why.service());
                    return new Explained(
                            why.service(),
                            why.name(),
                            why.given(),
                            why.role(),
                            why.steps(),
                            account == null
                                    ? null
                                    : new AccountState(account.state(), account.since(), account.error()));
                })
                .toList();
    }

    @GetMapping("/people/{person}/accounts")
    @Needs(Right.READ_MEMBER)
    List<AccountView> accounts(@PathVariable MemberId member, @PathVariable PersonId person) {
        boolean ours = jdbc.sql("SELECT EXISTS (SELECT FROM directory.v_affiliation WHERE member = ? AND person = ?)")
                .param(member.value())
                .param(person.value())
                .query(Boolean.class)
                .single();
        if (!ours) {
            throw Refusal.notFound("person.unknown");
        }
        return accounts("a.member = ? AND a.person = ?", member, person.value());
    }

    /** An account that its service did not take yet, with whose it is. */
    record FailingAccount(PersonRef person, AccountView account) {}

    /** What an admin should know of before somebody complains: the longest failing first. */
    @GetMapping("/accounts/failing")
    @Needs(Right.READ_MEMBER)
    Page<FailingAccount> failing(
            @PathVariable MemberId member,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        int from = Math.max(0, offset);
        List<FailingAccount> items = jdbc.sql("""
                        SELECT a.id, a.service, a.affiliation, a.state, a.desired, a.since, a.attempts, a.error, a.next_attempt_at,
                            a.person, p.given_name, p.usual_name
                        FROM provisioning.account a JOIN directory.v_person p ON p.id = a.person
                        WHERE a.member = ? AND a.error IS NOT NULL ORDER BY a.attempts DESC, a.id LIMIT ? OFFSET ?""")
                .params(member.value(), Page.size(limit), from)
                .query((row, n) -> new FailingAccount(
                        new PersonRef(
                                new PersonId(row.getObject("person", UUID.class)),
                                row.getString("given_name"),
                                row.getString("usual_name")),
                        account(row, n)))
                .list();
        int total = jdbc.sql("SELECT count(*) FROM provisioning.account WHERE member = ? AND error IS NOT NULL")
                .param(member.value())
                .query(Integer.class)
                .single();
        return new Page<>(items, total, from);
    }

    private List<AccountView> accounts(String where, MemberId member, UUID id) {
        return jdbc.sql("""
                        SELECT a.id, a.service, a.affiliation, a.state, a.desired, a.since, a.attempts, a.error,
                            CASE WHEN a.revision > a.applied THEN a.next_attempt_at END AS next_attempt_at
                        FROM provisioning.account a WHERE %s ORDER BY a.service, a.id""".formatted(where))
                .param(member.value())
                .param(id)
                .query(this::account)
                .list();
    }

    private AccountView account(ResultSet row, int n) throws SQLException {
        String service = row.getString("service");
        OffsetDateTime next = row.getObject("next_attempt_at", OffsetDateTime.class);
        return new AccountView(
                row.getObject("id", UUID.class),
                service,
                catalog.name(service).orElse(new Words(service, service)),
                row.getObject("affiliation", UUID.class),
                row.getString("state"),
                row.getString("desired"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getInt("attempts"),
                next == null ? null : next.toInstant(),
                row.getString("error"));
    }
}
