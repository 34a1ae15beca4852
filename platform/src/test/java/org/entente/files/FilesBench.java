package org.entente.files;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What each thing people do with files costs while the territory grows; see bench/README.md. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
class FilesBench {

    private static final int ROUNDS = 16;

    @Autowired
    Files files;

    @Autowired
    FilesTown town;

    @Autowired
    JdbcClient jdbc;

    interface Act {
        void run(int round) throws IOException;
    }

    @Test
    void growth() throws IOException {
        Visitor anne = town.agent(town.member("Givors"), "Anne", null);
        NodeId home = town.home(anne);
        int grown = 0;
        for (String size :
                System.getProperty("entente.bench.files", "10000,1000000").split(",")) {
            grow(anne, home, grown, Integer.parseInt(size));
            grown = Integer.parseInt(size);
            measure(anne, home, grown);
        }
    }

    /** A thousand files a folder, in the space of one person: all that they do is beside all of it. */
    private void grow(Visitor anne, NodeId home, int from, int to) throws IOException {
        FileNode sample = town.write(anne, home, "modele-" + from, "x");
        UUID content = jdbc.sql("SELECT content FROM files.node WHERE id = ?")
                .param(sample.id().value())
                .query(UUID.class)
                .single();
        jdbc.sql("""
                        INSERT INTO files.node (space, parent, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                        SELECT :space, :home, 'Dossier ' || f, true, now(), now(), now(), :by, 1, 1 FROM generate_series(:from / 1000, :to / 1000 - 1) f""")
                .param("space", sample.space().value())
                .param("home", home.value())
                .param("by", anne.capacity().value())
                .param("from", from)
                .param("to", to)
                .update();
        jdbc.sql("""
                        INSERT INTO files.node (space, parent, name, folder, content, size, sha256, media_type, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                        SELECT d.space, d.id, 'Délibération ' || d.name || ' numéro ' || i || '.pdf', false, :content, 1, sha256('x'), 'application/pdf', now(), now(), now(), :by, 1, 1
                        FROM files.node d CROSS JOIN generate_series(1, 1000) i
                        WHERE d.parent = :home AND d.folder AND d.name LIKE 'Dossier %' AND NOT EXISTS (SELECT FROM files.node x WHERE x.parent = d.id)""")
                .param("content", content)
                .param("home", home.value())
                .param("by", anne.capacity().value())
                .update();
        jdbc.sql("UPDATE files.space SET used = :to + 1000, quota = NULL WHERE id = :space")
                .param("to", to)
                .param("space", sample.space().value())
                .update();
        jdbc.sql("UPDATE files.allowance SET used = :to + 1000 WHERE member = :member")
                .param("to", to)
                .param("member", anne.member().value())
                .update();
        jdbc.sql("ANALYZE files.node").update();
    }

    private void measure(Visitor anne, NodeId home, int size) throws IOException {
        NodeId folder =
                files.find(anne, home, List.of("Dossier 3")).orElseThrow().id();
        FileNode side = files.makeFolder(anne, home, "À côté " + size);
        say(
                size,
                "find by path",
                time(n -> files.find(anne, home, List.of("Dossier 3", "Délibération Dossier 3 numéro 7.pdf"))));
        say(size, "page of 100", time(n -> files.children(anne, folder, null, 100)));
        say(size, "all 1000 of a folder", time(n -> files.eachChild(anne, folder, node -> {})));
        say(size, "small file written", time(n -> town.write(anne, folder, "neuf " + n + ".txt", "neuf " + n)));
        say(size, "small file read", time(n -> {
            try (var in =
                    files.read(files.find(anne, folder, List.of("neuf 1.txt")).orElseThrow(), 0, 100)) {
                in.readAllBytes();
            }
        }));
        say(
                size,
                "changes since a moment ago",
                time(n -> files.changes(
                        anne, home, files.space(anne, side.space()).changeNumber() - 3, true, 1000)));
        say(size, "search", time(n -> files.search(anne, "délib 77 " + n, null, null, 50)));
        say(
                size,
                "folder of 1000 moved",
                time(n -> files.move(anne, folder, n % 2 == 0 ? side.id() : home, "Dossier 3", false)));
        if (size >= 100_000) {
            NodeId common = town.space(anne, FileSpace.Kind.MINE).root();
            FileNode tree = files.makeFolder(anne, common, "Cent mille " + size);
            jdbc.sql(
                            "UPDATE files.node SET parent = ? WHERE parent = ? AND folder AND id IN (SELECT id FROM files.node WHERE parent = ? AND name LIKE 'Dossier %' ORDER BY name LIMIT 100)")
                    .params(tree.id().value(), home.value(), home.value())
                    .update();
            FileSpace other =
                    files.space(anne, sharing.open(anne, "Ailleurs " + size).id());
            say(
                    size,
                    "tree of 100,000 moved in its space",
                    timeOnce(() -> files.move(anne, tree.id(), side.id(), "Déplacé", false)));
            say(
                    size,
                    "tree of 100,000 moved to another space",
                    timeOnce(() -> files.move(anne, tree.id(), other.root(), "Déplacé", false)));
            say(size, "tree of 100,000 thrown away", timeOnce(() -> files.trash(anne, List.of(tree.id()))));
        }
    }

    @Autowired
    FileSharing sharing;

    private static double time(Act act) throws IOException {
        double[] taken = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            act.run(round);
            taken[round] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(taken);
        return taken[ROUNDS / 2];
    }

    private static double timeOnce(Runnable act) {
        long start = System.nanoTime();
        act.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static void say(int files, String what, double milliseconds) {
        System.out.printf(Locale.ROOT, "FILES %,10d  %-40s %10.2f ms%n", files, what, milliseconds);
    }
}
