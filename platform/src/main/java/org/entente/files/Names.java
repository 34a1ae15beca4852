package org.entente.files;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;
import org.entente.base.Refusal;

/** What files and folders may be called, so that every computer that fetches them can keep them. */
final class Names {

    static final int MOST_BYTES = 255;

    /** With its dot; what is longer after the last dot is part of the name. */
    private static final int LONGEST_ENDING = 10;

    private static final Pattern FORBIDDEN = Pattern.compile("[/\\\\\\p{Cntrl}]");

    /** They turn the order of letters around them: {@code fdp.exe} that reads as {@code exe.pdf}. */
    private static final Pattern MISLEADING = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

    private Names() {}

    /** The name as it is kept. */
    static String checked(String asked) {
        String name = nfc(asked);
        if (name.isBlank() || name.equals(".") || name.equals("..")) {
            throw Refusal.invalidField("name", "file.name.empty");
        }
        if (FORBIDDEN.matcher(name).find() || MISLEADING.matcher(name).find() || !wellFormed(name)) {
            throw Refusal.invalidField("name", "file.name.letters");
        }
        if (bytes(name) > MOST_BYTES) {
            throw Refusal.invalidField("name", "file.name.long", MOST_BYTES);
        }
        return name;
    }

    static boolean fits(String name) {
        try {
            checked(name);
            return true;
        } catch (Refusal refused) {
            return false;
        }
    }

    static String nfc(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    static String[] nfc(List<String> path) {
        return path.stream().map(Names::nfc).toArray(String[]::new);
    }

    /** {@code rapport.pdf} becomes {@code rapport (2).pdf}; shortened where it would become too long. */
    static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= LONGEST_ENDING ? name.substring(dot) : "";
        String stem = name.substring(0, name.length() - ending.length());
        String tail = " (" + number + ")" + ending;
        int room = MOST_BYTES - bytes(tail);
        while (bytes(stem) > room) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + tail;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean wellFormed(String name) {
        return name.indexOf('\uFFFE') < 0
                && name.indexOf('\uFFFF') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }
}
