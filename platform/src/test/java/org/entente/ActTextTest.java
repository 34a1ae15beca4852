package org.entente;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every act that is written to the ledger has its sentence in both languages, and nothing is in one catalogue only. */
class ActTextTest {

    private static final Path MAIN = Path.of(System.getProperty("entente.home", ".."), "platform/src/main");

    /** How acts are spelled in the rooms; texts of the catalogue look the same and are left out below. */
    private static final Pattern ACT = Pattern.compile("\"([a-z]+(?:-[a-z]+)*\\.[a-z]+(?:[-_][a-z]+)*)\"");

    private static final Set<String> NOT_ACTS = Set.of("head.next", "r.since");

    @Test
    void everyActHasItsSentenceInBothLanguages() throws IOException {
        Set<String> french = catalogue("messages.properties");
        Set<String> english = catalogue("messages_en.properties");
        Set<String> speechless = new TreeSet<>();
        try (Stream<Path> files = Files.walk(MAIN.resolve("java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                if (source.contains("org.entente.audit") || source.contains("trace.")) {
                    ACT.matcher(source)
                            .results()
                            .map(found -> found.group(1))
                            .filter(code -> !french.contains("refusal." + code) && !french.contains(code))
                            .filter(code -> !NOT_ACTS.contains(code))
                            .filter(code -> !french.contains("act." + code) || !english.contains("act." + code))
                            .forEach(code -> speechless.add(code + " in " + file.getFileName()));
                }
            }
        }

        assertThat(speechless)
                .as("acts without act.<code> in messages*.properties")
                .isEmpty();
    }

    @Test
    void bothCataloguesHaveTheSameKeys() throws IOException {
        assertThat(catalogue("messages_en.properties")).isEqualTo(catalogue("messages.properties"));
    }

    @Test
    void aSentenceNamesItsPlacesInBothLanguages() throws IOException {
        Properties french = load("messages.properties");
        Properties english = load("messages_en.properties");
        Pattern place = Pattern.compile("\\{(\\d)");
        for (String key : french.stringPropertyNames()) {
            if (key.startsWith("act.") || key.startsWith("refusal.")) {
                List<Set<String>> places = Stream.of(french, english)
                        .map(texts -> place.matcher(texts.getProperty(key, "")))
                        .map(found -> (Set<String>) new TreeSet<>(
                                found.results().map(r -> r.group(1)).toList()))
                        .toList();
                assertThat(places.get(1)).as(key).isEqualTo(places.get(0));
            }
        }
    }

    private static Set<String> catalogue(String name) throws IOException {
        return new TreeSet<>(load(name).stringPropertyNames());
    }

    private static Properties load(String name) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(MAIN.resolve("resources").resolve(name))) {
            texts.load(reader);
        }
        return texts;
    }
}
