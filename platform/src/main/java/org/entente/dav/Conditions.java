package org.entente.dav;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.entente.files.Writing;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What must hold for a request to be done: RFC 9110 (13) and the header {@code If} of RFC 4918. */
@Component
class Conditions {

    private static final Pattern ETAG = Pattern.compile("\\s*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"\\s*(,|$)");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final DavTree tree;
    private final HeldLocks locks;

    Conditions(DavTree tree, HeldLocks locks) {
        this.tree = tree;
        this.locks = locks;
    }

    /**
     * @return what the client has already, so that 304 is the answer; empty when the request is to be done
     * @throws DavError 412 when something does not hold
     */
    Optional<Resource> check(Exchange exchange, IfHeader header) {
        if (!conditional(exchange) && header.isEmpty()) {
            return Optional.empty();
        }
        Optional<Resource> there = tree.find(exchange.visitor(), exchange.path());
        boolean reading = READING.contains(exchange.request().getMethod());
        String match = exchange.header("If-Match");
        if (match != null) {
            Etags etags = etags(match);
            if (there.isEmpty()
                    || !etags.any() && !etags.strong().contains(there.get().etag())) {
                throw failed();
            }
        } else if (date(exchange, "If-Unmodified-Since") instanceof Instant since
                && there.map(Live::modified)
                        .filter(at -> seconds(at).isAfter(since))
                        .isPresent()) {
            throw failed();
        }
        if (!header.holds((resource, condition) -> has(exchange, there, resource, condition))) {
            throw failed();
        }
        String noneMatch = exchange.header("If-None-Match");
        if (noneMatch != null) {
            Etags etags = etags(noneMatch);
            boolean same = there.isPresent()
                    && (etags.any() || etags.all().contains(there.get().etag()));
            if (same && !reading) {
                throw failed();
            }
            return same ? there : Optional.empty();
        }
        if (!reading || !(date(exchange, "If-Modified-Since") instanceof Instant since)) {
            return Optional.empty();
        }
        return there.filter(
                one -> Live.modified(one) instanceof Instant at && !seconds(at).isAfter(since));
    }

    /** The same, for the moment at which a file is written. */
    static Writing.OnlyIf onlyIf(Exchange exchange) {
        String match = exchange.header("If-Match");
        String noneMatch = exchange.header("If-None-Match");
        if (noneMatch != null && etags(noneMatch).any()) {
            return Writing.OnlyIf.ABSENT;
        }
        if (match == null) {
            return Writing.OnlyIf.ANYTHING;
        }
        Etags etags = etags(match);
        return etags.any()
                ? Writing.OnlyIf.PRESENT
                : Writing.OnlyIf.etag(etags.strong().toArray(String[]::new));
    }

    private boolean conditional(Exchange exchange) {
        return List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since").stream()
                .anyMatch(name -> exchange.header(name) != null);
    }

    private boolean has(
            Exchange exchange, Optional<Resource> there, @Nullable String named, IfHeader.Condition condition) {
        List<String> path;
        Optional<Resource> about;
        if (named == null) {
            path = exchange.path();
            about = there;
        } else {
            try {
                path = Addresses.path(exchange, named);
            } catch (DavError elsewhere) {
                return false;
            }
            about = path.equals(exchange.path()) ? there : tree.find(exchange.visitor(), path);
        }
        if (condition.etag()) {
            return about.isPresent() && about.get().etag().equals(condition.value());
        }
        UUID token = IfHeader.token(condition.value());
        return token != null && locked(exchange, path, about, token);
    }

    /** Where nothing is yet, the locks of the folder in which it will be are meant. */
    private boolean locked(Exchange exchange, List<String> path, Optional<Resource> about, UUID token) {
        Optional<Resource> holder = about;
        if (holder.isEmpty() && !path.isEmpty()) {
            holder = tree.find(exchange.visitor(), path.subList(0, path.size() - 1));
        }
        return holder.stream()
                .flatMap(resource -> locks.of(exchange, resource).stream())
                .anyMatch(held -> held.lock().token().equals(token));
    }

    record Etags(boolean any, List<String> all, Set<String> strong) {}

    static Etags etags(String header) {
        if (header.strip().equals("*")) {
            return new Etags(true, List.of(), Set.of());
        }
        List<String> all = new ArrayList<>();
        List<String> strong = new ArrayList<>();
        Matcher matcher = ETAG.matcher(header);
        int at = 0;
        while (at < header.length() && matcher.find(at) && matcher.start() == at) {
            all.add(matcher.group(2));
            if (matcher.group(1) == null) {
                strong.add(matcher.group(2));
            }
            at = matcher.end();
        }
        if (all.isEmpty() && !header.isBlank() && header.indexOf('"') < 0) {
            // Some clients leave the quotes away.
            all.add(header.strip());
            strong.add(header.strip());
        }
        return new Etags(false, all, strong.stream().collect(Collectors.toUnmodifiableSet()));
    }

    /** Null when there is none, or one that is no date: then it does not count. */
    private static @Nullable Instant date(Exchange exchange, String header) {
        return date(exchange.header(header));
    }

    static @Nullable Instant date(@Nullable String said) {
        if (said == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(said.strip(), DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    static Instant seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    private static DavError failed() {
        return DavError.of(412, "dav.changed");
    }
}
