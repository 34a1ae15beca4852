package org.entente.pooling;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes, amends and ends agreements; lets members in and out. Each act is in the ledger, nothing is rewritten. */
@Service
class Agreements {

    private final JdbcClient jdbc;
    private final AgreementReader reader;
    private final Catalog catalog;
    private final Ledger ledger;
    private final Clock clock;

    Agreements(JdbcClient jdbc, AgreementReader reader, Catalog catalog, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.catalog = catalog;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Transactional
    UUID make(String number, LocalDate startsOn, Terms terms, Author by) {
        return make(number, startsOn, terms, false, by);
    }

    /** {@code proposed}: it holds nothing until {@link #adopt} is decided. */
    @Transactional
    UUID make(String number, LocalDate startsOn, Terms terms, boolean proposed, Author by) {
        String clean = Texts.required("number", number, 40);
        Texts.requiredDay("startsOn", startsOn);
        requireOrder(startsOn, terms);
        UUID id;
        try {
            id = jdbc.sql("INSERT INTO pooling.agreement (number, starts_on, proposed) VALUES (?, ?, ?) RETURNING id")
                    .params(clean, startsOn, proposed)
                    .query(UUID.class)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("pooling.agreement.number-taken", clean);
        }
        keep(id, 0, startsOn, null, "", terms);
        record("agreement.made", null, id, clean, Map.of("title", terms.title(), "startsOn", startsOn.toString()), by);
        return id;
    }

    @Transactional
    void adopt(UUID id, Author by) {
        AgreementReader.Agreement agreement = reader.get(id);
        int adopted = jdbc.sql(
                        "UPDATE pooling.agreement SET proposed = false, version = version + 1 WHERE id = ? AND proposed")
                .param(id)
                .update();
        if (adopted == 0) {
            throw Refusal.conflict("pooling.agreement.not-proposed", agreement.number());
        }
        record("agreement.adopted", null, id, agreement.number(), Map.of(), by);
    }

    /** The terms in force on that day with something changed, from that day on. */
    @Transactional
    void amendFrom(UUID id, LocalDate day, String summary, java.util.function.UnaryOperator<Terms> change, Author by) {
        AgreementReader.Agreement agreement = reader.get(id);
        LocalDate from = day.isBefore(agreement.startsOn()) ? agreement.startsOn() : day;
        AgreementReader.Amendment inForce = reader.amendments(id).stream()
                .filter(a -> !a.effectiveOn().isAfter(from))
                .reduce((one, later) -> later)
                .orElseThrow();
        touch(id, agreement.version());
        put(agreement, from, null, summary, change.apply(inForce.terms()), by);
    }

    /** New terms from a day on; {@code version} is that of the agreement the author read. */
    @Transactional
    void amend(
            UUID id,
            int version,
            LocalDate effectiveOn,
            @Nullable LocalDate signedOn,
            String summary,
            Terms terms,
            Author by) {
        Texts.requiredDay("effectiveOn", effectiveOn);
        AgreementReader.Agreement agreement = reader.get(id);
        touch(id, version);
        if (effectiveOn.isBefore(agreement.startsOn())) {
            throw Refusal.invalidField("effectiveOn", "pooling.amendment.before-start", agreement.startsOn());
        }
        boolean sameDay =
                reader.amendments(id).stream().anyMatch(a -> a.effectiveOn().equals(effectiveOn));
        if (sameDay) {
            throw Refusal.conflict("pooling.amendment.same-day", effectiveOn);
        }
        put(agreement, effectiveOn, signedOn, summary, terms, by);
    }

    private void put(
            AgreementReader.Agreement agreement,
            LocalDate effectiveOn,
            @Nullable LocalDate signedOn,
            String summary,
            Terms terms,
            Author by) {
        requireOrder(effectiveOn, terms);
        int number = jdbc.sql("SELECT max(number) + 1 FROM pooling.amendment WHERE agreement = ?")
                .param(agreement.id())
                .query(Integer.class)
                .single();
        String said = Texts.or(Texts.optional("summary", summary, 500), "");
        keep(agreement.id(), number, effectiveOn, signedOn, said, terms);
        record(
                "agreement.amended",
                null,
                agreement.id(),
                agreement.number(),
                Map.of("number", number, "effectiveOn", effectiveOn.toString(), "title", terms.title()),
                by);
    }

    /** Notice is given: {@code until} is the last day. */
    @Transactional
    void end(UUID id, LocalDate until, @Nullable String reason, Author by) {
        AgreementReader.Agreement agreement = reader.get(id);
        Texts.requiredDay("until", until);
        if (until.isBefore(agreement.startsOn())) {
            throw Refusal.invalidField("until", "pooling.agreement.ends-before");
        }
        if (until.isBefore(LocalDate.now(clock))) {
            throw Refusal.invalidField("until", "pooling.agreement.end-past");
        }
        int changed = jdbc.sql("""
                UPDATE pooling.agreement SET ended_on = ?, end_reason = ?, version = version + 1
                WHERE id = ? AND (ended_on IS NULL OR ended_on >= ?)
                """)
                .params(Arrays.asList(until, Texts.optional("reason", reason, 500), id, LocalDate.now(clock)))
                .update();
        if (changed == 0) {
            throw Refusal.conflict("pooling.agreement.ended", agreement.number());
        }
        record("agreement.ended", null, id, agreement.number(), Map.of("until", until.toString()), by);
    }

    /** A member joins an agreement; twice at the same time is refused. */
    @Transactional
    void join(UUID agreement, MemberId member, LocalDate since, Author by) {
        Texts.requiredDay("since", since);
        AgreementReader.Agreement joined = reader.get(agreement);
        if (since.isBefore(joined.startsOn()) || (joined.lastOn() != null && since.isAfter(joined.lastOn()))) {
            throw Refusal.invalidField("since", "pooling.party.outside", joined.number());
        }
        boolean known = jdbc.sql("SELECT count(*) > 0 FROM directory.v_member WHERE id = ?")
                .param(member.value())
                .query(Boolean.class)
                .single();
        if (!known) {
            throw Refusal.notFound("pooling.member.unknown");
        }
        try {
            jdbc.sql("INSERT INTO pooling.party (agreement, member, since) VALUES (?, ?, ?)")
                    .params(agreement, member.value(), since)
                    .update();
        } catch (DataIntegrityViolationException already) {
            throw Refusal.conflict("pooling.party.already", joined.number());
        }
        record("agreement.joined", member.value(), agreement, joined.number(), Map.of("since", since.toString()), by);
    }

    /** A member leaves at the end of {@code until}. */
    @Transactional
    void leave(UUID agreement, MemberId member, LocalDate until, Author by) {
        Texts.requiredDay("until", until);
        AgreementReader.Agreement left = reader.get(agreement);
        int changed = jdbc.sql(
                        "UPDATE pooling.party SET until = ? WHERE agreement = ? AND member = ? AND until IS NULL AND since <= ?")
                .params(until, agreement, member.value(), until)
                .update();
        if (changed == 0) {
            throw Refusal.conflict("pooling.party.not-in", left.number());
        }
        record("agreement.left", member.value(), agreement, left.number(), Map.of("until", until.toString()), by);
    }

    private void touch(UUID id, int version) {
        int touched = jdbc.sql("UPDATE pooling.agreement SET version = version + 1 WHERE id = ? AND version = ?")
                .params(id, version)
                .update();
        if (touched == 0) {
            throw Refusal.conflict("pooling.changed-meanwhile");
        }
    }

    private static void requireOrder(LocalDate from, Terms terms) {
        if (terms.endsOn() != null && terms.endsOn().isBefore(from)) {
            throw Refusal.invalidField("endsOn", "pooling.agreement.ends-before");
        }
    }

    private void keep(
            UUID id, int number, LocalDate effectiveOn, @Nullable LocalDate signedOn, String summary, Terms terms) {
        terms.services().forEach(agreed -> {
            if (catalog.name(agreed.service()).isEmpty()) {
                throw Refusal.invalidField("services", "service.unknown", agreed.service());
            }
        });
        try {
            jdbc.sql("""
                    INSERT INTO pooling.amendment
                    (agreement, number, effective_on, signed_on, summary, title, ends_on, notice_months, renewal, cost_key)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
                    .params(Arrays.asList(
                            id,
                            number,
                            effectiveOn,
                            signedOn,
                            summary,
                            terms.title(),
                            terms.endsOn(),
                            terms.noticeMonths(),
                            terms.renewal(),
                            terms.costKey()))
                    .update();
        } catch (DataIntegrityViolationException unknownKey) {
            throw Refusal.invalidField("costKey", "pooling.key.unknown");
        }
        terms.services()
                .forEach(agreed -> jdbc.sql(
                                "INSERT INTO pooling.amendment_service (agreement, number, service, quota, storage_gb) VALUES (?, ?, ?, ?, ?)")
                        .params(Arrays.asList(id, number, agreed.service(), agreed.quota(), agreed.storageGb()))
                        .update());
    }

    private void record(
            String act, @Nullable UUID member, UUID id, String number, Map<String, Object> after, Author by) {
        ledger.record(new Entry(by, act, member, "agreement", id.toString(), number, Map.of(), new HashMap<>(after)));
    }
}
