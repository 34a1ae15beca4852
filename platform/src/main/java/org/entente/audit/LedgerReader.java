package org.entente.audit;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the ledger for those who may, newest first. Whoever calls has checked the right and put the member into the filter. */
public interface LedgerReader {

    /** Counting stops here: "more than 10,000" says enough, and costs the same whatever the ledger's size. */
    int MOST_COUNTED = 10_000;

    /**
     * One page.
     *
     * @param after the line read last, to go on from it; null for the newest
     * @param skip how many further lines to leave out, at most {@link #MOST_COUNTED}
     */
    List<LedgerLine> page(LedgerFilter filter, @Nullable Cursor after, int skip, int limit);

    /** How many lines the filter finds, at most {@link #MOST_COUNTED} + 1. */
    int count(LedgerFilter filter);

    /** Every line, in chunks and in constant memory. */
    void stream(LedgerFilter filter, Consumer<List<LedgerLine>> chunk);

    /** The place of a line in the reading order: its time, then its id. */
    record Cursor(long micros, long id) {

        public static Cursor of(LedgerLine line) {
            return new Cursor(Chain.micros(line.at()), line.id());
        }

        public static Cursor parse(String text) {
            int dash = text.indexOf('-');
            if (dash < 0) {
                throw new NumberFormatException(text);
            }
            return new Cursor(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
        }

        @Override
        public String toString() {
            return micros + "-" + id;
        }
    }
}
