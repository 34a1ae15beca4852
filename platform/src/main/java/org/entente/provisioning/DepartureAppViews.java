package org.entente.provisioning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.catalog.Catalog;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** By which means each application was told of a departure, in words that promise no more than was done. */
@Component
class DepartureAppViews {

    /** Nobody was seen to enter there lately; what an application lets last longer is not known. */
    static final String UNKNOWN = "unknown";

    private final DepartureApps apps;
    private final Catalog catalog;
    private final MessageSource messages;

    DepartureAppViews(DepartureApps apps, Catalog catalog, MessageSource messages) {
        this.apps = apps;
        this.catalog = catalog;
        this.messages = messages;
    }

    /** How sure it is that the application lets nobody in any more. */
    enum State {
        DONE,
        WAITING,
        /** Tried, and to be tried again. */
        FAILED,
        /** Nothing is left to try, and the application has not said that its session is over. */
        UNSURE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One means, for one application.
     *
     * @param means {@code oidc_back_channel}, {@code saml_soap}, {@code cas_logout}, {@code account}, {@code ours}, {@code gateway}, {@code link},
     *     {@code none}; {@code unknown} where no session of it is known
     * @param state the word of a {@link State}
     */
    record MeansView(
            String means,
            String state,
            @Nullable Instant at,
            String detail,
            int attempts,
            @Nullable Instant nextAttemptAt) {}

    record AppView(String service, String label, List<MeansView> means) {}

    Map<UUID, List<AppView>> of(Collection<UUID> departures, Locale locale) {
        return apps.of(departures).stream()
                .collect(Collectors.groupingBy(
                        DepartureApps.Row::departure,
                        Collectors.collectingAndThen(Collectors.toList(), rows -> apps(rows, locale))));
    }

    private List<AppView> apps(List<DepartureApps.Row> rows, Locale locale) {
        return rows.stream()
                .collect(Collectors.groupingBy(DepartureApps.Row::service, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(app -> new AppView(
                        app.getKey(),
                        catalog.name(app.getKey()).map(name -> name.in(locale)).orElse(app.getKey()),
                        app.getValue().stream()
                                .flatMap(row -> means(row, row == app.getValue().getLast(), locale).stream())
                                .toList()))
                .toList();
    }

    private List<MeansView> means(DepartureApps.Row row, boolean last, Locale locale) {
        List<MeansView> all = new ArrayList<>();
        all.add(row.means() == null ? untouched(row, locale) : told(row, Objects.requireNonNull(row.state()), locale));
        String account = row.account();
        if (last && account != null) {
            State state = account.equals("done") ? State.DONE : State.WAITING;
            all.add(view("account", state, row, text("departure.app.account." + state.word(), locale)));
        }
        return all;
    }

    private MeansView told(DepartureApps.Row row, String state, Locale locale) {
        String means = Objects.requireNonNull(row.means());
        if (state.equals("untold")) {
            return view(means, State.UNSURE, row, text("departure.app.untold." + row.way(), locale));
        }
        boolean again = state.equals("waiting") && row.attempts() > 0;
        String said = text(
                "departure.app.said." + (again ? "again" : state), locale, row.sessions(), why(row.detail(), locale));
        State how = switch (state) {
            case "answered" -> State.DONE;
            case "waiting" -> again ? State.FAILED : State.WAITING;
            default -> State.UNSURE;
        };
        return new MeansView(
                means,
                how.word(),
                row.at(),
                text("departure.app.means." + means, locale) + " – " + said,
                row.attempts(),
                again ? row.nextAttemptAt() : null);
    }

    /** The application was told nothing: nothing is known that it could be told, or it is none that is told. */
    private MeansView untouched(DepartureApps.Row row, Locale locale) {
        return switch (row.way()) {
            case "ours", "gateway" -> view(row.way(), State.DONE, row, text("departure.app." + row.way(), locale));
            case "link" -> view("link", State.UNSURE, row, text("departure.app.link", locale));
            default ->
                row.cut()
                        ? view(UNKNOWN, State.UNSURE, row, text("departure.app.no-session", locale))
                        : view("none", State.WAITING, row, text("departure.app.not-cut", locale));
        };
    }

    private static MeansView view(String means, State state, DepartureApps.Row row, String detail) {
        return new MeansView(means, state.word(), row.at(), detail, 0, null);
    }

    /** Why, of a word and what it is of: {@code http 400}. */
    private String why(String detail, Locale locale) {
        String[] words = detail.split(" ", 2);
        return text("departure.app.why." + words[0], locale, words.length == 2 ? words[1] : "");
    }

    private String text(String key, Locale locale, Object... args) {
        return String.valueOf(messages.getMessage(key, args, "", locale));
    }
}
