package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.files.FilesTest.assertRefused;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.entente.directory.MemberId;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The words by which a member sorts its files. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
class TagsTest {

    @Autowired
    Files files;

    @Autowired
    FileSharing sharing;

    @Autowired
    TagBook tags;

    @Autowired
    Finding finding;

    @Autowired
    FilesTown town;

    @Autowired
    JdbcClient jdbc;

    MemberId givors;
    Visitor anne;
    Visitor luc;
    Visitor zoe;
    FileNode folder;
    FileNode file;

    @BeforeEach
    void aFolderOfAnnes() throws IOException {
        givors = town.member("Givors");
        anne = town.agent(givors, "Anne", null);
        luc = town.agent(givors, "Luc", null);
        zoe = town.agent(town.member("Corbas"), "Zoé", null);
        folder = files.makeFolder(anne, town.home(anne), "Dossier");
        file = town.write(anne, folder.id(), "a.txt", "abc");
    }

    private void share(NodeId node, Visitor with, SpaceRole role) {
        sharing.share(
                anne, node, new Grantee(Grantee.Kind.CAPACITY, with.capacity().value(), null), role, null);
    }

    private List<String> set(Visitor visitor, FileNode node, String... names) {
        return tags.set(visitor, node.id(), List.of(names)).stream()
                .map(TagBook.Tag::name)
                .toList();
    }

    private List<String> found(Visitor visitor, UUID tag, NodeId beneath) {
        return finding.tagged(visitor, tag, "", beneath, null, 50).hits().stream()
                .map(hit -> hit.node().name())
                .toList();
    }

    private UUID tag(String name) {
        return jdbc.sql("SELECT id FROM files.tag WHERE member = ? AND name = ?")
                .params(givors.value(), name)
                .query(UUID.class)
                .single();
    }

    @Test
    void whoMayChangeAFileChoosesAmongTheMembersTagsAndAddsToThem() {
        assertThat(set(anne, file, " Budget ", "budget", "À  relire")).containsExactly("Budget", "À relire");
        assertThat(set(luc(SpaceRole.EDIT), file, "BUDGET")).containsExactly("Budget");
        assertThat(tags.choices(luc, file.id())).extracting(TagBook.Tag::name).containsExactly("Budget", "À relire");
        assertThat(tags.names(List.of(file.id(), folder.id()))).containsOnlyKeys(file.id());
        assertThat(set(anne, file)).isEmpty();
    }

    @Test
    void othersChooseAmongTheTagsOfTheSpaceAndLearnOfNoOthers() throws IOException {
        FileSpace project = sharing.open(anne, "Projet");
        FileNode plan = town.write(anne, project.root(), "plan.txt", "p");
        FileNode note = town.write(anne, project.root(), "note.txt", "n");
        set(anne, file, "Secret");
        set(anne, note, "Plans");
        Visitor paul = town.partner(givors, "Paul");
        for (Visitor other : List.of(paul, zoe)) {
            share(project.root(), other, SpaceRole.EDIT);
            assertThat(tags.choices(other, plan.id()))
                    .extracting(TagBook.Tag::name)
                    .containsExactly("Plans");
            assertThat(set(other, plan, "PLANS")).containsExactly("Plans");
            assertRefused(() -> set(other, plan, "Secret"), "file.tag.others");
            assertRefused(() -> set(other, plan, "Plans", "Nouveau"), "file.tag.others");
            assertThat(set(other, plan)).isEmpty();
        }
        assertThat(tags.of(givors)).extracting(TagBook.Kept::name).containsExactly("Plans", "Secret");
        assertThat(tags.choices(anne, plan.id())).hasSize(2);
    }

    private Visitor luc(SpaceRole role) {
        share(file.id(), luc, role);
        return luc;
    }

    @Test
    void whoReadsOrSeesNothingSetsNone() {
        set(anne, file, "Budget");
        luc(SpaceRole.READ);
        assertRefused(() -> set(luc, file, "x"), "file.read-only");
        assertRefused(() -> tags.choices(luc, file.id()), "file.read-only");
        assertRefused(() -> set(zoe, file, "x"), "file.unknown");
        assertRefused(() -> tags.choices(zoe, file.id()), "file.unknown");
    }

    @Test
    void namesAndNumbersAreBounded() {
        for (String wrong : List.of("", " ", "x".repeat(41), "\u202E\u0000")) {
            assertRefused(() -> set(anne, file, wrong), "file.tag.name");
        }
        assertThat(set(anne, file, "<b>\u202Ea\nb</b>")).containsExactly("<b>a b</b>");
        assertRefused(
                () -> tags.set(
                        anne,
                        file.id(),
                        IntStream.range(0, 21).mapToObj(i -> "t" + i).toList()),
                "file.tag.many");
        jdbc.sql(
                        "INSERT INTO files.tag (member, name, made_at) SELECT ?, 'm' || i, now() FROM generate_series(1, 499) i")
                .param(givors.value())
                .update();
        assertRefused(() -> set(anne, file, "un de trop"), "file.tag.many-of-member");
        assertThat(set(anne, file, "m7")).containsExactly("m7");
    }

    @Test
    void filesAreFoundByATagWhereTheyMayBeSeen() throws IOException {
        FileNode other = town.write(anne, town.home(anne), "b.txt", "b");
        set(anne, file, "Budget");
        set(anne, other, "Budget", "Vœux");
        UUID budget = tag("Budget");

        assertThat(found(anne, budget, town.home(anne))).containsExactlyInAnyOrder("a.txt", "b.txt");
        assertThat(found(anne, budget, folder.id())).containsExactly("a.txt");
        assertThat(finding.tagged(anne, budget, "b", null, null, 50).hits()).hasSize(1);
        assertThat(found(zoe, budget, null)).isEmpty();
        share(folder.id(), luc, SpaceRole.READ);
        assertThat(found(luc, budget, null)).containsExactly("a.txt");
        files.trash(anne, List.of(other.id()));
        assertThat(found(anne, budget, null)).containsExactly("a.txt");
        assertThat(found(anne, UUID.randomUUID(), null)).isEmpty();
    }

    @Test
    void pagesOfATagFollowEachOther() throws IOException {
        for (String name : List.of("c", "d", "e")) {
            set(anne, town.write(anne, folder.id(), name, name), "Budget");
        }
        Found first = finding.tagged(anne, tag("Budget"), "", null, null, 2);
        Found second = finding.tagged(anne, tag("Budget"), "", null, first.next(), 2);
        assertThat(first.hits()).hasSize(2);
        assertThat(second.hits()).hasSize(1).doesNotContainAnyElementsOf(first.hits());
        assertThat(second.next()).isNull();
    }

    @Test
    void tagsGoWithACopyOfTheSameMemberAndWithNoOther() {
        set(anne, file, "Budget");
        FileNode copy = files.copy(anne, file.id(), folder.id(), "copie.txt", false, true);
        share(file.id(), zoe, SpaceRole.READ);
        FileNode away = files.copy(zoe, file.id(), town.home(zoe), "copie.txt", false, true);

        assertThat(tags.names(List.of(copy.id()))).containsEntry(copy.id(), List.of("Budget"));
        assertThat(tags.names(List.of(away.id()))).isEmpty();
        assertThat(tags.of(zoe.member())).isEmpty();
    }

    @Test
    void administratorsKeepTheListOfTheirMemberOnly() {
        set(anne, file, "Budget", "Vœux");
        UUID budget = tag("Budget");
        assertThat(tags.of(givors))
                .extracting(one -> one.name() + " " + one.files())
                .containsExactly("Budget 1", "Vœux 1");

        tags.rename(anne.author(), givors, budget, "Finances");
        assertThat(tags.names(List.of(file.id()))).containsEntry(file.id(), List.of("Finances", "Vœux"));
        assertRefused(() -> tags.rename(anne.author(), givors, budget, "vœux"), "file.tag.there");
        assertRefused(() -> tags.rename(zoe.author(), zoe.member(), budget, "x"), "file.tag.gone");
        assertRefused(() -> tags.remove(zoe.author(), zoe.member(), budget), "file.tag.gone");
        tags.remove(anne.author(), givors, budget);
        assertThat(tags.names(List.of(file.id()))).containsEntry(file.id(), List.of("Vœux"));
        assertThat(jdbc.sql("SELECT act FROM audit.v_entry WHERE member = ? AND subject = ? ORDER BY id")
                        .params(givors.value(), budget.toString())
                        .query(String.class)
                        .list())
                .containsExactly("file-tag.made", "file-tag.renamed", "file-tag.removed");
    }

    @Test
    void amongFiftyThousandAFewAreFoundByTheIndex() {
        jdbc.sql("""
                        WITH t AS (INSERT INTO files.tag (member, name, made_at) VALUES (:member, 'partout', now()) RETURNING id),
                        made AS (INSERT INTO files.node (space, parent, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                            SELECT :space, :folder, 'f' || i, true, now(), now(), now(), :me, 1, 1 FROM generate_series(1, 50000) i RETURNING id)
                        INSERT INTO files.node_tag (node, tag) SELECT made.id, t.id FROM made, t""")
                .param("member", givors.value())
                .param("space", file.space().value())
                .param("folder", folder.id().value())
                .param("me", anne.capacity().value())
                .update();
        set(anne, file, "rare");
        for (String table : List.of("node", "node_tag", "tag", "share")) {
            jdbc.sql("ANALYZE files." + table).update();
        }

        String plan = String.join(
                "\n",
                jdbc.sql("EXPLAIN WITH RECURSIVE " + Finding.TAGGED + Finding.SEEN)
                        .param("tag", tag("rare"))
                        .param("patterns", new String[0])
                        .param("keys", new String[] {"c:" + anne.capacity()})
                        .param("beneath", folder.id().value())
                        .param("folder", true)
                        .param("modified", java.time.OffsetDateTime.now().plusYears(1))
                        .param("id", new UUID(-1, -1))
                        .param("limit", 50)
                        .query(String.class)
                        .list());
        assertThat(plan).doesNotContain("Seq Scan on node_tag").doesNotContain("Seq Scan on node ");
        assertThat(found(anne, tag("rare"), folder.id())).containsExactly("a.txt");
    }
}
