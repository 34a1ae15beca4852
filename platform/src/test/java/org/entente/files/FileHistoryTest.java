package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.entente.files.FilesTest.assertRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
import org.springframework.transaction.support.TransactionOperations;

/** What was there before, what holds others off, and what is found again. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
class FileHistoryTest {

    @Autowired
    Files files;

    @Autowired
    FileHistory history;

    @Autowired
    FileLocks locks;

    @Autowired
    FileProperties properties;

    @Autowired
    FilesTown town;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transaction;

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
    void aFormerContentIsReadAndComesBack() throws IOException {
        FileNode file = town.write(anne, home, "a.txt", "un");
        town.write(anne, home, "a.txt", "deux");

        FileHistory.Version first = history.versions(anne, file.id()).getFirst();
        assertThat(first.by()).isEqualTo("Anne Essai");
        try (var in = history.read(anne, file.id(), first.id())) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("un");
        }
        FileNode back = history.restore(anne, file.id(), first.id());

        assertThat(town.read(anne, back)).isEqualTo("un");
        assertThat(history.versions(anne, file.id()))
                .extracting(FileHistory.Version::size)
                .containsExactly(4L, 2L);
        assertThat(files.node(anne, home).size()).isEqualTo(2);
    }

    @Test
    void theSameBytesAgainAreNoVersionAndAnEmptyFileNeither() throws IOException {
        FileNode file = town.write(anne, home, "a.txt", "");
        town.write(anne, home, "a.txt", "un");
        town.write(anne, home, "a.txt", "un");

        assertThat(history.versions(anne, file.id())).isEmpty();
        assertThat(town.space(anne, FileSpace.Kind.MINE).used()).isEqualTo(2);
    }

    @Test
    void aVersionOfAnotherFileIsNotReadThroughOnesOwn() throws IOException {
        Visitor zoe = town.agent(town.member("Corbas"), "Zoé", null);
        FileNode theirs = town.write(zoe, town.home(zoe), "a.txt", "un");
        town.write(zoe, town.home(zoe), "a.txt", "deux");
        UUID version = history.versions(zoe, theirs.id()).getFirst().id();
        FileNode mine = town.write(anne, home, "a.txt", "x");

        assertRefused(() -> history.read(anne, mine.id(), version), "file.version");
        assertRefused(() -> history.restore(anne, mine.id(), version), "file.version");
        assertRefused(() -> history.versions(anne, theirs.id()), "file.unknown");
    }

    @Test
    void whatWasThrownAwayComesBackWhereItWas() throws IOException {
        FileNode folder = files.makeFolder(anne, home, "Dossier");
        FileNode file = town.write(anne, folder.id(), "a.txt", "abc");
        files.trash(anne, List.of(file.id()));

        FileHistory.Thrown thrown = history.bin(anne, file.space(), null, 10).getFirst();
        assertThat(thrown.from()).containsExactly("Dossier");
        assertThat(thrown.by()).isEqualTo("Anne Essai");
        town.write(anne, folder.id(), "a.txt", "autre");
        FileNode back = history.takeBack(anne, file.id());

        assertThat(back.name()).isEqualTo("a (2).txt");
        assertThat(back.parent()).isEqualTo(folder.id());
        assertThat(files.node(anne, home).size()).isEqualTo(8);
        assertThat(history.bin(anne, file.space(), null, 10)).isEmpty();
    }

    @Test
    void whatWasInAFolderThatIsGoneTooComesBackToTheTop() throws IOException {
        FileNode folder = files.makeFolder(anne, home, "Dossier");
        FileNode file = town.write(anne, folder.id(), "a.txt", "abc");
        files.trash(anne, List.of(file.id()));
        files.trash(anne, List.of(folder.id()));

        assertThat(history.bin(anne, file.space(), null, 10)).hasSize(2);
        assertThat(history.takeBack(anne, file.id()).parent()).isEqualTo(home);
    }

    @Test
    void theBinComesByPagesAndGoesForGood() throws IOException {
        for (int i = 0; i < 5; i++) {
            files.trash(anne, List.of(town.write(anne, home, i + ".txt", "abc").id()));
        }
        SpaceId space = town.space(anne, FileSpace.Kind.MINE).id();
        List<FileHistory.Thrown> first = history.bin(anne, space, null, 3);
        List<FileHistory.Thrown> second = history.bin(anne, space, first.getLast(), 3);
        assertThat(first).extracting(t -> t.node().name()).containsExactly("4.txt", "3.txt", "2.txt");
        assertThat(second).extracting(t -> t.node().name()).containsExactly("1.txt", "0.txt");

        history.erase(anne, List.of(first.getFirst().node().id()));
        assertThat(town.space(anne, FileSpace.Kind.MINE).used()).isEqualTo(12);
        history.emptyBin(anne, space);

        assertThat(history.bin(anne, space, null, 10)).isEmpty();
        assertThat(town.space(anne, FileSpace.Kind.MINE).used()).isZero();
        assertThat(jdbc.sql("SELECT used FROM files.allowance WHERE member = ?")
                        .param(givors.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whatIsErasedInSpacesOfManyMembersIsChargedInTheOrderOfTheMembers() throws Exception {
        // given thrown-away files in spaces of six members, all of which one person manages
        List<NodeId> thrown = new ArrayList<>();
        List<UUID> members = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            Visitor owner = town.agent(town.member("Commune " + n), "Agent " + n, null);
            FileNode file = town.write(owner, town.home(owner), "a.txt", "abc");
            town.share(town.home(owner), "c:" + anne.capacity(), SpaceRole.MANAGE);
            files.trash(owner, List.of(file.id()));
            thrown.add(file.id());
            members.add(owner.member().value());
        }
        members.sort(Comparator.naturalOrder());

        // when somebody else holds what the first of these members has used
        CompletableFuture<Void> erased = new CompletableFuture<>();
        transaction.executeWithoutResult(status -> {
            assertThat(held(members.subList(0, 1))).isOne();
            erased.completeAsync(() -> {
                history.erase(anne, thrown);
                return null;
            });
            await().until(() -> jdbc.sql(
                            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%files.allowance SET used%')")
                    .query(Boolean.class)
                    .single());

            // then nothing of the others is held meanwhile
            assertThat(held(members.subList(1, 6))).isEqualTo(5);
        });
        erased.get(20, TimeUnit.SECONDS);
        assertThat(jdbc.sql("SELECT sum(used) FROM files.allowance WHERE member = ANY (?)")
                        .param(members.toArray(UUID[]::new))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** Those that nobody else holds, held until the transaction ends. */
    private int held(List<UUID> members) {
        return jdbc.sql("SELECT member FROM files.allowance WHERE member = ANY (?) FOR UPDATE SKIP LOCKED")
                .param(members.toArray(UUID[]::new))
                .query(UUID.class)
                .list()
                .size();
    }

    @Test
    void whoMayOnlyReadASpaceHasNoBinThere() throws IOException {
        UnitId unit = town.unit(givors, "Voirie", null);
        Visitor luc = town.agent(givors, "Luc", unit);
        NodeId common = town.space(luc, FileSpace.Kind.UNIT).root();
        town.share(common, "c:" + anne.capacity(), SpaceRole.READ);
        FileNode file = town.write(luc, common, "a.txt", "abc");
        files.trash(luc, List.of(file.id()));

        assertThat(history.bin(anne, file.space(), null, 10)).isEmpty();
        assertRefused(() -> history.takeBack(anne, file.id()), "file.unknown");
        assertRefused(() -> history.erase(anne, List.of(file.id())), "file.unknown");
        assertRefused(() -> history.emptyBin(anne, file.space()), "file.unknown");
        assertThat(history.takeBack(luc, file.id()).name()).isEqualTo("a.txt");
    }

    @Test
    void aLockHoldsOffEverybodyWhoDoesNotSayItsToken() throws IOException {
        UnitId unit = town.unit(givors, "Voirie", null);
        Visitor luc = town.agent(givors, "Luc", unit);
        Visitor eve = town.agent(givors, "Ève", unit);
        NodeId common = town.space(luc, FileSpace.Kind.UNIT).root();
        FileNode file = town.write(luc, common, "a.txt", "abc");
        FileLock lock = locks.lock(luc, file.id(), true, false, "<o/>", Duration.ofMinutes(5));
        Visitor holding = luc.holding(Set.of(lock.token()));

        assertRefused(() -> town.write(eve, common, "a.txt", "x"), "file.locked");
        assertRefused(() -> town.write(eve.holding(Set.of(lock.token())), common, "a.txt", "x"), "file.locked");
        assertRefused(() -> town.write(luc, common, "a.txt", "x"), "file.locked");
        assertRefused(() -> files.trash(eve, List.of(file.id())), "file.locked");
        assertRefused(() -> files.move(eve, file.id(), common, "b.txt", false), "file.locked");
        assertRefused(() -> locks.lock(eve, file.id(), true, false, "", Duration.ofMinutes(5)), "file.locked");
        assertRefused(() -> locks.lock(eve, file.id(), false, false, "", Duration.ofMinutes(5)), "file.locked");
        assertThat(town.write(holding, common, "a.txt", "xyz").size()).isEqualTo(3);
        assertThat(locks.of(eve, List.of(file.id(), common))).containsOnlyKeys(file.id());
        locks.unlock(holding, file.id(), lock.token());
        assertThat(town.write(eve, common, "a.txt", "libre").size()).isEqualTo(5);
    }

    @Test
    void aDeepLockHoldsForWhatIsBeneathAndAShallowOneForTheNamesInTheFolder() throws IOException {
        FileNode folder = files.makeFolder(anne, home, "Dossier");
        FileNode file = town.write(anne, folder.id(), "a.txt", "abc");
        FileLock shallow = locks.lock(anne, folder.id(), true, false, "", Duration.ofMinutes(5));

        assertThat(town.write(anne, folder.id(), "a.txt", "x").size()).isEqualTo(1);
        assertRefused(() -> town.write(anne, folder.id(), "b.txt", "x"), "file.locked");
        assertRefused(() -> files.trash(anne, List.of(file.id())), "file.locked");
        locks.unlock(anne, folder.id(), shallow.token());

        FileLock deep = locks.lock(anne, folder.id(), true, true, "", Duration.ofMinutes(5));
        assertRefused(() -> town.write(anne, folder.id(), "a.txt", "x"), "file.locked");
        assertRefused(() -> locks.lock(anne, file.id(), true, false, "", Duration.ofMinutes(5)), "file.locked");
        assertThat(locks.on(anne, file.id())).extracting(FileLock::token).containsExactly(deep.token());
        files.trash(anne.holding(Set.of(deep.token())), List.of(folder.id()));
        assertThat(jdbc.sql("SELECT count(*) FROM files.lock WHERE space = ?")
                        .param(file.space().value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void twoSharedLocksStandTogetherAndBothAreKept() throws IOException {
        FileNode file = town.write(anne, home, "a.txt", "abc");
        FileLock one = locks.lock(anne, file.id(), false, false, "", Duration.ofMinutes(5));
        FileLock two = locks.lock(anne, file.id(), false, false, "", Duration.ofMinutes(5));

        assertThat(locks.on(anne, file.id())).hasSize(2);
        assertRefused(() -> town.write(anne.holding(Set.of(one.token())), home, "a.txt", "x"), "file.locked");
        assertThat(town.write(anne.holding(Set.of(one.token(), two.token())), home, "a.txt", "x")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aLockEndsWithItsTime() throws IOException {
        FileNode file = town.write(anne, home, "a.txt", "abc");
        FileLock lock = locks.lock(anne, file.id(), true, false, "", Duration.ofMinutes(5));
        jdbc.sql("UPDATE files.lock SET expires_at = now() - interval '1 second' WHERE token = ?")
                .param(lock.token())
                .update();

        assertThat(town.write(anne, home, "a.txt", "x").size()).isEqualTo(1);
        assertRefused(() -> locks.refresh(anne, file.id(), lock.token(), Duration.ofMinutes(5)), "file.not-locked");
    }

    @Test
    void propertiesOfProgramsGoWithTheirFile() throws IOException {
        FileNode folder = files.makeFolder(anne, home, "Dossier");
        FileNode file = town.write(anne, folder.id(), "a.txt", "abc");
        FileProperties.Name name = new FileProperties.Name("http://example.org/", "couleur");
        properties.change(anne, file.id(), List.of(new FileProperties.Change(name, "<c>bleu</c>")));

        FileNode copy = files.copy(anne, folder.id(), home, "Copie", false, true);
        NodeId copied =
                files.find(anne, copy.id(), List.of("a.txt")).orElseThrow().id();

        assertThat(properties.of(anne, List.of(copied, file.id(), home)))
                .containsOnlyKeys(copied, file.id())
                .allSatisfy((node, all) -> assertThat(all).containsEntry(name, "<c>bleu</c>"));
        Visitor zoe = town.agent(givors, "Zoé", null);
        assertThat(properties.of(zoe, List.of(file.id()))).isEmpty();
        assertRefused(() -> properties.change(zoe, file.id(), List.of()), "file.unknown");
        assertRefused(
                () -> properties.change(anne, file.id(), List.of(new FileProperties.Change(name, "x".repeat(20_000)))),
                "file.properties");
    }

    @Test
    void aSearchFindsByBeginningsOfWordsWhatTheVisitorMaySee() throws IOException {
        Visitor zoe = town.agent(town.member("Corbas"), "Zoé", null);
        FileNode folder = files.makeFolder(anne, home, "Délibérations 2026");
        FileNode hit = town.write(anne, folder.id(), "Délibération du conseil.odt", "x");
        town.write(zoe, town.home(zoe), "Délibération secrète.odt", "x");
        FileNode thrown = town.write(anne, home, "Délibération jetée.odt", "x");
        files.trash(anne, List.of(thrown.id()));

        assertThat(files.search(anne, "DELIB conseil", null, null, 50).hits())
                .extracting(found -> found.node().name())
                .containsExactly(hit.name());
        assertThat(files.search(anne, "délib", null, null, 50).hits()).hasSize(2);
        assertThat(files.search(anne, "délib", folder.id(), null, 50).hits()).hasSize(2);
        assertThat(files.search(anne, "bération", null, null, 50).hits()).isEmpty();
        assertThat(files.search(anne, "50% _", null, null, 50).hits()).isEmpty();
        assertThat(files.search(zoe, "délib", null, null, 50).hits()).hasSize(1);
        town.share(folder.id(), "c:" + zoe.capacity(), SpaceRole.READ);
        assertThat(files.search(zoe, "délib", null, null, 50).hits()).hasSize(3);
    }
}
