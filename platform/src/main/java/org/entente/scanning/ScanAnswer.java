package org.entente.scanning;

/**
 * What clamd answered to a stream.
 *
 * @param detail the name of the virus, or why it came to no end; else empty
 */
record ScanAnswer(Outcome outcome, String detail) {

    enum Outcome {
        CLEAN,
        FOUND,
        LARGE,
        FAILED
    }

    private static final String ABOUT = "stream: ";
    private static final String FOUND = " FOUND";
    private static final String ERROR = " ERROR";

    /** By these names it says that something has more bytes, files or depth than it looks at, where its AlertExceedsMax is on. */
    private static final String LIMITS = "Heuristics.Limits.Exceeded";

    /** @throws Clamd.Away when it is nothing that clamd says */
    static ScanAnswer of(String said) throws Clamd.Away {
        String answer = said.strip();
        if (answer.equals(ABOUT + "OK")) {
            return new ScanAnswer(Outcome.CLEAN, "");
        }
        if (answer.startsWith("INSTREAM size limit exceeded")) {
            return new ScanAnswer(Outcome.LARGE, "");
        }
        if (answer.startsWith(ABOUT) && answer.endsWith(FOUND) && answer.length() > ABOUT.length() + FOUND.length()) {
            String virus = Signs.clean(answer.substring(ABOUT.length(), answer.length() - FOUND.length()));
            return virus.startsWith(LIMITS)
                    ? new ScanAnswer(Outcome.LARGE, "")
                    : new ScanAnswer(Outcome.FOUND, virus.isEmpty() ? "?" : virus);
        }
        if (answer.endsWith(ERROR)) {
            return new ScanAnswer(Outcome.FAILED, Signs.clean(answer));
        }
        throw new Clamd.Away("it says what no clamd says: " + Signs.clean(answer), true);
    }
}
