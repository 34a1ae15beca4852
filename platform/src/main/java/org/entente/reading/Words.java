package org.entente.reading;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Texts and questions as words, in one way for both: no accents, no capitals, no signs, French endings cut (PostgreSQL's own dictionary of French), and without
 * those that every text has.
 */
@Component
class Words {

    /** The most that are kept of one text: a dictionary has as many. */
    static final int MOST = 50_000;

    /** Longer ones are codes and not words. */
    private static final int LONGEST = 60;

    /** What PostgreSQL takes at once: a tsvector holds a megabyte. */
    private static final int AT_ONCE = 200_000;

    private static final Pattern MARKS = Pattern.compile("[\\p{M}\\u00AD]+");
    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Of those that every text has, the ones PostgreSQL leaves in once their accents are gone. */
    private static final Set<String> EVERYWHERE = Set.of("les", "leurs", "cet", "cette", "meme", "memes");

    private final JdbcClient jdbc;

    Words(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Set<String> of(String text) {
        Set<String> all = new HashSet<>();
        StringBuilder some = new StringBuilder();
        for (String word : SIGNS.split(plain(text))) {
            if (word.isEmpty() || word.length() > LONGEST || EVERYWHERE.contains(word)) {
                continue;
            }
            some.append(word).append(' ');
            if (some.length() >= AT_ONCE) {
                all.addAll(stems(some.toString()));
                some.setLength(0);
            }
            if (all.size() >= MOST) {
                break;
            }
        }
        all.addAll(stems(some.toString()));
        return all.size() <= MOST ? all : all.stream().sorted().limit(MOST).collect(Collectors.toSet());
    }

    /** Letters that are two in one (PDF's ligatures among them) are taken apart. */
    static String plain(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        return MARKS.matcher(apart)
                .replaceAll("")
                .replace("œ", "oe")
                .replace("æ", "ae")
                .replace("ß", "ss");
    }

    private Set<String> stems(String words) {
        if (words.isBlank()) {
            return Set.of();
        }
        try (Stream<String> found = jdbc
                .sql("SELECT unnest(tsvector_to_array(to_tsvector('pg_catalog.french', ?)))")
                .param(words)
                .query(String.class)
                .stream()) {
            return found.collect(Collectors.toSet());
        }
    }
}
