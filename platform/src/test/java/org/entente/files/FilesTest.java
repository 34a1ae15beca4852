package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.directory.UnitId;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Trees of files as their visitors see and change them, on a real database and a real object store. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
class FilesTest {

    @Autowired
    Files files;

    @Autowired
    FilesTown town;

    @Autowired
    JdbcClient jdbc;

    MemberId givors;
    Visitor anne;
    NodeId home;

    @BeforeEach
    void oneAgent() {
        givors = town.member("Givors");
        anne = town.agent(givors, "Anne", null);
        home = town.home(anne);
    }

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
    void ofTwoWhoReplaceTheSameContentTheSecondIsRefused() throws IOException {
        FileNode seen = town.write(anne, home, "a.txt", "un");
        Writing mine = new Writing(null, null, null, Writing.OnlyIf.etag(seen.etag()));

        List<String> answers = together(2, n -> () -> {
            try {
                files.write(anne, home, "a.txt", FilesTown.bytes("écrit par " + n), mine);
                return "written";
            } catch (Refusal refusal) {
                return refusal.code();
            }
        });

        assertThat(answers).containsExactlyInAnyOrder("written", "file.changed");
    }

    @Test
    void ofManyWhoMakeTheSameFolderOneMakesIt() throws IOException {
        List<String> answers = together(8, n -> () -> {
            try {
                return files.makeFolder(anne, home, "Commun").name();
            } catch (Refusal refusal) {
                return refusal.code();
            }
        });

        assertThat(answers).containsOnly("Commun", "file.exists");
        assertThat(answers).filteredOn("Commun"::equals).hasSize(1);
    }

    @Test
    void aQuotaIsExactHoweverManyWriteAtOnce() throws IOException {
        quota(100);

        List<String> answers = together(16, n -> () -> {
            try {
                files.write(anne, home, n + ".txt", FilesTown.bytes(("" + (char) ('a' + n)).repeat(30)), Writing.PLAIN);
                return "written";
            } catch (Refusal refusal) {
                return refusal.code();
            }
        });

        assertThat(answers).filteredOn("written"::equals).hasSize(3);
        assertThat(answers).containsOnly("written", "file.quota");
        assertThat(town.space(anne, FileSpace.Kind.MINE).used()).isEqualTo(90);
    }

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
        java.util.Set<List<String>> seen = new java.util.HashSet<>();
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

    private void quota(long bytes) {
        jdbc.sql("UPDATE files.space SET quota = ? WHERE capacity = ?")
                .params(bytes, anne.capacity().value())
                .update();
    }

    private static <T> List<T> together(int many, java.util.function.IntFunction<Callable<T>> each) throws IOException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(IntStream.range(0, many).mapToObj(each).toList()).stream()
                    .map(FilesTest::answer)
                    .toList();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static <T> T answer(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
    }
}
