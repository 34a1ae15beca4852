package org.entente.provisioning;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationCard;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.MemberId;
import org.entente.directory.Phase;
import org.entente.directory.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where a departure is asked for, taken back before its date, or undone within the delay. */
@Component
class DepartureDesk {

    private static final Duration FARTHEST = Duration.ofDays(366 * 10L);

    private final DepartureStore store;
    private final Affiliations affiliations;
    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;

    DepartureDesk(DepartureStore store, Affiliations affiliations, JdbcClient jdbc, Ledger ledger, Clock clock) {
        this.store = store;
        this.affiliations = affiliations;
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Who or which unit takes over what the person owned. */
    record Successor(@Nullable UUID person, @Nullable UUID unit) {}

    /** Ends an affiliation now ({@code at} null or past) or plans its end. */
    @Transactional
    UUID ask(
            MemberId member,
            AffiliationId id,
            @Nullable Instant at,
            @Nullable String reason,
            @Nullable Successor successor,
            Actor actor) {
        AffiliationCard card = affiliations.card(member, id);
        if (card.phase() == Phase.ENDED) {
            throw Refusal.conflict("affiliation.over");
        }
        if (reason == null || reason.isBlank()) {
            throw Refusal.invalidField("reason", "departure.reason");
        }
        Instant now = clock.instant();
        Instant when = at == null || at.isBefore(now) ? now : at;
        if (when.isAfter(now.plus(FARTHEST))) {
            throw Refusal.invalidField("at", "departure.far");
        }
        check(member, card, successor);
        if (card.roles().contains(Role.OPERATOR_ADMIN) && lastOperator(id)) {
            throw Refusal.conflict("departure.last-operator");
        }
        UUID departure = store.ask(
                        id.value(),
                        when.atOffset(ZoneOffset.UTC),
                        card.until() == null ? null : card.until().atOffset(ZoneOffset.UTC),
                        reason.strip(),
                        actor.author(),
                        OffsetDateTime.now(clock),
                        successor == null ? null : successor.person(),
                        successor == null ? null : successor.unit())
                .orElseThrow(() -> Refusal.conflict("departure.exists"));
        affiliations.end(id, when, reason.strip(), actor.author());
        if (when.isAfter(now)) {
            record(actor, "departure.scheduled", departure, card, Map.of("at", when.toString()));
        }
        return departure;
    }

    /** Takes a departure back whose date has not come. */
    @Transactional
    void cancel(MemberId member, UUID id, Actor actor) {
        DepartureStore.Kept kept = find(member, id);
        if (!store.move(id, List.of("scheduled"), "cancelled")) {
            throw Refusal.conflict("departure.not-scheduled");
        }
        Instant former = kept.formerUntil();
        AffiliationId affiliation = new AffiliationId(kept.affiliation());
        affiliations.reopen(affiliation, former, actor.author());
        record(actor, "departure.cancelled", id, affiliations.card(member, affiliation), Map.of());
    }

    /** Gives everything back, within the delay: the affiliation goes on as if it had not ended. */
    @Transactional
    void undo(MemberId member, UUID id, Actor actor) {
        DepartureStore.Kept kept = find(member, id);
        Instant until = kept.undoUntil();
        Instant now = clock.instant();
        if (until == null || !List.of("cutting", "complete").contains(kept.state())) {
            throw Refusal.conflict("departure.not-cut");
        }
        if (!until.isAfter(now)) {
            throw Refusal.conflict("departure.undo-late");
        }
        // The listener moves the departure to undone and restores app passwords, in this transaction.
        Instant former = kept.formerUntil();
        AffiliationId affiliation = new AffiliationId(kept.affiliation());
        affiliations.reopen(affiliation, former != null && former.isAfter(now) ? former : null, actor.author());
        record(actor, "departure.undone", id, affiliations.card(member, affiliation), Map.of());
    }

    DepartureStore.Kept find(MemberId member, UUID id) {
        return store.find(member, id).orElseThrow(() -> Refusal.notFound("departure.unknown"));
    }

    boolean lastOperator(AffiliationId affiliation) {
        return !jdbc.sql("""
                        SELECT EXISTS (SELECT FROM directory.v_role_grant g JOIN directory.v_affiliation a ON a.id = g.affiliation
                            WHERE g.role = 'operator_admin' AND a.live AND a.id <> ?)""").param(affiliation.value()).query(Boolean.class).single();
    }

    private void check(MemberId member, AffiliationCard card, @Nullable Successor successor) {
        if (successor == null) {
            return;
        }
        if (successor.person() != null && successor.unit() != null) {
            throw Refusal.invalidField("successor", "departure.successor.one");
        }
        if (successor.unit() != null
                && !exists(
                        "SELECT EXISTS (SELECT FROM directory.v_unit WHERE member = ? AND id = ?)",
                        member,
                        successor.unit())) {
            throw Refusal.invalidField("successor", "departure.successor.unit");
        }
        if (successor.person() != null
                && (successor.person().equals(card.person().value())
                        || !exists(
                                "SELECT EXISTS (SELECT FROM directory.v_affiliation WHERE live AND member = ? AND person = ?)",
                                member,
                                successor.person()))) {
            throw Refusal.invalidField("successor", "departure.successor.person");
        }
    }

    private boolean exists(String sql, MemberId member, UUID id) {
        return jdbc.sql(sql)
                .param(member.value())
                .param(id)
                .query(Boolean.class)
                .single();
    }

    private void record(Actor actor, String act, UUID departure, AffiliationCard card, Map<String, Object> after) {
        ledger.record(new Entry(
                actor.author(),
                act,
                card.member().id().value(),
                "departure",
                departure.toString(),
                store.find(departure).map(DepartureStore.Kept::personName).orElse(""),
                Map.of(),
                after));
    }
}
