package org.entente.files;

import java.util.regex.Pattern;

/** What people write, as it is kept and shown to others: text and nothing else. */
final class PlainWords {

    /** Letters that no one sees and that turn the order of others, or that mean something to a program only. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069&&[^\\n\\t]]");

    private PlainWords() {}

    /** With its line breaks. */
    static String text(String said) {
        return UNSEEN.matcher(Names.nfc(said).replace("\r\n", "\n").replace('\r', '\n'))
                .replaceAll("")
                .strip();
    }

    /** On one line. */
    static String line(String said) {
        return text(said).replaceAll("\\s+", " ");
    }
}
