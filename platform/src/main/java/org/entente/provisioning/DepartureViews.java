package org.entente.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.catalog.Catalog;
import org.entente.directory.AffiliationCard;
import org.entente.directory.AffiliationId;
import org.entente.directory.Affiliations;
import org.entente.directory.PersonId;
import org.entente.directory.PersonRef;
import org.entente.directory.UnitId;
import org.entente.directory.UnitRef;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Departures as screens show them, acts named and told in the reader's language. */
@Component
class DepartureViews {

    private final DepartureStore store;
    private final Affiliations affiliations;
    private final Catalog catalog;
    private final MessageSource messages;
    private final DepartureAppViews appViews;

    DepartureViews(
            DepartureStore store,
            Affiliations affiliations,
            Catalog catalog,
            MessageSource messages,
            DepartureAppViews appViews) {
        this.store = store;
        this.affiliations = affiliations;
        this.catalog = catalog;
        this.messages = messages;
        this.appViews = appViews;
    }

    record SuccessorView(
            @Nullable PersonRef person, @Nullable UnitRef unit) {}

    record ActView(
            String system,
            String label,
            String state,
            @Nullable Instant at,
            String detail,
            int attempts,
            @Nullable Instant nextAttemptAt) {}

    record DepartureView(
            UUID id,
            AffiliationCard affiliation,
            PersonRef person,
            String state,
            Instant at,
            String askedBy,
            Instant askedAt,
            String reason,
            String cause,
            @Nullable SuccessorView successor,
            @Nullable Instant undoUntil,
            @Nullable Instant completedAt,
            List<ActView> acts,
            List<DepartureAppViews.AppView> apps,
            boolean certificate) {}

    DepartureView view(DepartureStore.Kept kept) {
        return views(List.of(kept)).getFirst();
    }

    List<DepartureView> views(List<DepartureStore.Kept> all) {
        Map<AffiliationId, AffiliationCard> cards =
                affiliations
                        .cards(all.stream()
                                .map(kept -> new AffiliationId(kept.affiliation()))
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(AffiliationCard::id, card -> card));
        Map<UUID, List<DepartureStore.Act>> acts =
                store.acts(all.stream().map(DepartureStore.Kept::id).toList()).stream()
                        .collect(Collectors.groupingBy(DepartureStore.Act::departure));
        Locale locale = LocaleContextHolder.getLocale();
        Map<UUID, List<DepartureAppViews.AppView>> apps =
                appViews.of(all.stream().map(DepartureStore.Kept::id).toList(), locale);
        return all.stream()
                .filter(kept -> cards.containsKey(new AffiliationId(kept.affiliation())))
                .map(kept -> new DepartureView(
                        kept.id(),
                        Objects.requireNonNull(cards.get(new AffiliationId(kept.affiliation()))),
                        new PersonRef(new PersonId(kept.person()), kept.givenName(), kept.usualName()),
                        kept.state(),
                        kept.at(),
                        kept.askedBy().name(),
                        kept.askedAt(),
                        kept.reason(),
                        kept.cause(),
                        successor(kept),
                        kept.undoUntil(),
                        kept.completedAt(),
                        acts.getOrDefault(kept.id(), List.of()).stream()
                                .map(act -> act(act, locale))
                                .toList(),
                        apps.getOrDefault(kept.id(), List.of()),
                        kept.certificate()))
                .toList();
    }

    ActView act(DepartureStore.Act act, Locale locale) {
        return new ActView(
                act.system(),
                label(act, locale),
                act.state(),
                act.at(),
                detail(act, locale),
                act.attempts(),
                act.nextAttemptAt());
    }

    private String label(DepartureStore.Act act, Locale locale) {
        return act.ofAnEngine()
                ? catalog.name(act.system()).map(name -> name.in(locale)).orElse(act.system())
                : text("departure.system." + act.system(), locale);
    }

    private String detail(DepartureStore.Act act, Locale locale) {
        if (!act.ofAnEngine()) {
            return text("departure.detail." + act.system(), locale, act.amount() == null ? 0 : act.amount());
        }
        return switch (act.state()) {
            case "done" ->
                text("departure.detail.engine", locale) + (act.detail().isBlank() ? "" : " (" + act.detail() + ")");
            case "failed" -> text("departure.detail.failed", locale, act.detail());
            default -> text("departure.detail.waiting", locale);
        };
    }

    private static @Nullable SuccessorView successor(DepartureStore.Kept kept) {
        if (kept.successorPerson() != null && kept.successorGivenName() != null && kept.successorUsualName() != null) {
            return new SuccessorView(
                    new PersonRef(
                            new PersonId(kept.successorPerson()), kept.successorGivenName(), kept.successorUsualName()),
                    null);
        }
        if (kept.successorUnit() != null && kept.successorUnitName() != null && kept.successorUnitFullName() != null) {
            return new SuccessorView(
                    null,
                    new UnitRef(
                            new UnitId(kept.successorUnit()), kept.successorUnitName(), kept.successorUnitFullName()));
        }
        return null;
    }

    private String text(String key, Locale locale, Object... args) {
        return String.valueOf(messages.getMessage(key, args, key, locale));
    }
}
