package org.entente.provisioning;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.entente.access.Entitlement;
import org.entente.access.Entitlements;
import org.entente.catalog.Catalog;
import org.entente.catalog.Words;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationCard;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.MemberId;
import org.entente.directory.MemberRef;
import org.entente.directory.PersonRef;
import org.entente.directory.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says beforehand what a departure will cut, and what it will leave. */
@Component
class DeparturePreviews {

    private final Affiliations affiliations;
    private final Entitlements entitlements;
    private final Catalog catalog;
    private final DepartureDesk desk;
    private final JdbcClient jdbc;
    private final MessageSource messages;
    private final Clock clock;

    DeparturePreviews(
            Affiliations affiliations,
            Entitlements entitlements,
            Catalog catalog,
            DepartureDesk desk,
            JdbcClient jdbc,
            MessageSource messages,
            Clock clock) {
        this.affiliations = affiliations;
        this.entitlements = entitlements;
        this.catalog = catalog;
        this.desk = desk;
        this.jdbc = jdbc;
        this.messages = messages;
        this.clock = clock;
    }

    record Named(String id, Words name) {}

    record Preview(
            Instant at,
            PersonRef person,
            MemberRef member,
            List<Named> services,
            int sessions,
            int appPasswords,
            List<AffiliationCard> remaining,
            List<String> warnings) {}

    Preview preview(MemberId member, AffiliationId id, @Nullable Instant at, Actor actor) {
        AffiliationCard card = affiliations.card(member, id);
        Instant now = clock.instant();
        return new Preview(
                at == null || at.isBefore(now) ? now : at,
                person(card),
                card.member(),
                entitlements.of(id).stream().map(this::named).toList(),
                count("SELECT count(*) FROM identity.v_session WHERE capacity = ?", id),
                count("SELECT count(*) FROM identity.v_app_password WHERE capacity = ? AND revoked_at IS NULL", id),
                remaining(card),
                warnings(card, actor));
    }

    private List<AffiliationCard> remaining(AffiliationCard card) {
        List<AffiliationId> others = jdbc
                .sql("SELECT id FROM directory.v_affiliation WHERE person = ? AND live AND id <> ?")
                .param(card.person().value())
                .param(card.id().value())
                .query(UUID.class)
                .list()
                .stream()
                .map(AffiliationId::new)
                .toList();
        return affiliations.cards(others);
    }

    private List<String> warnings(AffiliationCard card, Actor actor) {
        List<String> warnings = new ArrayList<>();
        if (actor.capacity().equals(card.id())) {
            warnings.add("self");
        }
        if (card.roles().contains(Role.OPERATOR_ADMIN) && desk.lastOperator(card.id())) {
            warnings.add("last-operator");
        }
        if (card.roles().contains(Role.MEMBER_ADMIN) && lastAdmin(card)) {
            warnings.add("last-admin");
        }
        return warnings.stream().map(code -> text("departure.warning." + code)).toList();
    }

    private boolean lastAdmin(AffiliationCard card) {
        return !jdbc.sql("""
                        SELECT EXISTS (SELECT FROM directory.v_role_grant g JOIN directory.v_affiliation a ON a.id = g.affiliation
                            WHERE g.role = 'member_admin' AND a.live AND a.member = ? AND a.id <> ?)""")
                .param(card.member().id().value())
                .param(card.id().value())
                .query(Boolean.class)
                .single();
    }

    private PersonRef person(AffiliationCard card) {
        return jdbc.sql("SELECT given_name, usual_name FROM directory.v_person WHERE id = ?")
                .param(card.person().value())
                .query((row, n) -> new PersonRef(card.person(), row.getString(1), row.getString(2)))
                .single();
    }

    private Named named(Entitlement entitlement) {
        String id = entitlement.service();
        return new Named(id, catalog.name(id).orElse(new Words(id, id)));
    }

    private int count(String sql, AffiliationId id) {
        return jdbc.sql(sql).param(id.value()).query(Integer.class).single();
    }

    private String text(String key) {
        return String.valueOf(messages.getMessage(key, null, key, LocaleContextHolder.getLocale()));
    }
}
