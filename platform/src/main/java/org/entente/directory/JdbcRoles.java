package org.entente.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional
class JdbcRoles implements Roles {

    private final JdbcClient jdbc;
    private final Affiliations affiliations;
    private final Trace trace;

    JdbcRoles(JdbcClient jdbc, Affiliations affiliations, Trace trace) {
        this.jdbc = jdbc;
        this.affiliations = affiliations;
        this.trace = trace;
    }

    @Override
    @Transactional(readOnly = true)
    public Set<Role> of(AffiliationId affiliation) {
        return of(List.of(affiliation)).getOrDefault(affiliation, Set.of());
    }

    @Override
    @Transactional(readOnly = true)
    public Map<AffiliationId, Set<Role>> of(Collection<AffiliationId> ids) {
        Map<AffiliationId, Set<Role>> found = new HashMap<>();
        jdbc.sql("SELECT affiliation, role FROM directory.role_grant WHERE affiliation = ANY(?::uuid[])")
                .param(Rows.ids(ids.stream().map(AffiliationId::value).toList()))
                .query(row -> {
                    found.computeIfAbsent(new AffiliationId(row.getObject(1, UUID.class)), id -> new HashSet<>())
                            .add(Role.of(row.getString(2)));
                });
        return found;
    }

    @Override
    public void grant(AffiliationId affiliation, Set<Role> roles, Author author) {
        grantAll(Map.of(affiliation, roles), author);
    }

    @Override
    public void grantAll(Map<AffiliationId, Set<Role>> grants, Author author) {
        Map<AffiliationId, Set<Role>> before = of(grants.keySet());
        boolean touchesOperator = grants.entrySet().stream()
                .anyMatch(g -> g.getValue().contains(Role.OPERATOR_ADMIN)
                        || before.getOrDefault(g.getKey(), Set.of()).contains(Role.OPERATOR_ADMIN));
        if (touchesOperator) {
            lastOperatorAdminStays(grants);
        }
        for (AffiliationCard card : affiliations.cards(grants.keySet())) {
            Set<Role> asked = grants.getOrDefault(card.id(), Set.of());
            Set<Role> was = before.getOrDefault(card.id(), Set.of());
            if (card.phase() == Phase.ENDED && !asked.isEmpty()) {
                throw Refusal.conflict("affiliation.over");
            }
            if (asked.contains(Role.OPERATOR_ADMIN) && !isOperator(card.member().id())) {
                throw Refusal.invalidField("roles", "role.operator");
            }
            if (!asked.equals(was)) {
                write(card.id(), asked);
                trace.affiliation(
                        "roles.changed", card, author, Map.of("roles", codes(was)), Map.of("roles", codes(asked)));
            }
        }
    }

    private void write(AffiliationId id, Set<Role> roles) {
        String[] codes = codes(roles).toArray(String[]::new);
        jdbc.sql("DELETE FROM directory.role_grant WHERE affiliation = ? AND role <> ALL(?)")
                .params(id.value(), codes)
                .update();
        jdbc.sql(
                        "INSERT INTO directory.role_grant (affiliation, role) SELECT ?, r FROM unnest(?) r ON CONFLICT DO NOTHING")
                .params(id.value(), codes)
                .update();
    }

    private boolean isOperator(MemberId member) {
        return jdbc.sql("SELECT is_operator FROM directory.member WHERE id = ?")
                .param(member.value())
                .query(Boolean.class)
                .single();
    }

    /** A territory that has an operator admin keeps one: nobody could give the role back otherwise. */
    private void lastOperatorAdminStays(Map<AffiliationId, Set<Role>> grants) {
        List<UUID> holders = jdbc.sql("""
                SELECT g.affiliation FROM directory.role_grant g JOIN directory.v_affiliation a ON a.id = g.affiliation
                WHERE g.role = 'operator_admin' AND a.phase <> 'ended'""").query(UUID.class).list();
        List<UUID> left = new ArrayList<>(holders);
        grants.forEach((id, roles) -> {
            left.remove(id.value());
            if (roles.contains(Role.OPERATOR_ADMIN)) {
                left.add(id.value());
            }
        });
        if (!holders.isEmpty() && left.isEmpty()) {
            throw Refusal.conflict("role.last_operator");
        }
    }

    private static Set<String> codes(Set<Role> roles) {
        Set<String> codes = new TreeSet<>();
        roles.forEach(r -> codes.add(r.code()));
        return codes;
    }
}
