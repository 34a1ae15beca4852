package org.entente.base;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What a room keeps about a person, told to that person in words: each room that keeps some gives one of these. */
public interface PersonalData {

    Section about(UUID person, Locale locale);

    /** @param why what the data is kept for, and for how long */
    record Section(String id, String title, String why, List<Fact> facts) {}

    record Fact(String label, String value) {}

    /** A moment as people read it, on the clocks of the territory. */
    static String when(OffsetDateTime at, ZoneId zone, Locale locale) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(locale)
                .format(at.atZoneSameInstant(zone));
    }
}
