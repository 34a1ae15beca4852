package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.files.FilesTest.assertRefused;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.entente.base.Refusal;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

/** What changed beneath a folder since somebody last asked: all of it, at the price of what changed. */
class ChangesTest extends HomeOfAnne {

    @Autowired
    FileHistory history;

    @Autowired
    TransactionOperations transaction;

    @Test
    void whatChangedSinceANumberIsTold() throws IOException {
        FileNode kept = files.makeFolder(anne, home, "Gardé");
        FileNode old = files.makeFolder(anne, home, "Ancien");
        town.write(anne, old.id(), "a.txt", "a");
        FileNode doomed = town.write(anne, kept.id(), "b.txt", "b");
        long then = files.changes(anne, home, 0, true, 100).number();
        assertThat(files.changes(anne, home, then, true, 100).changed()).isEmpty();

        files.move(anne, old.id(), kept.id(), "Neuf", false);
        files.trash(anne, List.of(doomed.id()));
        Changes changes = files.changes(anne, home, then, true, 100);

        assertThat(changes.changed())
                .extracting(Changes.At::path)
                .containsExactlyInAnyOrder(List.of("Gardé", "Neuf"), List.of("Gardé", "Neuf", "a.txt"));
        assertThat(changes.gone()).containsExactlyInAnyOrder(List.of("Ancien"), List.of("Gardé", "b.txt"));
        assertThat(files.changes(anne, home, changes.number(), true, 100).changed())
                .isEmpty();
        assertRefused(() -> files.changes(anne, home, changes.number() + 1, true, 100), "file.forgotten");
    }

    @Test
    void changesComeByPagesAndNoneIsLostBetweenThem() throws IOException {
        for (int i = 0; i < 25; i++) {
            town.write(anne, home, i + ".txt", "" + i);
        }
        Set<List<String>> seen = new HashSet<>();
        Changes page = files.changes(anne, home, 0, false, 10);
        int pages = 1;
        page.changed().forEach(at -> seen.add(at.path()));
        while (page.more()) {
            page = files.changes(anne, home, page.number(), false, 10);
            page.changed().forEach(at -> seen.add(at.path()));
            pages++;
        }

        assertThat(seen).hasSize(25);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void ofALargeFolderOnlyWhatChangedIsRead() throws IOException {
        FileNode large = files.makeFolder(anne, home, "Grand");
        FileNode beside = files.makeFolder(anne, home, "À côté");
        FileNode among = files.makeFolder(anne, large.id(), "Dossier");
        town.write(anne, among.id(), "b.txt", "b");
        FileNode doomed = town.write(anne, large.id(), "c.txt", "c");
        fill(large, 3000);
        // A folder is found too early for as long as its number may be that of one written since.
        pass(2000);
        town.write(anne, beside.id(), "d.txt", "d");
        long then = files.space(anne, large.space()).changeNumber();

        town.write(anne, large.id(), "a.txt", "a");
        town.write(anne, among.id(), "b.txt", "b encore");
        files.trash(anne, List.of(doomed.id()));

        for (boolean known : new boolean[] {true, false}) {
            jdbc.sql(known ? "ANALYZE files.node" : "DELETE FROM pg_statistic WHERE starelid = 'files.node'::regclass")
                    .update();
            long since = then;
            long read = read(() -> {
                Changes changes = files.changes(anne, home, since, true, 100);
                assertThat(changes.changed())
                        .extracting(Changes.At::path)
                        .containsExactly(List.of("Grand", "a.txt"), List.of("Grand", "Dossier", "b.txt"));
                assertThat(changes.gone()).containsExactly(List.of("Grand", "c.txt"));
            });
            assertThat(read).as("rows, statistics known: " + known).isLessThan(60);
        }
    }

    /** Files and folders, as they are after years: written to the table. */
    private void fill(FileNode folder, int many) {
        jdbc.sql("""
                        INSERT INTO files.node (space, parent, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                        SELECT space, id, 'Dossier ' || i, true, now(), now(), now(), changed_by, seq, seq FROM files.node, generate_series(1, ?) i WHERE id = ?""").params(many / 2, folder.id().value()).update();
        jdbc.sql("""
                        INSERT INTO files.node (space, parent, name, folder, content, sha256, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                        SELECT space, id, 'Fichier ' || i, false, uuidv7(), sha256('x'), now(), now(), now(), changed_by, seq, seq FROM files.node, generate_series(1, ?) i
                        WHERE id = ?""").params(many / 2, folder.id().value()).update();
    }

    private void pass(int numbers) {
        jdbc.sql("UPDATE files.space SET seq = seq + ? WHERE root = ?")
                .params(numbers, home.value())
                .update();
    }

    /** How many rows of files are read meanwhile, as the database counts them. */
    private long read(Runnable asking) {
        return transaction.execute(status -> {
            long before = rows();
            asking.run();
            return rows() - before;
        });
    }

    private long rows() {
        return jdbc.sql(
                        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relid = 'files.node'::regclass")
                .query(Long.class)
                .single();
    }

    @Test
    void whoeverAppliesTheChangesHasWhatIsThere() throws IOException {
        Random random = new Random(6578);
        Visitor luc = town.agent(givors, "Luc", null);
        FileNode shared = files.makeFolder(anne, home, "Commun");
        town.share(shared.id(), "c:" + luc.capacity(), SpaceRole.READ);
        Follower ofAll = new Follower(anne, home);
        Follower ofShared = new Follower(luc, shared.id());
        List<NodeId> folders = new ArrayList<>(List.of(home, shared.id()));
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            if (i % 50 == 0) {
                pass(1000);
            }
            try {
                change(random, folders, nodes);
            } catch (Refusal expected) {
                // what lies in the bin, is taken, or holds where it goes
                continue;
            }
            if (random.nextInt(4) == 0) {
                ofAll.follow(1 + random.nextInt(20));
            }
            if (random.nextInt(9) == 0) {
                ofShared.follow(1 + random.nextInt(20));
            }
        }
        ofAll.follow(1000);
        ofShared.follow(1000);
        assertThat(ofAll.known.size()).as("something is there").isGreaterThan(20);

        jdbc.sql("DELETE FROM files.share WHERE node = ? AND to_key = ?")
                .params(shared.id().value(), "c:" + luc.capacity())
                .update();
        assertRefused(() -> ofShared.follow(1000), "file.unknown");
    }

    private void change(Random random, List<NodeId> folders, List<NodeId> nodes) throws IOException {
        NodeId folder = any(random, folders);
        String name = "n" + random.nextInt(12);
        switch (nodes.size() < 8 ? random.nextInt(3) : random.nextInt(8)) {
            case 0 -> {
                FileNode made = files.makeFolder(anne, folder, name);
                folders.add(made.id());
                nodes.add(made.id());
            }
            case 1, 2 ->
                nodes.add(town.write(anne, folder, name, "x" + random.nextInt()).id());
            case 3, 4 -> files.move(anne, any(random, nodes), folder, name, random.nextBoolean());
            case 5 ->
                nodes.add(files.copy(anne, any(random, nodes), folder, name, random.nextBoolean(), true)
                        .id());
            case 6 -> files.trash(anne, List.of(any(random, nodes)));
            default -> history.takeBack(anne, any(random, nodes));
        }
    }

    private static NodeId any(Random random, List<NodeId> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Keeps what is beneath a folder as a sync client does: by what changed only. */
    private class Follower {

        private final Visitor visitor;
        private final NodeId folder;
        private final Map<List<String>, String> known = new HashMap<>();
        private long number;

        Follower(Visitor visitor, NodeId folder) {
            this.visitor = visitor;
            this.folder = folder;
        }

        void follow(int page) {
            Changes changes;
            do {
                changes = files.changes(visitor, folder, number, true, page);
                changes.gone().forEach(this::drop);
                for (Changes.At at : changes.changed()) {
                    String is = is(at.node());
                    if (!is.equals(known.get(at.path()))) {
                        drop(at.path()); // another folder has its name: what was in the former one went with it
                        known.put(at.path(), is);
                    }
                }
                number = changes.number();
            } while (changes.more());
            Map<List<String>, String> there = new HashMap<>();
            files.eachBeneath(visitor, folder, 10_000, at -> there.put(at.path(), is(at.node())));
            assertThat(known).isEqualTo(there);
        }

        private void drop(List<String> gone) {
            known.keySet()
                    .removeIf(path -> path.size() >= gone.size()
                            && path.subList(0, gone.size()).equals(gone));
        }

        private String is(FileNode node) {
            return node.folder() ? "folder " + node.id() : "file " + node.etag();
        }
    }
}
