package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.files.FilesTest.assertRefused;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people marked and used last, and what was done with files, told to those only who see them. */
class MarksTest extends FolderOfAnnes {

    @Autowired
    FileSharing sharing;

    @Autowired
    FileHistory history;

    @Autowired
    FileLinks links;

    @Autowired
    MarkBook marks;

    @Autowired
    Activity activity;

    @Autowired
    Forgetting forgetting;

    @Autowired
    JdbcClient jdbc;

    /** Of the same unit. */
    @Override
    Visitor luc() {
        return town.agent(givors, "Luc", roads);
    }

    private void share(NodeId node, Visitor with, SpaceRole role) {
        sharing.share(
                anne, node, new Grantee(Grantee.Kind.CAPACITY, with.capacity().value(), null), role, null);
    }

    private List<Act> done(Visitor visitor, NodeId node) {
        return activity.of(visitor, node, null, 50).stream()
                .map(Activity.Done::what)
                .toList();
    }

    @Test
    void aFavouriteIsOnesOwnInOneCapacityAndGoesOutOfSightWithTheRight() {
        Visitor elsewhere = town.also(anne, town.member("Corbas"));
        share(folder.id(), luc, SpaceRole.READ);
        marks.mark(anne, folder.id(), true);
        marks.mark(anne, folder.id(), true);
        marks.mark(luc, file.id(), true);

        assertThat(marks.all(anne)).extracting(FileNode::name).containsExactly("Dossier");
        assertThat(marks.all(luc)).extracting(FileNode::name).containsExactly("a.txt");
        assertThat(marks.all(elsewhere)).isEmpty();
        assertThat(marks.among(anne, List.of(folder.id(), file.id()))).isEqualTo(Set.of(folder.id()));
        assertRefused(() -> marks.mark(elsewhere, folder.id(), true), "file.unknown");

        sharing.end(
                anne, folder.id(), sharing.access(anne, folder.id()).getLast().share());
        assertThat(marks.all(luc)).isEmpty();
        files.trash(anne, List.of(folder.id()));
        assertThat(marks.all(anne)).isEmpty();
        history.takeBack(anne, folder.id());
        assertThat(marks.all(anne)).hasSize(1);
        marks.mark(anne, folder.id(), false);
        assertThat(marks.all(anne)).isEmpty();
        town.ends(anne);
        assertRefused(() -> marks.mark(anne, folder.id(), true), "file.unknown");
    }

    @Test
    void favouritesAreBounded() {
        jdbc.sql("""
                        WITH made AS (INSERT INTO files.node (space, parent, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                            SELECT :space, :folder, 'f' || i, true, now(), now(), now(), :me, 1, 1 FROM generate_series(1, 1000) i RETURNING id)
                        INSERT INTO files.favourite SELECT :me, id, now() FROM made""")
                .param("space", folder.space().value())
                .param("folder", folder.id().value())
                .param("me", anne.capacity().value())
                .update();

        assertRefused(() -> marks.mark(anne, file.id(), true), "file.favourite.many");
        assertThat(marks.all(anne)).hasSize(1000);
    }

    @Test
    void whatIsRecentIsWhatOneWroteOrOpenedLastAndStillSees() throws IOException {
        share(folder.id(), luc, SpaceRole.READ);
        FileNode later = town.write(anne, folder.id(), "b.txt", "b");
        assertThat(marks.recent(luc)).isEmpty();
        marks.opened(luc, file.id());
        marks.opened(anne, file.id());

        assertThat(marks.recent(anne))
                .extracting(one -> one.node().name() + " " + one.what())
                .containsExactly("a.txt opened", "b.txt put", "Dossier shared");
        assertThat(marks.recent(luc)).extracting(one -> one.node().id()).containsExactly(file.id());
        files.trash(anne, List.of(later.id()));
        assertThat(marks.recent(anne)).extracting(one -> one.node().name()).containsExactly("a.txt", "Dossier");
        sharing.end(
                anne, folder.id(), sharing.access(anne, folder.id()).getLast().share());
        assertThat(marks.recent(luc)).isEmpty();
        assertRefused(() -> marks.opened(luc, file.id()), "file.unknown");
    }

    @Test
    void onlyTheLastOpenedAreKept() {
        jdbc.sql("""
                        WITH made AS (INSERT INTO files.node (space, parent, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                            SELECT :space, :folder, 'f' || i, true, now(), now(), now(), :me, 1, 1 FROM generate_series(1, 250) i RETURNING id)
                        INSERT INTO files.opened SELECT :me, id, now() - interval '1 hour' FROM made""")
                .param("space", folder.space().value())
                .param("folder", folder.id().value())
                .param("me", anne.capacity().value())
                .update();

        marks.opened(anne, file.id());

        assertThat(jdbc.sql("SELECT count(*) FROM files.opened WHERE capacity = ?")
                        .param(anne.capacity().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(200);
        assertThat(marks.recent(anne).getFirst().node().id()).isEqualTo(file.id());
    }

    @Test
    void theWholeLifeOfAFileIsToldWithWhoDidIt() throws IOException {
        share(file.id(), luc, SpaceRole.EDIT);
        town.write(luc, folder.id(), "a.txt", "abcd");
        files.move(anne, file.id(), folder.id(), "b.txt", false);
        history.restore(
                anne, file.id(), history.versions(anne, file.id()).getFirst().id());
        files.trash(anne, List.of(file.id()));
        history.takeBack(anne, file.id());

        List<Activity.Done> told = activity.of(anne, file.id(), null, 50);

        assertThat(told)
                .extracting(Activity.Done::what)
                .containsExactly(
                        Act.TAKEN_BACK, Act.BINNED, Act.RESTORED, Act.RENAMED, Act.CHANGED, Act.SHARED, Act.PUT);
        assertThat(told.get(3)).satisfies(one -> {
            assertThat(one.former()).isEqualTo("a.txt");
            assertThat(one.name()).isEqualTo("b.txt");
        });
        assertThat(told.get(4).by().name()).isEqualTo("Luc Essai");
        assertThat(told.get(5).to())
                .isEqualTo(new Activity.To(Grantee.Kind.CAPACITY, "Luc Essai", "Chargée de mission, Givors"));
        assertThat(activity.of(anne, file.id(), told.get(4).id(), 1))
                .extracting(Activity.Done::what)
                .containsExactly(Act.SHARED);
    }

    @Test
    void aProgramThatSavesAgainAndAgainDoesOneAct() throws IOException {
        for (String text : List.of("1", "2", "3")) {
            town.write(anne, folder.id(), "a.txt", text);
        }
        assertThat(done(anne, file.id())).containsExactly(Act.PUT);
        jdbc.sql("UPDATE files.act SET at = at - interval '11 minutes' WHERE node = ?")
                .param(file.id().value())
                .update();
        town.write(anne, folder.id(), "a.txt", "4");
        town.write(anne, folder.id(), "a.txt", "5");
        assertThat(done(anne, file.id())).containsExactly(Act.CHANGED, Act.PUT);
    }

    @Test
    void theFolderThatWasLeftDoesNotTellTheNameItHasElsewhere() {
        files.move(anne, file.id(), town.home(anne), "Licenciement de Luc.txt", false);

        assertThat(activity.of(anne, folder.id(), null, 50))
                .extracting(Activity.Done::name)
                .containsExactly("a.txt", "a.txt", "Dossier");
        assertThat(activity.of(anne, file.id(), null, 50))
                .extracting(one -> one.what() + " " + one.name() + " " + one.former())
                .startsWith("RENAMED Licenciement de Luc.txt a.txt", "MOVED Licenciement de Luc.txt null");
    }

    @Test
    void aFolderTellsWhatWasDoneInItAndWhoLeftIt() throws IOException {
        files.move(anne, file.id(), town.home(anne), "a.txt", false);
        town.write(anne, folder.id(), "c.txt", "c");

        assertThat(activity.of(anne, folder.id(), null, 50))
                .extracting(one -> one.what() + " " + one.name() + " " + one.here())
                .containsExactly("PUT c.txt false", "LEFT a.txt false", "PUT a.txt false", "MADE Dossier true");
        assertThat(done(anne, file.id())).containsExactly(Act.MOVED, Act.PUT);
    }

    @Test
    void whatWasDoneElsewhereIsNotToldToWhoSeesNothingThere() throws IOException {
        NodeId common = town.space(luc, FileSpace.Kind.UNIT).root();
        FileNode secret = town.write(anne, folder.id(), "Licenciement de Luc.txt", "x");
        files.move(anne, secret.id(), folder.id(), "Note.txt", false);
        FileNode inner = files.makeFolder(anne, folder.id(), "Ouvert");
        share(inner.id(), luc, SpaceRole.READ);

        files.move(anne, secret.id(), inner.id(), "Note.txt", false);
        assertThat(done(luc, secret.id())).containsExactly(Act.MOVED);
        assertThat(done(anne, secret.id())).containsExactly(Act.MOVED, Act.RENAMED, Act.PUT);

        files.move(anne, secret.id(), common, "Note.txt", false);
        assertThat(done(luc, secret.id())).containsExactly(Act.MOVED);
        assertThat(activity.of(luc, inner.id(), null, 50))
                .extracting(Activity.Done::what)
                .startsWith(Act.LEFT, Act.MOVED);
        assertRefused(() -> activity.of(luc, folder.id(), null, 50), "file.unknown");
        assertRefused(() -> activity.of(town.also(anne, town.member("Corbas")), folder.id(), null, 50), "file.unknown");
    }

    @Test
    void linksAreKnownToThoseWhoManageOnly() {
        share(file.id(), luc, SpaceRole.EDIT);
        links.make(anne, file.id(), false, null, null, null, null);

        assertThat(done(luc, file.id())).containsExactly(Act.SHARED, Act.PUT);
        assertThat(done(anne, file.id())).startsWith(Act.LINKED);
    }

    @Test
    void theNightForgetsWhatIsOldAndTheMarksOfThoseWhoLeftLongAgo() {
        marks.mark(anne, file.id(), true);
        marks.opened(anne, file.id());
        marks.mark(luc, town.home(luc), true);
        for (String table : List.of("act", "opened")) {
            jdbc.sql("UPDATE files." + table + " SET at = at - interval '366 days' WHERE node = ?")
                    .param(file.id().value())
                    .update();
        }
        town.ends(luc);
        forgetting.forget();
        assertThat(activity.of(anne, file.id(), null, 50)).isEmpty();
        assertThat(activity.of(anne, folder.id(), null, 50)).isNotEmpty();
        assertThat(marks.recent(anne)).extracting(one -> one.node().id()).doesNotContain(file.id());
        assertThat(marksOf(luc)).as("a departure may be undone").isEqualTo(1);

        jdbc.sql(
                        "UPDATE directory.affiliation SET valid_from = now() - interval '900 days', valid_until = now() - interval '400 days' WHERE id = ?")
                .param(luc.capacity().value())
                .update();
        forgetting.forget();
        assertThat(marksOf(luc)).isZero();
        assertThat(marksOf(anne)).isEqualTo(1);
    }

    private int marksOf(Visitor visitor) {
        return jdbc.sql("SELECT count(*) FROM files.favourite WHERE capacity = ?")
                .param(visitor.capacity().value())
                .query(Integer.class)
                .single();
    }

    @Test
    void amongAHundredThousandNothingIsReadFromEndToEnd() {
        jdbc.sql("""
                        WITH made AS (INSERT INTO files.node (space, parent, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                            SELECT :space, :folder, 'f' || i, true, now(), now(), now(), :me, 1, 1 FROM generate_series(1, 100000) i RETURNING id)
                        INSERT INTO files.act (node, space, folder, what, name, by, at)
                        SELECT id, :space, :folder, 'put', 'f', CASE WHEN random() < 0.5 THEN :me ELSE :other END, now() FROM made""")
                .param("space", folder.space().value())
                .param("folder", folder.id().value())
                .param("me", anne.capacity().value())
                .param("other", luc.capacity().value())
                .update();
        for (String table : List.of("node", "act", "share", "favourite", "opened", "space")) {
            jdbc.sql("ANALYZE files." + table).update();
        }
        marks.mark(anne, file.id(), true);

        assertFlat(plan(MarkBook.RECENT));
        assertFlat(plan(MarkBook.ALL));
        assertFlat(plan(Activity.TOLD));
        assertThat(marks.recent(anne)).hasSize(50);
        assertThat(activity.of(anne, folder.id(), null, 50)).hasSize(50);
    }

    private static void assertFlat(String plan) {
        assertThat(plan)
                .doesNotContain("Seq Scan on node")
                .doesNotContain("Seq Scan on act")
                .doesNotContainPattern("on node \\w* *\\([^)]*rows=\\d{5,}");
    }

    private String plan(String sql) {
        return String.join(
                "\n",
                jdbc.sql("EXPLAIN " + sql)
                        .param("me", anne.capacity().value())
                        .param("keys", new String[] {"c:" + anne.capacity()})
                        .param("most", 200)
                        .param("shown", 50)
                        .param("node", folder.id().value())
                        .param("space", folder.space().value())
                        .param(
                                "parent",
                                folder.parent() == null
                                        ? UUID.randomUUID()
                                        : folder.parent().value())
                        .param("manage", true)
                        .param("after", null)
                        .param("limit", 50)
                        .query(String.class)
                        .list());
    }
}
