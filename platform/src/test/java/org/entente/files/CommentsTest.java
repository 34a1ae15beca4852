package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.files.FilesTest.assertRefused;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people say about files: to whom, under whose name, and for how long. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
class CommentsTest {

    @Autowired
    Files files;

    @Autowired
    FileSharing sharing;

    @Autowired
    CommentBook comments;

    @Autowired
    FileViews views;

    @Autowired
    org.springframework.context.ApplicationContext context;

    @Autowired
    FilesTown town;

    @Autowired
    JdbcClient jdbc;

    MemberId givors;
    Visitor anne;
    Visitor luc;
    Visitor zoe;
    FileNode file;

    @BeforeEach
    void aFileThatTwoSee() throws IOException {
        givors = town.member("Givors");
        anne = town.agent(givors, "Anne", null);
        luc = town.agent(givors, "Luc", null);
        zoe = town.agent(town.member("Corbas"), "Zoé", null);
        file = town.write(anne, town.home(anne), "a.txt", "abc");
        share(luc, SpaceRole.READ);
    }

    private void share(Visitor with, SpaceRole role) {
        sharing.share(
                anne,
                file.id(),
                new Grantee(Grantee.Kind.CAPACITY, with.capacity().value(), null),
                role,
                null);
    }

    private CommentBook.Comment say(Visitor visitor, String text, Visitor... named) {
        return comments.write(
                visitor,
                file.id(),
                text,
                List.of(named).stream().map(Visitor::capacity).toList());
    }

    private List<CommentBook.Comment> read(Visitor visitor) {
        return comments.of(visitor, file.id(), null, 50);
    }

    @Test
    void whoeverSeesAFileReadsAndWritesAndChangesTheirOwnOnly() {
        CommentBook.Comment first = say(anne, "Qui relit ?");
        CommentBook.Comment second = say(luc, "Moi.\r\nDemain.");

        assertThat(read(luc)).extracting(CommentBook.Comment::text).containsExactly("Moi.\nDemain.", "Qui relit ?");
        assertThat(read(luc)).extracting(CommentBook.Comment::mine).containsExactly(true, false);
        assertThat(read(luc)).extracting(CommentBook.Comment::removable).containsExactly(true, false);
        assertThat(read(anne)).extracting(CommentBook.Comment::removable).containsExactly(true, true);
        assertThat(comments.change(luc, file.id(), second.id(), "Moi, lundi.").changedAt())
                .isNotNull();
        assertRefused(() -> comments.change(luc, file.id(), first.id(), "x"), "file.comment.not-yours");
        assertRefused(() -> comments.change(anne, file.id(), second.id(), "x"), "file.comment.not-yours");
        assertRefused(() -> comments.remove(luc, file.id(), first.id()), "file.comment.not-yours");
        assertRefused(() -> comments.remove(luc, file.id(), UUID.randomUUID()), "file.comment.gone");
        assertThat(views.of(luc, files.node(luc, file.id())).comments()).isEqualTo(2);

        comments.remove(anne, file.id(), second.id());
        assertThat(read(luc)).extracting(CommentBook.Comment::id).containsExactly(first.id());
        assertThat(ledgered("file-comment.removed")).isEqualTo(1);
        comments.remove(anne, file.id(), first.id());
        assertThat(ledgered("file-comment.removed")).isEqualTo(1);
    }

    private int ledgered(String act) {
        return jdbc.sql("SELECT count(*) FROM audit.v_entry WHERE act = ? AND member = ?")
                .params(act, givors.value())
                .query(Integer.class)
                .single();
    }

    @Test
    void whoDoesNotSeeTheFileKnowsNothingOfWhatIsSaid() throws IOException {
        CommentBook.Comment said = say(anne, "Entre nous");
        FileNode theirs = town.write(zoe, town.home(zoe), "z.txt", "z");

        assertRefused(() -> read(zoe), "file.unknown");
        assertRefused(() -> say(zoe, "x"), "file.unknown");
        assertRefused(() -> comments.change(zoe, file.id(), said.id(), "x"), "file.unknown");
        assertRefused(() -> comments.remove(zoe, file.id(), said.id()), "file.unknown");
        assertRefused(() -> comments.remove(zoe, theirs.id(), said.id()), "file.comment.gone");
        assertRefused(() -> comments.change(zoe, theirs.id(), said.id(), "x"), "file.comment.gone");
        Visitor elsewhere = town.also(luc, town.member("Mornant"));
        assertRefused(() -> read(elsewhere), "file.unknown");
    }

    @Test
    void onlyThoseWhoSeeTheFileAreNamedAndTheyAreTold() {
        say(anne, "@Luc Essai, ton avis ?", luc, luc);

        assertThat(jdbc.sql("""
                        SELECT m.person FROM files.v_mention m JOIN audit.v_entry e ON e.subject = m.comment::text
                        WHERE e.act = 'file-comment.named' AND e.member = ? AND e.after::jsonb ->> 'node' = ?""")
                        .params(givors.value(), file.id().toString())
                        .query(UUID.class)
                        .list())
                .containsExactly(luc.person().value());
        assertRefused(() -> say(anne, "x", zoe), "file.comment.named");
        assertRefused(
                () -> comments.write(anne, file.id(), "x", List.of(new AffiliationId(UUID.randomUUID()))),
                "file.comment.named");
        assertRefused(
                () -> comments.write(
                        anne,
                        file.id(),
                        "x",
                        IntStream.range(0, 21)
                                .mapToObj(i -> new AffiliationId(UUID.randomUUID()))
                                .toList()),
                "file.comment.named");
        town.ends(luc);
        assertRefused(() -> say(anne, "x", luc), "file.comment.named");
    }

    @Test
    void whatIsSaidIsPlainAndOfAnEndedLength() {
        assertThat(say(anne, " <script>alert(1)</script> \u0000\u0007\u202Efdp.exe\u2066 ")
                        .text())
                .isEqualTo("<script>alert(1)</script> fdp.exe");
        assertThat(say(anne, "e\u0301te\u0301 \uD83D\uDE00").text()).isEqualTo("\u00E9t\u00E9 \uD83D\uDE00");
        assertThat(say(anne, "x".repeat(4000)).text()).hasSize(4000);
        for (String wrong : List.of("", "  \n\t ", "\u202E", "x".repeat(4001))) {
            assertRefused(() -> say(anne, wrong), "file.comment.text");
        }
        jdbc.sql("""
                        INSERT INTO files.comment (node, by, made_at, text) SELECT :node, :by, now(), 'x' FROM generate_series(1, 997)""")
                .param("node", file.id().value())
                .param("by", anne.capacity().value())
                .update();
        assertRefused(() -> say(anne, "encore"), "file.comment.many");
    }

    @Test
    void aCommentFollowsTheFileAndNotItsCopies() throws IOException {
        say(luc, "À garder");
        FileNode folder = files.makeFolder(anne, town.home(anne), "Dossier");
        FileNode copy = files.copy(anne, file.id(), folder.id(), "b.txt", false, true);
        files.move(anne, file.id(), folder.id(), "c.txt", false);

        assertThat(comments.of(anne, copy.id(), null, 50)).isEmpty();
        assertThat(read(anne)).extracting(one -> one.by().name()).containsExactly("Luc Essai");
    }

    @Test
    void whoLeftIsStillNamedAndWhoTheDirectoryForgotIsNobody() {
        say(luc, "À garder");
        town.ends(luc);
        assertThat(read(anne)).extracting(one -> one.by().name()).containsExactly("Luc Essai");
        assertRefused(() -> read(luc), "file.unknown");

        jdbc.sql("UPDATE files.comment SET by = ? WHERE node = ?")
                .params(UUID.randomUUID(), file.id().value())
                .update();
        assertThat(read(anne)).singleElement().satisfies(one -> {
            assertThat(one.by().name()).isNull();
            assertThat(one.mine()).isFalse();
        });
    }

    @Test
    void oneLearnsWhatIsKeptOfOnesComments() {
        say(luc, "Un");
        say(anne, "@Luc", luc);

        String told = context
                .getBeansOfType(org.entente.base.PersonalData.class)
                .get("filesOfPersons")
                .about(luc.person().value(), Locale.FRENCH)
                .facts()
                .stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
        assertThat(told).contains("1 commentaires écrits").contains("Nommé dans 1 commentaires");
    }

    @Test
    void amongFiftyThousandAPageIsReadByTheIndex() {
        jdbc.sql("""
                        WITH made AS (INSERT INTO files.node (space, parent, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                            SELECT :space, :folder, 'f' || i, true, now(), now(), now(), :me, 1, 1 FROM generate_series(1, 50000) i RETURNING id)
                        INSERT INTO files.comment (node, by, made_at, text) SELECT id, :me, now(), 'x' FROM made""")
                .param("space", file.space().value())
                .param(
                        "folder",
                        file.parent() == null
                                ? UUID.randomUUID()
                                : file.parent().value())
                .param("me", anne.capacity().value())
                .update();
        jdbc.sql("ANALYZE files.comment").update();

        String plan = String.join(
                "\n",
                jdbc.sql("EXPLAIN " + CommentBook.PAGE)
                        .param("node", file.id().value())
                        .param("before", null)
                        .param("limit", 50)
                        .query(String.class)
                        .list());
        assertThat(plan).doesNotContain("Seq Scan on comment");
    }
}
