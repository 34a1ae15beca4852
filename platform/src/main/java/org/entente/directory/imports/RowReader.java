package org.entente.directory.imports;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.entente.base.Refusal;
import org.entente.directory.NewPerson;
import org.entente.directory.Post;
import org.jspecify.annotations.Nullable;

/** Reads one line into the values of the directory, with the same checks as the form: a wrong one becomes an error row. */
final class RowReader {

    static final String TARGET =
            "directory.import_row (import, line, reference, given_name, usual_name, birth_name, birth_date, address, function, "
                    + "unit_name, phone, share, kind, since, until, error, error_arg, key, endless)";

    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ofPattern("d/M/uuuu").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ofPattern("d-M-uuuu").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ofPattern("d.M.uuuu").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ISO_LOCAL_DATE);
    private static final Pattern TIME = Pattern.compile("[T ]\\d{1,2}:\\d{2}(:\\d{2})?.*$");

    private final UUID id;
    private final Map<String, Integer> places;
    private final Clock clock;

    RowReader(UUID id, Map<String, Integer> places, Clock clock) {
        this.id = id;
        this.places = places;
        this.clock = clock;
    }

    void read(int line, List<String> cells, CopyText rows) throws SQLException {
        try {
            String usual = cell(cells, "usualName");
            String birth = cell(cells, "birthName");
            LocalDate born = date("birthDate", cell(cells, "birthDate"));
            if (born != null && born.isAfter(LocalDate.now(clock))) {
                throw Refusal.invalidField("birthDate", "birthdate.invalid", born.toString());
            }
            String kept = usual == null ? birth : usual;
            NewPerson person = new NewPerson(
                    need("givenName", cell(cells, "givenName")),
                    need("usualName", kept),
                    java.util.Objects.equals(kept, birth) ? null : birth,
                    born);
            LocalDate since = date("from", cell(cells, "from"));
            LocalDate last = date("until", cell(cells, "until"));
            boolean endless = last != null && last.getYear() >= 2900;
            Instant until = last == null || endless ? null : start(last.plusDays(1));
            Instant from = since == null ? null : start(since);
            Post post = new Post(
                    need("function", cell(cells, "function")),
                    null,
                    cell(cells, "address"),
                    cell(cells, "phone"),
                    share(cell(cells, "weeklyShare")),
                    from == null ? (until == null ? clock.instant() : until) : from,
                    until,
                    cell(cells, "reference"),
                    List.of());
            String unit = cell(cells, "unit");
            String unitName =
                    unit == null ? null : Post.of(unit, clock.instant(), null).function();
            rows.row(
                    id,
                    line,
                    post.reference(),
                    person.givenName(),
                    person.usualName(),
                    person.birthName(),
                    person.birthDate(),
                    post.address(),
                    post.function(),
                    unitName,
                    post.phone(),
                    post.weeklyShare(),
                    kind(cell(cells, "kind")),
                    from,
                    until,
                    null,
                    null,
                    cell(cells, "key"),
                    // Only a source that knows each entry by a key may take an end back: files say 9999 of everybody.
                    endless && cell(cells, "key") != null);
        } catch (Refusal wrong) {
            String argument = wrong.args().isEmpty()
                    ? null
                    : brief(String.valueOf(wrong.args().getLast()));
            rows.row(
                    id,
                    line,
                    briefly(cell(cells, "reference")),
                    briefly(cell(cells, "givenName")),
                    briefly(cell(cells, "usualName")),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    wrong.code(),
                    argument,
                    cell(cells, "key"),
                    false);
        }
    }

    private @Nullable String cell(List<String> cells, String field) {
        Integer place = places.get(field);
        if (place == null || place >= cells.size()) {
            return null;
        }
        String value = cells.get(place).strip();
        return value.isEmpty() ? null : value;
    }

    private static String need(String field, @Nullable String value) {
        if (value == null) {
            throw Refusal.invalidField(field, "field.missing", field);
        }
        return value;
    }

    private static @Nullable LocalDate date(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        String day = TIME.matcher(text).replaceFirst("");
        for (DateTimeFormatter format : DATES) {
            try {
                LocalDate found = LocalDate.parse(day, format);
                if (found.getYear() < 1900
                        || (found.getYear() > 2199 && !(field.equals("until") && found.getYear() >= 2900))) {
                    throw Refusal.invalidField(field, "date.far");
                }
                return found;
            } catch (DateTimeParseException e) {
                continue;
            }
        }
        throw Refusal.invalidField(field, "field.date", field, brief(text));
    }

    /** A percentage, or a fraction of full time: 80, 80 %, 0,8. */
    private static @Nullable Integer share(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            BigDecimal value =
                    new BigDecimal(text.replace("%", "").replace(',', '.').replaceAll("\\s", ""));
            if (value.precision() > 12 || Math.abs(value.scale()) > 12) {
                throw Refusal.invalidField("weeklyShare", "share.invalid", brief(text));
            }
            boolean fraction = value.compareTo(BigDecimal.ONE) <= 0;
            return (fraction ? value.movePointRight(2) : value)
                    .setScale(0, java.math.RoundingMode.HALF_UP)
                    .intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw Refusal.invalidField("weeklyShare", "share.invalid", brief(text));
        }
    }

    private static @Nullable String kind(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String plain = Columns.plain(text);
        if (plain.matches("elue?s?|mandat.*|adjointe?.*|conseill.*")) {
            return "elu";
        }
        if (plain.matches("stag.*|appren.*|altern.*|trainee|service civique")) {
            return "trainee";
        }
        if (plain.matches("partenaire.*|prestataire.*|exterieur.*|partner|externe.*")) {
            return "partner";
        }
        if (plain.matches("agent.*|titulaire.*|contractuel.*|fonctionnaire.*|vacataire.*|cdi|cdd|non titulaire")) {
            return "agent";
        }
        throw Refusal.invalidField("kind", "import.kind", brief(text));
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toInstant();
    }

    private static String brief(String text) {
        return text.substring(0, Math.min(80, text.length())).replaceAll("\\p{Cntrl}", "\ufffd");
    }

    private static @Nullable String briefly(@Nullable String text) {
        return text == null ? null : brief(text);
    }
}
