package org.entente.wopi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** When a file was modified, always written in the same way: Collabora gives it back as it had it, to say what it worked on. */
final class WopiTimes {

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private WopiTimes() {}

    static String of(Instant at) {
        return WRITTEN.format(at);
    }

    /** Whether somebody who says this time has seen that file; what is no time was never said by us. */
    static boolean same(String said, Instant at) {
        try {
            return OffsetDateTime.parse(said.strip())
                    .toInstant()
                    .truncatedTo(ChronoUnit.MICROS)
                    .equals(at.truncatedTo(ChronoUnit.MICROS));
        } catch (DateTimeException noTime) {
            return false;
        }
    }
}
