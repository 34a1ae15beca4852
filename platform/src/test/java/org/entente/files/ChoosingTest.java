package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Files by their type and time among very many, without looking at the others; and the ways to many at once. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
class ChoosingTest {

    private static final List<String> MEDIA = List.of("image/", "video/");

    @Autowired
    Files files;

    @Autowired
    FilesTown town;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transaction;

    Visitor anne;
    NodeId home;
    FileNode folder;

    @BeforeEach
    void anAgent() {
        anne = town.agent(town.member("Givors"), "Anne", null);
        home = town.home(anne);
        folder = files.makeFolder(anne, home, "Photos");
    }

    private FileNode write(NodeId in, String name) throws Exception {
        return files.write(anne, in, name, new ByteArrayInputStream(new byte[] {1}), Writing.PLAIN);
    }

    private List<String> chosen(Visitor visitor, List<String> types, List<NodeId> within) {
        return files.choose(visitor, new Chosen(types, null, null, within, true, 0, 9)).stream()
                .map(FileNode::name)
                .toList();
    }

    @Test
    void whatTakesTooLongIsEndedAndSaysSo() {
        transaction.executeWithoutResult(held -> {
            jdbc.sql("LOCK TABLE files.node IN ACCESS EXCLUSIVE MODE").update();

            assertThatThrownBy(() -> chosen(anne, MEDIA, null))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("file.search.long"));
        });

        assertThat(chosen(anne, MEDIA, null)).isEmpty();
    }

    @Test
    void fewPicturesAmongManyDocumentsAreReadFromAnIndex() throws Exception {
        write(folder.id(), "a.jpg");
        FileNode note = write(folder.id(), "note.pdf");
        jdbc.sql("""
                        INSERT INTO files.node (space, parent, name, folder, content, size, sha256, media_type, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                        SELECT space, parent, 'n' || i, false, content, size, sha256, media_type, made_at, now() - i * interval '1 minute', changed_at, changed_by, seq, tree_seq
                        FROM files.node, generate_series(1, 30000) i WHERE id = ?""").param(note.id().value()).update();
        jdbc.sql("ANALYZE files.node").update();

        for (boolean whole : List.of(true, false)) {
            assertThat(plan(MEDIA, whole))
                    .contains(whole ? "node_media on" : "node_media_in")
                    .doesNotContain("Seq Scan on node");
        }
        assertThat(plan(List.of(), true)).contains("node_modified").doesNotContain("Seq Scan on node");
        assertThat(chosen(anne, MEDIA, null)).containsExactly("a.jpg");
        assertThat(chosen(anne, MEDIA, List.of(folder.id()))).containsExactly("a.jpg");
        assertThat(chosen(anne, List.of(), null)).hasSize(9);
    }

    private String plan(List<String> types, boolean whole) {
        return String.join(
                "\n",
                jdbc.sql("EXPLAIN " + Choosing.found(types))
                        .param("ids", new UUID[] {(whole ? home : folder.id()).value()})
                        .param("spaces", new UUID[] {folder.space().value()})
                        .param("folders", new Boolean[] {true})
                        .param("wholes", new Boolean[] {whole})
                        .param("deep", true)
                        .param("types", Choosing.patterns(types))
                        .param("from", OffsetDateTime.parse("0001-01-01T00:00:00Z"))
                        .param("until", OffsetDateTime.parse("9999-12-31T00:00:00Z"))
                        .param("most", 150)
                        .param("skip", 0)
                        .param("limit", 150)
                        .param("keys", new String[] {"c:" + anne.capacity()})
                        .query(String.class)
                        .list());
    }

    @Test
    void aRightThatEndsTakesWhatItGaveAndTheHighestCounts() throws Exception {
        FileNode picture = write(folder.id(), "a.jpg");
        Visitor zoe = town.agent(town.member("Corbas"), "Zoé", null);
        assertThat(chosen(zoe, MEDIA, null)).isEmpty();
        assertThat(chosen(zoe, MEDIA, List.of(folder.id()))).isEmpty();

        town.share(folder.id(), "c:" + zoe.capacity(), SpaceRole.READ);
        town.share(picture.id(), "c:" + zoe.capacity(), SpaceRole.EDIT);
        assertThat(files.choose(zoe, new Chosen(MEDIA, null, null, null, true, 0, 9)))
                .extracting(FileNode::role)
                .containsExactly(SpaceRole.EDIT);
        assertThat(chosen(zoe, MEDIA, List.of(home))).isEmpty();

        jdbc.sql("UPDATE files.share SET until = now() - interval '1 minute' WHERE to_key = ?")
                .param("c:" + zoe.capacity())
                .update();
        assertThat(chosen(zoe, MEDIA, null)).isEmpty();
        jdbc.sql("UPDATE files.share SET until = NULL WHERE to_key = ?")
                .param("c:" + zoe.capacity())
                .update();
        town.ends(zoe);
        assertThat(chosen(zoe, MEDIA, null)).isEmpty();

        jdbc.sql("UPDATE files.space SET closed_at = now() WHERE id = ?")
                .param(folder.space().value())
                .update();
        assertThat(chosen(anne, MEDIA, null)).isEmpty();
    }

    @Test
    void typesAreMeantAsTheyAreSaidAndABoundCountsOnce() throws Exception {
        FileNode file = write(folder.id(), "a.jpg");
        for (String other : List.of("image/%", "image_", "%", "i%/", "")) {
            assertThat(chosen(anne, List.of(other), null)).as(other).isEmpty();
        }
        Instant at = file.modifiedAt();
        assertThat(files.choose(anne, new Chosen(MEDIA, at, at.plusNanos(1000), null, true, 0, 9)))
                .hasSize(1);
        assertThat(files.choose(anne, new Chosen(MEDIA, null, at, null, true, 0, 9)))
                .isEmpty();
        assertThat(files.choose(anne, new Chosen(MEDIA, Instant.MIN, Instant.MAX, null, true, 0, 9)))
                .hasSize(1);
    }

    @Test
    void theWaysToManyAreAskedForAtOnceAndBeginWhereOneSeesThem() throws Exception {
        FileNode deep = files.makeFolder(anne, folder.id(), "Été");
        FileNode picture = write(deep.id(), "a.jpg");
        FileNode thrown = write(deep.id(), "b.jpg");
        Visitor zoe = town.agent(town.member("Corbas"), "Zoé", null);
        town.share(deep.id(), "c:" + zoe.capacity(), SpaceRole.READ);
        town.share(picture.id(), "c:" + zoe.capacity(), SpaceRole.READ);
        files.trash(anne, List.of(thrown.id()));

        Set<NodeId> all = Set.of(home, folder.id(), deep.id(), picture.id(), thrown.id());
        assertThat(files.ways(anne, all))
                .hasSize(4)
                .containsEntry(home, new Files.Way(home, List.of()))
                .containsEntry(picture.id(), new Files.Way(home, List.of("Photos", "Été", "a.jpg")));
        assertThat(files.ways(zoe, all))
                .hasSize(2)
                .containsEntry(deep.id(), new Files.Way(deep.id(), List.of()))
                .containsEntry(picture.id(), new Files.Way(deep.id(), List.of("a.jpg")));
    }
}
