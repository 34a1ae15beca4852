package org.entente.directory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Reads the list when it is asked for and lets it go when memory is short: it is needed a few times in a territory's life. */
@Component
class NationalList implements Authorities {

    private record Named(Authority authority, String plain) {}

    private volatile SoftReference<List<Named>> kept = new SoftReference<>(null);

    @Override
    public Optional<Authority> bySiren(Siren siren) {
        return stream().filter(a -> siren.value().equals(a.siren())).findFirst();
    }

    @Override
    public List<Authority> communesOf(Siren grouping) {
        return stream().filter(a -> grouping.value().equals(a.parent())).toList();
    }

    @Override
    public List<Authority> search(String q, int most) {
        String digits = q.replaceAll("\\s", "");
        List<String> words = List.of(plain(q).strip().split(" +"));
        if (digits.isEmpty()) {
            return List.of();
        }
        return all().stream()
                .filter(n -> digits.equals(n.authority.siren())
                        || digits.equalsIgnoreCase(n.authority.insee())
                        || words.stream().allMatch(w -> n.plain.contains(" " + w)))
                .map(Named::authority)
                .sorted(Comparator.comparing((Authority a) -> a.population() == null ? 0 : a.population())
                        .reversed())
                .limit(most)
                .toList();
    }

    private Stream<Authority> stream() {
        return all().stream().map(Named::authority);
    }

    private List<Named> all() {
        List<Named> known = kept.get();
        if (known == null) {
            known = read();
            kept = new SoftReference<>(known);
        }
        return known;
    }

    private static List<Named> read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new ClassPathResource("national/authorities.csv.gz").getInputStream()),
                StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(NationalList::authority).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The national list inside the platform cannot be read", e);
        }
    }

    private static Named authority(String line) {
        String[] cells = line.split(";", -1);
        String population = text(cells[4]);
        return new Named(
                new Authority(
                        MemberKind.of(cells[0]),
                        text(cells[1]),
                        text(cells[2]),
                        cells[3],
                        population == null ? null : Integer.valueOf(population),
                        text(cells[5]),
                        text(cells[6])),
                " " + plain(cells[3]));
    }

    private static @Nullable String text(String cell) {
        return cell.isEmpty() ? null : cell;
    }

    private static String plain(String name) {
        return Normalizer.normalize(name.replace("œ", "oe").replace("Œ", "oe"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", " ");
    }
}
