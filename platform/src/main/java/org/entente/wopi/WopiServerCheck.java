package org.entente.wopi;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.entente.base.Fetch;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Looks at the office server and says what is right, what is doubtful, and what is wrong and how to put it right. */
@Component
class WopiServerCheck {

    private final WopiServer server;
    private final WopiSettings settings;
    private final MessageSource messages;
    private final ZoneId zone;

    WopiServerCheck(
            WopiServer server,
            WopiSettings settings,
            MessageSource messages,
            @Value("${entente.territory.zone:Europe/Paris}") ZoneId zone) {
        this.server = server;
        this.settings = settings;
        this.messages = messages;
        this.zone = zone;
    }

    /** @param level {@code right}, {@code doubtful} or {@code wrong} */
    record Found(String level, String text) {}

    List<Found> check(Locale locale) {
        if (settings.refused().isPresent()) {
            return List.of(
                    say("wrong", "same-origin", locale, settings.refused().get()));
        }
        List<Found> found = new ArrayList<>();
        Discovery discovery;
        try {
            discovery = server.fetchNow();
        } catch (Fetch.Unanswered e) {
            return List.of(new Found("wrong", why(e.code(), e.args().toArray(), locale)));
        }
        String url = settings.server().orElseThrow();
        if (!discovery.elsewhere().isEmpty()) {
            found.add(say(
                    discovery.kinds().isEmpty() ? "wrong" : "doubtful",
                    "elsewhere",
                    locale,
                    String.join(", ", discovery.elsewhere()),
                    url));
        }
        if (discovery.kinds().isEmpty()) {
            found.add(say("wrong", "no-kinds", locale, url));
        } else {
            found.add(say("right", "kinds", locale, endings(discovery, true), endings(discovery, false)));
        }
        found.add(discovery.proof() == null ? say("doubtful", "no-proof", locale) : say("right", "proof", locale));
        if (settings.portalOrigin().startsWith("https:") && url.startsWith("http:")) {
            found.add(say("wrong", "mixed", locale, url));
        }
        WopiServer.State state = server.state();
        found.add(
                state.calledAt() == null
                        ? say("doubtful", "never-called", locale, settings.atPlatform(WopiDoor.FILES))
                        : say(
                                "right",
                                "called",
                                locale,
                                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                                        .withLocale(locale)
                                        .format(state.calledAt().atZoneSameInstant(zone))));
        return found;
    }

    /** What {@link Fetch} says of any server is said there once; what an operator must do about this one, here. */
    private String why(String code, Object[] args, Locale locale) {
        String ours = messages.getMessage("wopi.finding." + code, args, null, locale);
        return ours == null ? messages.getMessage("refusal.source.finding." + code, args, locale) : ours;
    }

    private Found say(String level, String code, Locale locale, Object... args) {
        return new Found(level, messages.getMessage("wopi.finding." + code, args, locale));
    }

    private static String endings(Discovery discovery, boolean edited) {
        String all = discovery.kinds().entrySet().stream()
                .filter(kind -> (kind.getValue().edit() != null) == edited)
                .map(java.util.Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "–" : all;
    }
}
