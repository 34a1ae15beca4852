package org.entente.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether what people do with files costs the same among a thousand and among a million; see bench/README.md. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
class MillionFilesBench {

    private static final int ROUNDS = 25;
    private static final int OTHERS = 20;

    @Autowired
    Files files;

    @Autowired
    FileSharing sharing;

    @Autowired
    FileHistory history;

    @Autowired
    FileViews views;

    @Autowired
    FilesTown town;

    @Autowired
    JdbcClient jdbc;

    private final Map<String, Map<Integer, Double>> seen = new LinkedHashMap<>();
    private int size;

    interface Act {
        void run(int round) throws IOException;
    }

    @Test
    void growth() throws IOException {
        List<ManyFiles.Place> places = new ArrayList<>();
        for (int at = 0; at <= OTHERS; at++) {
            Visitor one = town.agent(town.member("Commune " + at), "Anne " + at, null);
            places.add(new ManyFiles.Place(one, files.makeFolder(one, town.home(one), "Archives")));
        }
        Visitor anne = places.getFirst().visitor();
        NodeId home = town.home(anne);
        Visitor lea = town.agent(anne.member(), "Léa", null);
        files.makeFolder(anne, home, "À côté");
        ManyFiles many = new ManyFiles(jdbc, places);
        int grown = 0;
        for (String one : System.getProperty("entente.bench.files", "1000,10000,100000,1000000")
                .split(",")) {
            size = Integer.parseInt(one);
            many.grow(grown / 1000, size / 1000);
            if (grown == 0) {
                // What has just started still compiles itself.
                measure(anne, lea, home, places.getFirst().folder().id());
            }
            grown = size;
            measure(anne, lea, home, places.getFirst().folder().id());
        }
        print();
    }

    private void measure(Visitor anne, Visitor lea, NodeId home, NodeId archives) throws IOException {
        NodeId folder =
                files.find(anne, archives, List.of("Dossier 0")).orElseThrow().id();
        NodeId side = files.find(anne, home, List.of("À côté")).orElseThrow().id();
        listings(anne, "folder of 1,000", folder);
        var large = files.find(anne, archives, List.of(ManyFiles.LARGE));
        if (large.isPresent()) {
            NodeId place = large.get().id();
            listings(anne, "folder of 50,000", place);
            double[] changes = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                long before = files.space(anne, large.get().space()).changeNumber();
                town.write(anne, place, "suivi.txt", size + " " + round);
                changes[round] = once(round, n -> files.changes(anne, home, before, true, 1000));
            }
            say("folder of 50,000: one change told", median(changes));
        }
        List<String> way = List.of(
                "Archives",
                "Dossier 0",
                files.children(anne, folder, null, 500).getLast().name());
        time("find by path", n -> files.find(anne, home, way));
        time(
                "trail of a file",
                n -> files.trail(anne, files.find(anne, home, way).orElseThrow().id()));
        time(
                "small file written",
                n -> town.write(anne, folder, "neuf " + size + " " + n + ".txt", "neuf " + n + size));
        time("small file written over", n -> town.write(anne, folder, "neuf " + size + " 1.txt", "neuf " + n + size));
        time("changes since a moment ago", n -> {
            long now = files.space(anne, files.node(anne, folder).space()).changeNumber();
            files.changes(anne, home, now - 3, true, 1000);
        });
        search(anne);
        time("what was shared with one", n -> files.sharedWith(lea));
        time("spaces of one", n -> files.spaces(lea));

        // With all of Anne's beneath it: half of everything.
        String[] names = {"Archives", "Archives anciennes"};
        time("folder of half of all renamed", n -> files.move(anne, archives, home, names[(n + 1) % 2], false));
        files.move(anne, archives, home, "Archives", true);
        time(
                "folder of half of all moved",
                n -> files.move(anne, archives, n % 2 == 0 ? side : home, "Archives", false));
        files.move(anne, archives, home, "Archives", true);
        Grantee toLea = new Grantee(Grantee.Kind.CAPACITY, lea.capacity().value(), null);
        time("folder of half of all shared", n -> sharing.share(anne, archives, toLea, SpaceRole.READ, null));
        time("found by path in what was shared", n -> files.find(lea, archives, way.subList(1, way.size())));
        time("search in what was shared", n -> files.search(lea, "facture ecoles " + (2000 + n), null, null, 50));
        List<FileNode> written = files.children(anne, folder, null, 2000).stream()
                .filter(node -> node.name().startsWith("neuf " + size))
                .toList();
        time(
                "file thrown away",
                n -> files.trash(anne, List.of(written.get(n % written.size()).id())),
                written.size());
        time("bin listed", n -> history.bin(anne, written.getFirst().space(), null, 50));
        double[] away = new double[8];
        double[] back = new double[away.length];
        for (int round = 0; round < away.length; round++) {
            away[round] = once(0, n -> files.trash(anne, List.of(archives)));
            back[round] = once(0, n -> history.takeBack(anne, archives));
        }
        say("folder of half of all thrown away", median(away));
        say("folder of half of all taken back", median(back));
    }

    private void listings(Visitor anne, String what, NodeId folder) throws IOException {
        time(what + ": first page of 100", n -> files.children(anne, folder, null, 100));
        FileNode half = files.children(anne, folder, null, 500).getLast();
        time(what + ": a page further down", n -> files.children(anne, folder, half, 100));
        time(what + ": page as the browser shows it", n -> views.of(anne, files.children(anne, folder, null, 100)));
        time(what + ": all (PROPFIND)", n -> files.eachChild(anne, folder, node -> {}));
    }

    private void search(Visitor anne) throws IOException {
        time("search: one file by its number", n -> files.search(anne, "2003-" + 3, null, null, 50));
        time("search: rare words", n -> files.search(anne, "facture ecoles " + (2000 + n), null, null, 50));
        time("search: a word of every tenth name", n -> files.search(anne, "deliberation", null, null, 50));
        time("search: no such word", n -> files.search(anne, "xylophone", null, null, 50));
    }

    private void time(String what, Act act) throws IOException {
        time(what, act, ROUNDS);
    }

    private void time(String what, Act act, int rounds) throws IOException {
        double[] taken = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            taken[round] = once(round, act);
        }
        say(what, median(taken));
    }

    private static double once(int round, Act act) throws IOException {
        long start = System.nanoTime();
        act.run(round);
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] taken) {
        Arrays.sort(taken);
        return taken[taken.length / 2];
    }

    private void say(String what, double milliseconds) {
        seen.computeIfAbsent(what, key -> new LinkedHashMap<>()).put(size, milliseconds);
        System.out.printf(Locale.ROOT, "FILES %,10d  %-45s %10.2f ms%n", size, what, milliseconds);
    }

    private void print() {
        List<Integer> sizes = seen.values().stream()
                .flatMap(row -> row.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        StringBuilder table = new StringBuilder("\n| milliseconds |");
        sizes.forEach(one -> table.append(String.format(Locale.ROOT, " %,d |", one)));
        table.append(" last to first |\n|---|")
                .append("---|".repeat(sizes.size() + 1))
                .append('\n');
        seen.forEach((what, row) -> {
            table.append("| ").append(what).append(" |");
            sizes.forEach(one ->
                    table.append(row.containsKey(one) ? String.format(Locale.ROOT, " %.2f |", row.get(one)) : " |"));
            List<Double> told = List.copyOf(row.values());
            table.append(String.format(Locale.ROOT, " %.1f |%n", told.getLast() / told.getFirst()));
        });
        System.out.println(table);
    }
}
