package org.entente.directory;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes members: their own settings, and what the operator keeps of them. */
@Component
@Transactional
class MemberKeeper {

    private final JdbcClient jdbc;
    private final MemberReader reader;
    private final Trace trace;

    MemberKeeper(JdbcClient jdbc, MemberReader reader, Trace trace) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.trace = trace;
    }

    /** Colour, second factor and departure limit: what a member decides for itself. */
    public void changeSettings(MemberId id, Patch patch, Author author) {
        MemberDetail before = reader.detail(id);
        String colour = patch.needed("colour", before.colour());
        String secondFactor = patch.needed("secondFactor", before.secondFactor());
        Integer limit = patch.number("departureLimit", before.departureLimit());
        if (!JdbcMembers.COLOURS.contains(colour)) {
            throw Refusal.invalidField("colour", "field.wrong", "colour");
        }
        if (!secondFactor.equals("admins") && !secondFactor.equals("everyone")) {
            throw Refusal.invalidField("secondFactor", "field.wrong", "secondFactor");
        }
        if (limit == null || limit < 0 || limit > 100) {
            throw Refusal.invalidField("departureLimit", "limit.invalid");
        }
        update(id, patch.version(), "colour = ?, second_factor = ?, departure_limit = ?", colour, secondFactor, limit);
        tell(before, author);
    }

    /** What identifies a member and its state: kept by the operator. */
    public void changeIdentity(MemberId id, Patch patch, Author author) {
        MemberDetail before = reader.detail(id);
        String name = Checks.text("name", patch.text("name", before.name()), 200);
        MemberKind kind = Kinds.read("kind", patch.needed("kind", before.kind()), MemberKind::of);
        String siren = patch.text("siren", before.siren());
        String siret = patch.text("siret", before.siret());
        Siren checked = siren == null ? null : Siren.of(siren);
        Siret seat = siret == null ? null : Siret.of(siret);
        if (seat != null && !seat.siren().equals(checked)) {
            throw Refusal.invalidField("siret", "siret.other");
        }
        String status = patch.needed("status", before.status());
        if (!java.util.Set.of("invited", "active", "left").contains(status)) {
            throw Refusal.invalidField("status", "field.wrong", "status");
        }
        if (status.equals("left") && before.counts().people() > 0) {
            throw Refusal.conflict("member.people", before.counts().people());
        }
        LocalDate leftOn = patch.date("leftOn", before.leftOn());
        UUID parent = patch.id(
                "parent", before.parent() == null ? null : before.parent().id().value());
        if (id.value().equals(parent)) {
            throw Refusal.invalidField("parent", "unit.circle");
        }
        update(
                id,
                patch.version(),
                "name = ?, kind = ?, siren = ?::text, siret = ?::text, insee = ?::text, population = ?::integer, "
                        + "population_source = ?::text, population_date = ?::date, parent = ?::uuid, status = ?, left_on = ?::date",
                name,
                kind.code(),
                checked == null ? null : checked.value(),
                seat == null ? null : seat.value(),
                Checks.optional("insee", patch.text("insee", before.insee()), 5),
                population(patch.number("population", before.population())),
                Checks.optional("populationSource", patch.text("populationSource", before.populationSource()), 200),
                patch.date("populationDate", before.populationDate()),
                parent == null ? null : parent.toString(),
                status,
                leftOn);
        tell(before, author);
    }

    private static @org.jspecify.annotations.Nullable Integer population(
            @org.jspecify.annotations.Nullable Integer value) {
        if (value != null && value < 0) {
            throw Refusal.invalidField("population", "field.wrong", "population");
        }
        return value;
    }

    private void update(MemberId id, int version, String what, @org.jspecify.annotations.Nullable Object... values) {
        Object[] all = Arrays.copyOf(values, values.length + 2);
        all[values.length] = id.value();
        all[values.length + 1] = version;
        int changed = AffiliationRules.guarded(() -> jdbc.sql(
                        "UPDATE directory.member SET " + what + ", version = version + 1 WHERE id = ? AND version = ?")
                .params(Arrays.asList(all))
                .update());
        if (changed == 0) {
            throw Refusal.conflict("changed.meanwhile");
        }
    }

    private void tell(MemberDetail before, Author author) {
        MemberDetail after = reader.detail(before.id());
        Map<String, Object> was = values(before);
        Map<String, Object> is = values(after);
        trace.other(
                "member.changed",
                after.id(),
                "member",
                after.id(),
                after.name(),
                author,
                Trace.differing(was, is),
                Trace.differing(is, was));
    }

    private static Map<String, Object> values(MemberDetail m) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", m.name());
        values.put("kind", m.kind());
        Trace.put(values, "siren", m.siren());
        Trace.put(values, "siret", m.siret());
        Trace.put(values, "insee", m.insee());
        Trace.put(values, "population", m.population());
        Trace.put(values, "parent", m.parent() == null ? null : m.parent().name());
        values.put("status", m.status());
        Trace.put(values, "leftOn", Objects.toString(m.leftOn(), null));
        values.put("colour", m.colour());
        values.put("secondFactor", m.secondFactor());
        values.put("departureLimit", m.departureLimit());
        return values;
    }
}
