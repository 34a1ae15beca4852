package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.files.FilesTest.assertRefused;

import java.io.IOException;
import java.util.List;
import org.entente.directory.UnitId;
import org.junit.jupiter.api.Test;

/** Trees that are moved, copied or thrown away. */
class TreesTest extends HomeOfAnne {

    @Test
    void movingATreeKeepsItAndTellsBothFolders() throws IOException {
        FileNode from = files.makeFolder(anne, home, "Ancien");
        FileNode to = files.makeFolder(anne, home, "Nouveau");
        FileNode tree = files.makeFolder(anne, from.id(), "Dossier");
        FileNode leaf = town.write(anne, tree.id(), "a.txt", "abc");

        FileNode moved = files.move(anne, tree.id(), to.id(), "Dossier 2", false);

        assertThat(moved.id()).isEqualTo(tree.id());
        assertThat(files.find(anne, home, List.of("Nouveau", "Dossier 2", "a.txt")))
                .map(FileNode::id)
                .contains(leaf.id());
        assertThat(files.find(anne, home, List.of("Ancien", "Dossier"))).isEmpty();
        assertThat(files.node(anne, from.id()).size()).isZero();
        assertThat(files.node(anne, to.id()).size()).isEqualTo(3);
        assertThat(files.node(anne, from.id()).etag()).isNotEqualTo(from.etag());
        assertThat(files.node(anne, to.id()).etag()).isNotEqualTo(to.etag());
        assertThat(files.node(anne, leaf.id()).etag()).isEqualTo(leaf.etag());
    }

    @Test
    void nothingMovesIntoItselfOrOverWhatHoldsIt() {
        FileNode a = files.makeFolder(anne, home, "a");
        FileNode b = files.makeFolder(anne, a.id(), "b");
        FileNode c = files.makeFolder(anne, b.id(), "c");

        assertRefused(() -> files.move(anne, a.id(), c.id(), "a", false), "file.into-itself");
        assertRefused(() -> files.move(anne, a.id(), a.id(), "a", false), "file.into-itself");
        assertRefused(() -> files.copy(anne, a.id(), c.id(), "a", false, true), "file.into-itself");
        assertRefused(() -> files.move(anne, c.id(), home, "a", true), "file.into-itself");
        assertRefused(() -> files.move(anne, home, a.id(), "x", true), "file.is-root");
        assertThat(files.move(anne, c.id(), b.id(), "c", true).name()).isEqualTo("c");
    }

    @Test
    void aCopyIsATreeOfItsOwnAndCounts() throws IOException {
        FileNode tree = files.makeFolder(anne, home, "Dossier");
        FileNode deep = files.makeFolder(anne, tree.id(), "Sous-dossier");
        town.write(anne, deep.id(), "a.txt", "abc");

        FileNode copy = files.copy(anne, tree.id(), home, "Copie", false, true);
        FileNode flat = files.copy(anne, tree.id(), home, "Vide", false, false);

        FileNode copied =
                files.find(anne, copy.id(), List.of("Sous-dossier", "a.txt")).orElseThrow();
        town.write(anne, deep.id(), "a.txt", "autre chose");
        assertThat(town.read(anne, copied)).isEqualTo("abc");
        assertThat(copy.size()).isEqualTo(3);
        assertThat(flat.size()).isZero();
        assertThat(town.names(anne, flat.id())).isEmpty();
        assertThat(town.space(anne, FileSpace.Kind.MINE).used()).isEqualTo(3 + 3 + 11);
    }

    @Test
    void whatGoesToAnotherMemberIsKeptWithThatMembersKeys() throws IOException {
        Visitor theirs = town.agent(town.member("Corbas"), "Zoé", null);
        NodeId place = town.home(theirs);
        town.share(place, "c:" + anne.capacity(), SpaceRole.EDIT);
        FileNode tree = files.makeFolder(anne, home, "Dossier");
        town.write(anne, tree.id(), "a.txt", "abc");

        FileNode moved = files.move(anne, tree.id(), place, "Reçu", false);

        assertThat(files.find(anne, home, List.of("Dossier"))).isEmpty();
        FileNode file = files.find(theirs, moved.id(), List.of("a.txt")).orElseThrow();
        assertThat(town.read(theirs, file)).isEqualTo("abc");
        assertThat(town.space(theirs, FileSpace.Kind.MINE).used()).isEqualTo(3);
    }

    @Test
    void whatMovesToAnotherSpaceOfTheMemberCountsThereOnly() throws IOException {
        UnitId unit = town.unit(givors, "Voirie", null);
        Visitor luc = town.agent(givors, "Luc", unit);
        NodeId common = town.space(luc, FileSpace.Kind.UNIT).root();
        FileNode tree = files.makeFolder(luc, town.home(luc), "Dossier");
        town.write(luc, tree.id(), "a.txt", "abc");
        town.write(luc, tree.id(), "a.txt", "abcd");

        files.move(luc, tree.id(), common, "Dossier", false);

        assertThat(town.space(luc, FileSpace.Kind.MINE).used()).isZero();
        assertThat(town.space(luc, FileSpace.Kind.UNIT).used()).isEqualTo(7);
        Visitor eve = town.agent(givors, "Ève", unit);
        assertThat(town.read(
                        eve,
                        files.find(eve, common, List.of("Dossier", "a.txt")).orElseThrow()))
                .isEqualTo("abcd");
        assertThat(files.changes(eve, common, 0, true, 100).changed()).hasSize(2);
    }

    @Test
    void whatIsThrownAwayIsGoneWithAllBeneathItAndItsNameIsFree() throws IOException {
        FileNode tree = files.makeFolder(anne, home, "Dossier");
        FileNode leaf = town.write(anne, tree.id(), "a.txt", "abc");

        files.trash(anne, List.of(tree.id(), leaf.id()));

        assertRefused(() -> files.node(anne, tree.id()), "file.unknown");
        assertRefused(() -> files.node(anne, leaf.id()), "file.unknown");
        assertRefused(() -> files.read(anne, leaf.id(), 0, 1), "file.unknown");
        assertThat(town.names(anne, home)).isEmpty();
        assertThat(files.node(anne, home).size()).isZero();
        assertThat(files.makeFolder(anne, home, "Dossier").id()).isNotEqualTo(tree.id());
    }
}
