package org.entente.portal;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.audit.LedgerFilter;
import org.entente.audit.LedgerLine;
import org.entente.audit.LedgerReader;
import org.entente.audit.LedgerVerifier;
import org.entente.audit.Verification;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger for its readers: a member's own entries, the operator's whole, as pages or as a table to keep. */
@RestController
class LedgerController {

    /** What a reader may ask for; the web layer fills it from the query. */
    record Question(
            @Nullable String from,
            @Nullable String to,
            @Nullable String act,
            @Nullable String q) {}

    /**
     * One page of the ledger.
     *
     * @param more whether there are more than {@code total}, which stops counting
     * @param next where the next page starts: to be given back as {@code before}; null on the last page
     */
    record LedgerPage(
            List<LedgerEntry> items,
            long total,
            boolean more,
            int offset,
            @Nullable String next) {}

    /** What a verification found, in the reader's words. */
    record Verified(
            boolean intact,
            long sealed,
            long waiting,
            int anchors,
            @Nullable Instant lastAnchorAt,
            long found,
            List<Finding> findings,
            String text) {}

    record Finding(@Nullable Long position, String code, String text) {}

    private final LedgerReader reader;
    private final LedgerVerifier verifier;
    private final LedgerWords words;
    private final MessageSource messages;
    private final Clock clock;

    LedgerController(
            LedgerReader reader, LedgerVerifier verifier, LedgerWords words, MessageSource messages, Clock clock) {
        this.reader = reader;
        this.verifier = verifier;
        this.words = words;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/api/members/{member}/ledger")
    @Needs(Right.READ_MEMBER)
    LedgerPage ofMember(
            @PathVariable MemberId member,
            Question question,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit,
            Locale locale) {
        return page(filter(member.value(), question), before, offset, limit, locale);
    }

    @GetMapping("/api/members/{member}/ledger.csv")
    @Needs(Right.READ_MEMBER)
    void csvOfMember(@PathVariable MemberId member, Question question, HttpServletResponse response, Locale locale)
            throws IOException {
        csv(filter(member.value(), question), response, locale);
    }

    @GetMapping("/api/operator/ledger")
    @Needs(Right.READ_TERRITORY)
    LedgerPage ofTerritory(
            Question question,
            @RequestParam(required = false) @Nullable UUID member,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit,
            Locale locale) {
        return page(filter(member, question), before, offset, limit, locale);
    }

    @GetMapping("/api/operator/ledger.csv")
    @Needs(Right.READ_TERRITORY)
    void csvOfTerritory(
            Question question,
            @RequestParam(required = false) @Nullable UUID member,
            HttpServletResponse response,
            Locale locale)
            throws IOException {
        csv(filter(member, question), response, locale);
    }

    @PostMapping("/api/operator/ledger/verify")
    @Needs(Right.READ_TERRITORY)
    Verified verify(Locale locale) {
        Verification result = verifier.verify();
        Object[] numbers = {
            result.sealed(), result.waiting(), result.anchors(), result.took().toMillis() / 1000.0, result.found()
        };
        return new Verified(
                result.intact(),
                result.sealed(),
                result.waiting(),
                result.anchors(),
                result.lastAnchorAt(),
                result.found(),
                result.findings().stream()
                        .map(finding -> new Finding(
                                finding.position(),
                                finding.code(),
                                messages.getMessage(
                                        "ledger.finding." + finding.code(),
                                        finding.args().toArray(),
                                        locale)))
                        .toList(),
                messages.getMessage(result.intact() ? "ledger.intact" : "ledger.not-intact", numbers, locale));
    }

    private LedgerPage page(LedgerFilter filter, @Nullable String before, int offset, int asked, Locale locale) {
        int limit = Page.size(asked);
        int skip = before == null ? Math.clamp(offset, 0, LedgerReader.MOST_COUNTED) : 0;
        List<LedgerLine> lines = reader.page(filter, cursor(before), skip, limit);
        int count = reader.count(filter);
        return new LedgerPage(
                words.entries(lines, locale),
                Math.min(count, LedgerReader.MOST_COUNTED),
                count > LedgerReader.MOST_COUNTED,
                offset,
                lines.size() < limit
                        ? null
                        : LedgerReader.Cursor.of(lines.getLast()).toString());
    }

    private void csv(LedgerFilter filter, HttpServletResponse response, Locale locale) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"ledger-" + LocalDate.now(clock) + ".csv\"");
        try (LedgerCsv csv = new LedgerCsv(response.getOutputStream(), clock.getZone())) {
            csv.write(words.csvHeader(locale));
            reader.stream(filter, lines -> words.entries(lines, locale).forEach(csv::write));
        }
    }

    private LedgerFilter filter(@Nullable UUID member, Question question) {
        return new LedgerFilter(
                member, instant(question.from(), 0), instant(question.to(), 1), question.act(), question.q());
    }

    /** A day of the territory or an instant; a last day counts as a whole. */
    private @Nullable Instant instant(@Nullable String text, int wholeDays) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            Instant at = text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text)
                            .plusDays(wholeDays)
                            .atStartOfDay(clock.getZone())
                            .toInstant();
            if (at.isBefore(Instant.EPOCH) || at.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) {
                throw Refusal.invalid("ledger.period", text);
            }
            return at;
        } catch (DateTimeException e) {
            throw Refusal.invalid("ledger.period", text);
        }
    }

    private static LedgerReader.@Nullable Cursor cursor(@Nullable String before) {
        try {
            return before == null ? null : LedgerReader.Cursor.parse(before);
        } catch (NumberFormatException e) {
            throw Refusal.invalid("ledger.cursor");
        }
    }
}
