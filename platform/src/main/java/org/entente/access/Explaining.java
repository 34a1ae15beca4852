package org.entente.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationKind;
import org.entente.directory.MemberId;
import org.entente.directory.UnitId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says why: goes the way the computation goes, step by step, and names the step that fails. */
@Component
class Explaining {

    private final JdbcClient jdbc;
    private final SubscriptionStore subscriptions;
    private final Catalog catalog;
    private final MessageSource messages;

    Explaining(JdbcClient jdbc, SubscriptionStore subscriptions, Catalog catalog, MessageSource messages) {
        this.jdbc = jdbc;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
        this.messages = messages;
    }

    /** What {@code access.v_raw} leaves to a capacity that an invitation to a space made. */
    private static final Set<String> TO_THE_INVITED = Set.of("files", "sign-in");

    private record Facts(AffiliationKind kind, String phase, boolean invited, Set<UUID> unitPath, Set<String> groups) {}

    private record Looked(
            Service service,
            List<Explanation.Step> steps,
            @Nullable String role) {
        boolean ok() {
            return steps.stream().allMatch(Explanation.Step::ok);
        }
    }

    List<Explanation> explain(MemberId member, AffiliationId affiliation) {
        Facts facts = facts(member, affiliation).orElseThrow(() -> Refusal.notFound("affiliation.unknown"));
        Map<String, String> given = given(affiliation);
        Map<String, SubscriptionStore.Kept> taken = subscriptions.of(member);
        List<Looked> looked = catalog.services().stream()
                .map(service -> look(service, facts, taken.get(service.id())))
                .toList();
        Set<String> byThemselves =
                looked.stream().filter(Looked::ok).map(l -> l.service().id()).collect(Collectors.toSet());
        return looked.stream().map(one -> finish(one, byThemselves, given)).toList();
    }

    private Looked look(Service service, Facts facts, SubscriptionStore.@Nullable Kept taken) {
        List<Explanation.Step> steps = new ArrayList<>();
        steps.add(step(facts.phase().equals("current"), "affiliation", "access.phase." + facts.phase()));
        boolean suits = service.suits().contains(facts.kind());
        steps.add(step(suits, "kind", suits ? "access.kind.ok" : "access.kind.no", kind(facts.kind())));
        if (facts.invited() && !TO_THE_INVITED.contains(service.id())) {
            steps.add(step(false, "invitation", "access.invitation.no"));
            return new Looked(service, steps, null);
        }
        if (service.everyone()) {
            steps.add(step(true, "everyone", "access.everyone"));
            return new Looked(service, steps, service.roles().getFirst());
        }
        steps.add(step(
                taken != null, "subscription", taken == null ? "access.subscription.no" : "access.subscription.ok"));
        Population fitting = taken == null
                ? null
                : taken.populations().stream()
                        .filter(population -> missing(population, facts).isEmpty()
                                && service.roles().contains(population.role()))
                        .findFirst()
                        .orElse(null);
        if (fitting != null) {
            steps.add(step(true, "population", "access.population.ok", fitting.role()));
        } else if (taken != null) {
            Set<String> why = new HashSet<>();
            taken.populations().forEach(population -> why.addAll(missing(population, facts)));
            String told = why.stream()
                    .sorted()
                    .map(bound -> text("access.bound." + bound))
                    .collect(Collectors.joining(", "));
            steps.add(step(false, "population", "access.population.no", told));
        }
        return new Looked(service, steps, fitting == null ? null : fitting.role());
    }

    private Explanation finish(Looked looked, Set<String> byThemselves, Map<String, String> given) {
        List<Explanation.Step> steps = new ArrayList<>(looked.steps());
        for (String need : needs(looked.service(), new HashSet<>())) {
            boolean there = byThemselves.contains(need);
            String name = catalog.name(need).map(words -> words.in(locale())).orElse(need);
            steps.add(step(there, "needs", there ? "access.needs.ok" : "access.needs.no", name));
        }
        String id = looked.service().id();
        return new Explanation(id, looked.service().name(), given.containsKey(id), given.get(id), steps);
    }

    private Set<String> needs(Service service, Set<String> found) {
        service.needs().forEach(need -> {
            if (found.add(need)) {
                catalog.find(need).ifPresent(next -> needs(next, found));
            }
        });
        found.remove(service.id());
        return found;
    }

    private static Set<String> missing(Population population, Facts facts) {
        Set<String> missing = new HashSet<>();
        if (!population.kinds().isEmpty() && !population.kinds().contains(facts.kind())) {
            missing.add("kinds");
        }
        if (!population.units().isEmpty()
                && population.units().stream().map(UnitId::value).noneMatch(facts.unitPath()::contains)) {
            missing.add("units");
        }
        if (!population.groups().isEmpty() && population.groups().stream().noneMatch(facts.groups()::contains)) {
            missing.add("groups");
        }
        return missing;
    }

    private Optional<Facts> facts(MemberId member, AffiliationId affiliation) {
        return jdbc.sql("""
                        SELECT a.kind, a.phase, a.source = 'invitation' AS invited, a.groups, coalesce(u.path, '{}') AS path FROM directory.v_affiliation a
                        LEFT JOIN directory.v_unit u ON u.id = a.unit WHERE a.id = ? AND a.member = ?""")
                .param(affiliation.value())
                .param(member.value())
                .query((row, n) -> new Facts(
                        AffiliationKind.of(row.getString("kind")),
                        row.getString("phase"),
                        row.getBoolean("invited"),
                        Set.of((UUID[]) row.getArray("path").getArray()),
                        new HashSet<>(
                                Arrays.asList((String[]) row.getArray("groups").getArray()))))
                .optional();
    }

    private Map<String, String> given(AffiliationId affiliation) {
        return jdbc
                .sql("SELECT service, min(role) FROM access.entitlement WHERE affiliation = ? GROUP BY service")
                .param(affiliation.value())
                .query((row, n) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Explanation.Step step(boolean ok, String rule, String key, Object... args) {
        return new Explanation.Step(ok, rule, text(key, args));
    }

    private String kind(AffiliationKind kind) {
        return text("access.kind." + kind.code());
    }

    private String text(String key, Object... args) {
        return String.valueOf(messages.getMessage(key, args, key, locale()));
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
