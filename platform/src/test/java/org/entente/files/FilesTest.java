package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.entente.base.Refusal;
import org.entente.directory.UnitId;
import org.junit.jupiter.api.Test;

/** What visitors see of files and folders, and what becomes of a file that is written, on a real database and a real object store. */
class FilesTest extends HomeOfAnne {

    @Test
    void whatIsWrittenReadsBackWithItsHashAndItsSize() throws IOException {
        FileNode written = town.write(anne, home, "Compte rendu.txt", "Bonjour");

        assertThat(town.read(anne, written)).isEqualTo("Bonjour");
        assertThat(written.size()).isEqualTo(7);
        assertThat(written.mediaType()).isEqualTo("text/plain");
        assertThat(written.sha256()).isEqualTo("9172e8eec99f144f72eca9a568759580edadb2cfd154857f07e657569493bc44");
        assertThat(files.node(anne, home).size()).isEqualTo(7);
    }

    @Test
    void aPersonFindsTheirOwnSpaceThatOfTheirUnitAndThatOfTheirMember() {
        UnitId unit = town.unit(givors, "Voirie", null);
        Visitor luc = town.agent(givors, "Luc", unit);

        assertThat(files.spaces(luc))
                .extracting(FileSpace::kind, FileSpace::role)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(FileSpace.Kind.MINE, SpaceRole.MANAGE),
                        org.assertj.core.groups.Tuple.tuple(FileSpace.Kind.UNIT, SpaceRole.EDIT),
                        org.assertj.core.groups.Tuple.tuple(FileSpace.Kind.MEMBER, SpaceRole.READ));
        assertThat(files.spaces(luc)).hasSize(3);
    }

    @Test
    void aPartnerFindsTheirOwnSpaceOnly() {
        assertThat(files.spaces(town.partner(givors, "Paul")))
                .extracting(FileSpace::kind)
                .containsExactly(FileSpace.Kind.MINE);
    }

    @Test
    void whoHasNoRightToFilesFindsNothing() {
        Visitor stranger = new Visitor(
                anne.person(),
                new org.entente.directory.AffiliationId(java.util.UUID.randomUUID()),
                givors,
                "?",
                null,
                java.util.Set.of());

        assertThat(files.spaces(stranger)).isEmpty();
        assertRefused(() -> files.node(stranger, home), "file.unknown");
    }

    @Test
    void anotherCapacityOfTheSamePersonSeesNothingOfThisOne() throws IOException {
        Visitor elsewhere = town.also(anne, town.member("Corbas"));
        FileNode secret = town.write(anne, home, "a.txt", "a");

        assertRefused(() -> files.node(elsewhere, secret.id()), "file.unknown");
        assertRefused(() -> files.read(elsewhere, secret.id(), 0, 1), "file.unknown");
        assertRefused(() -> town.write(elsewhere, home, "b.txt", "b"), "file.unknown");
        assertRefused(() -> files.write(elsewhere, home, "a.txt", FilesTown.bytes("x"), Writing.PLAIN), "file.unknown");
        assertRefused(() -> files.move(elsewhere, secret.id(), town.home(elsewhere), "a.txt", false), "file.unknown");
        assertRefused(
                () -> files.copy(elsewhere, secret.id(), town.home(elsewhere), "a.txt", false, true), "file.unknown");
        assertRefused(() -> files.trash(elsewhere, List.of(secret.id())), "file.unknown");
        assertThat(files.find(elsewhere, home, List.of("a.txt"))).isEmpty();
        assertRefused(() -> files.changes(elsewhere, home, 0, true, 10), "file.unknown");
    }

    @Test
    void aCapacityThatIsOverOpensNothingAtTheNextCall() throws IOException {
        FileNode file = town.write(anne, home, "a.txt", "a");

        town.ends(anne);

        assertRefused(() -> files.node(anne, file.id()), "file.unknown");
        assertThat(files.spaces(anne)).isEmpty();
    }

    @Test
    void aFolderIsFoundByItsPathWhicheverWayItsAccentsAreWritten() {
        FileNode folder = files.makeFolder(anne, home, "De\u0301libe\u0301rations");
        files.makeFolder(anne, folder.id(), "2026");

        assertThat(files.find(anne, home, List.of("D\u00e9lib\u00e9rations", "2026")))
                .isPresent();
        assertThat(files.find(anne, home, List.of("D\u00e9libe\u0301rations", "2026")))
                .isPresent();
        assertThat(files.find(anne, home, List.of("d\u00e9lib\u00e9rations"))).isEmpty();
        assertRefused(() -> files.makeFolder(anne, home, "D\u00e9lib\u00e9rations"), "file.exists");
    }

    @Test
    void namesThatNoComputerCouldKeepAreRefused() {
        for (String name : List.of(
                "", " ", ".", "..", "a/b", "a\\b", "a\0b", "a\nb", "fdp.\u202Eexe", "\uD800", "é".repeat(128))) {
            assertThatThrownBy(() -> files.makeFolder(anne, home, name))
                    .as(name)
                    .isInstanceOfSatisfying(
                            Refusal.class, r -> assertThat(r.code()).startsWith("file.name"));
        }
        assertThat(files.makeFolder(anne, home, "é".repeat(127)).name()).hasSize(127);
        assertThat(files.makeFolder(anne, home, "a;b%2F&<c>.txt").name()).isEqualTo("a;b%2F&<c>.txt");
    }

    @Test
    void whatIsWrittenAgainBecomesTheContentAndTheFormerOneStays() throws IOException {
        FileNode first = town.write(anne, home, "a.txt", "un");
        FileNode second = town.write(anne, home, "a.txt", "deux");

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.etag()).isNotEqualTo(first.etag());
        assertThat(town.read(anne, second)).isEqualTo("deux");
        assertThat(files.space(anne, first.space()).used()).isEqualTo(6);
        assertThat(files.node(anne, home).size()).isEqualTo(4);
    }

    @Test
    void aShareOpensWhatIsBeneathItAndNothingElse() throws IOException {
        Visitor zoe = town.agent(town.member("Corbas"), "Zoé", null);
        FileNode shared = files.makeFolder(anne, home, "Partagé");
        FileNode inside = town.write(anne, shared.id(), "a.txt", "abc");
        FileNode outside = town.write(anne, home, "b.txt", "abc");
        town.share(shared.id(), "c:" + zoe.capacity(), SpaceRole.READ);

        assertThat(files.sharedWith(zoe)).extracting(FileNode::name).containsExactly("Partagé");
        assertThat(town.read(zoe, files.node(zoe, inside.id()))).isEqualTo("abc");
        assertThat(files.trail(zoe, inside.id())).extracting(FileNode::name).containsExactly("Partagé", "a.txt");
        assertRefused(() -> files.node(zoe, outside.id()), "file.unknown");
        assertRefused(() -> files.node(zoe, home), "file.unknown");
        assertRefused(() -> town.write(zoe, shared.id(), "c.txt", "c"), "file.read-only");
        assertRefused(() -> town.write(zoe, shared.id(), "a.txt", "c"), "file.read-only");
        assertRefused(() -> files.trash(zoe, List.of(inside.id())), "file.read-only");
        town.share(inside.id(), "c:" + zoe.capacity(), SpaceRole.EDIT);
        assertThat(town.write(zoe, shared.id(), "a.txt", "corrigé").size()).isEqualTo(8);
        assertRefused(() -> files.trash(zoe, List.of(inside.id())), "file.shared-alone");
    }

    @Test
    void aFolderListsByPagesFoldersFirstThenByName() throws IOException {
        town.write(anne, home, "étude.txt", "x");
        town.write(anne, home, "Avis.txt", "x");
        files.makeFolder(anne, home, "Zones");
        files.makeFolder(anne, home, "Élections");

        List<FileNode> first = files.children(anne, home, null, 3);
        List<FileNode> second = files.children(anne, home, first.getLast(), 3);

        assertThat(first).extracting(FileNode::name).containsExactly("Élections", "Zones", "Avis.txt");
        assertThat(second).extracting(FileNode::name).containsExactly("étude.txt");
    }

    @Test
    void allBeneathAFolderComesParentsFirstUpToALimit() throws IOException {
        FileNode a = files.makeFolder(anne, home, "a");
        FileNode b = files.makeFolder(anne, a.id(), "b");
        town.write(anne, b.id(), "c.txt", "c");
        List<List<String>> paths = new java.util.ArrayList<>();

        files.eachBeneath(anne, home, 3, at -> paths.add(at.path()));

        assertThat(paths).containsExactly(List.of("a"), List.of("a", "b"), List.of("a", "b", "c.txt"));
        assertRefused(() -> files.eachBeneath(anne, home, 2, at -> {}), "file.deep");
        List<String> names = new java.util.ArrayList<>();
        files.eachChild(anne, home, node -> names.add(node.name()));
        assertThat(names).containsExactly("a");
    }

    static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
    }
}
