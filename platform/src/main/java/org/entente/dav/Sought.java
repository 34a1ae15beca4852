package org.entente.dav;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.entente.files.FileProperties.Name;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code basicsearch} asks of what it finds: all of it, for every condition that is not understood is refused. Clients wrap what they ask in {@code and} and
 * {@code or} of one, and say the same bound twice.
 */
final class Sought {

    private static final int LONGEST = 200;
    private static final int MOST_TYPES = 50;

    private static final Name NAME = Live.dav("displayname");
    private static final Name TYPE = Live.dav("getcontenttype");
    private static final Name MODIFIED = Live.dav("getlastmodified");
    private static final Name NUMBER = new Name(XmlOut.OWNCLOUD, "fileid");
    private static final Name OWNER = new Name(XmlOut.OWNCLOUD, "owner-id");
    private static final Set<String> YES = Set.of("1", "yes", "true");

    private final List<String> types = new ArrayList<>();
    private @Nullable String words;
    private @Nullable Instant from;
    private @Nullable Instant until;
    private @Nullable Long number;
    private @Nullable String owner;
    private boolean favourite;
    private boolean folders;

    private Sought() {}

    static Sought of(Element where) {
        Sought sought = new Sought();
        List<Element> all = where.children().toList();
        if (all.size() != 1) {
            throw unclear();
        }
        sought.read(all.getFirst());
        int ways = (sought.words != null ? 1 : 0)
                + (sought.number != null ? 1 : 0)
                + (sought.favourite ? 1 : 0)
                + (sought.chosen() ? 1 : 0);
        if (ways != 1 || sought.folders && sought.words == null) {
            throw unclear();
        }
        return sought;
    }

    /** Whether it is in the order that it comes in: the last modified first. */
    static void order(Element search) {
        List<Element> orders = search.child("orderby").map(Element::children).stream()
                .flatMap(one -> one)
                .toList();
        if (orders.isEmpty()) {
            return;
        }
        Element first = orders.getFirst();
        if (!first.is("order") || first.child("descending").isEmpty() || !MODIFIED.equals(property(first))) {
            throw DavError.of(422, "dav.search-order");
        }
    }

    private void read(Element condition) {
        List<Element> within = condition.children().toList();
        if (condition.is("and") || condition.is("or") && within.size() == 1) {
            if (within.isEmpty()) {
                throw unclear();
            }
            within.forEach(this::read);
        } else if (condition.is("or")) {
            types(within);
        } else if (condition.is("is-collection")) {
            folders = true;
        } else {
            one(condition, property(condition), literal(condition));
        }
    }

    private void one(Element condition, Name property, String literal) {
        if (property.equals(TYPE)) {
            types(List.of(condition));
        } else if (property.equals(MODIFIED)) {
            bound(condition, moment(literal));
        } else if (property.equals(NAME) && condition.is("like") && words == null) {
            words = literal.replace('%', ' ').strip();
            if (words.isEmpty()) {
                throw unclear();
            }
        } else if (property.equals(OwnCloud.FAVOURITE)
                && condition.is("eq")
                && YES.contains(literal.toLowerCase(Locale.ROOT))) {
            favourite = true;
        } else if (property.equals(NUMBER) && condition.is("eq") && literal.matches("[0-9]{1,18}") && number == null) {
            number = Long.valueOf(literal);
        } else if (property.equals(OWNER) && condition.is("eq") && owner == null) {
            owner = literal;
        } else {
            throw unclear();
        }
    }

    /** One of these types. */
    private void types(List<Element> some) {
        if (!types.isEmpty() || some.size() > MOST_TYPES) {
            throw unclear();
        }
        for (Element one : some) {
            String said = literal(one);
            boolean like = one.is("like");
            String type = like ? said.replaceAll("%+$", "") : said;
            boolean whole = !like || type.length() == said.length();
            if (!like && !one.is("eq")
                    || !property(one).equals(TYPE)
                    || !type.matches(whole ? "[^%/]+/[^%/]+" : "[^%/]+/")) {
                throw unclear();
            }
            types.add(type.toLowerCase(Locale.ROOT));
        }
    }

    /** Times are told to the second: so they are compared. */
    private void bound(Element condition, Instant said) {
        Instant second = said.truncatedTo(ChronoUnit.SECONDS);
        boolean whole = second.equals(said);
        if (condition.is("gt") || condition.is("gte")) {
            Instant least = condition.is("gte") && whole ? second : second.plusSeconds(1);
            from = from == null || least.isAfter(from) ? least : from;
        } else if (condition.is("lt") || condition.is("lte")) {
            Instant end = condition.is("lt") && whole ? second : second.plusSeconds(1);
            until = until == null || end.isBefore(until) ? end : until;
        } else {
            throw unclear();
        }
    }

    /** Seconds since 1970 (Android), ISO 8601 (iOS) or as HTTP has it. */
    private static Instant moment(String said) {
        try {
            if (said.matches("-?[0-9]{1,11}")) {
                return Instant.ofEpochSecond(Long.parseLong(said));
            }
            return said.contains(",")
                    ? ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                    : OffsetDateTime.parse(said).toInstant();
        } catch (DateTimeParseException none) {
            throw unclear();
        }
    }

    private static Name property(Element condition) {
        List<Element> named = condition.child("prop").map(Element::children).stream()
                .flatMap(one -> one)
                .toList();
        if (named.size() != 1) {
            throw unclear();
        }
        return named.getFirst().name();
    }

    private static String literal(Element condition) {
        String said = condition.child("literal").orElseThrow(Sought::unclear).text();
        if (said.length() > LONGEST) {
            throw unclear(); // before anything is made of it
        }
        return said;
    }

    static DavError unclear() {
        return DavError.of(422, "dav.search");
    }

    /** By type and time. */
    boolean chosen() {
        return !types.isEmpty() || from != null || until != null;
    }

    /** By name; null otherwise. */
    @Nullable
    String words() {
        return words;
    }

    /** By {@code oc:fileid}; null otherwise. */
    @Nullable
    Long number() {
        return number;
    }

    boolean favourite() {
        return favourite;
    }

    boolean foldersOnly() {
        return folders;
    }

    List<String> types() {
        return types;
    }

    @Nullable
    Instant from() {
        return from;
    }

    @Nullable
    Instant until() {
        return until;
    }

    /** Whose it is to be; null for anybody's. What a visitor sees is told as their own ({@code oc:owner-id}). */
    @Nullable
    String owner() {
        return owner;
    }
}
