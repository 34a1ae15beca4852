package org.entente.files;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names within an archive that any machine unpacks where it was told to: no way up or out, nothing Windows refuses, and no two that are one where
 * capitals do not count. One archive, one of these.
 */
final class ZipNames {

    private static final Pattern REFUSED = Pattern.compile("[\\p{Cntrl}<>:\"/\\\\|?*\\u2028\\u2029]|\\p{Cs}");

    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\\..*)?", Pattern.DOTALL);

    private final Map<List<String>, String> known = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** For one of those that were chosen; two of them may have come from two folders with one name. */
    String top(String name) {
        return free("", name);
    }

    /** @param path as people call it, from {@code top} downwards, folders before what is in them */
    String beneath(String top, List<String> path) {
        if (path.isEmpty()) {
            return top;
        }
        List<String> key = new ArrayList<>(path.size() + 1);
        key.add(top);
        key.addAll(path);
        String before = known.get(key);
        if (before != null) {
            return before;
        }
        String name = free(beneath(top, path.subList(0, path.size() - 1)) + "/", path.getLast());
        known.put(List.copyOf(key), name);
        return name;
    }

    private String free(String folder, String name) {
        String plain = plain(name);
        String tried = folder + plain;
        for (int number = 2; !taken.add(tried.toLowerCase(Locale.ROOT)); number++) {
            tried = folder + Names.numbered(plain, number);
        }
        return tried;
    }

    static String plain(String name) {
        String text =
                REFUSED.matcher(Normalizer.normalize(name, Normalizer.Form.NFC)).replaceAll("_");
        // Windows drops these, and ".." is nothing else.
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == ' ')) {
            end--;
        }
        text = text.substring(0, end) + "_".repeat(end < text.length() ? 1 : 0);
        return text.isEmpty() || DEVICE.matcher(text).matches() ? "_" + text : text;
    }
}
