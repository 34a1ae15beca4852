package org.entente.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.storage.Small;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Small files that are put at the same time are written together, and each is answered as if it had been alone. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
class PutTogetherTest {

    @Autowired
    FilesTown town;

    @Autowired
    Files files;

    @Autowired
    FileLocks locks;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transaction;

    private final Map<String, Object> answers = new ConcurrentHashMap<>();
    private final List<Thread> programs = new ArrayList<>();
    private MemberId givors;
    private Visitor anne;
    private NodeId home;
    private SpaceId space;

    @BeforeEach
    void annesFolder() {
        givors = town.member("Givors");
        anne = town.agent(givors, "Anne", null);
        home = town.home(anne);
        space = files.node(anne, home).space();
    }

    @Test
    void thoseThatWaitAreWrittenByOneTurnAndEachIsThereWhole() throws Exception {
        FileNode folder = files.makeFolder(anne, home, "2026");
        atTheSameTime(anne, home, List.of("2026"), () -> {
            for (int n = 0; n < 6; n++) {
                puts(anne, home, List.of("2026"), "n" + n, "text " + n, Writing.PLAIN, "n" + n);
            }
        });

        Set<Long> turns = new HashSet<>();
        for (int n = 0; n < 6; n++) {
            FileNode made = put("n" + n);
            turns.add(
                    number("SELECT seq FROM files.node WHERE id = ?", made.id().value()));
            assertThat(files.node(anne, made.id())).isEqualTo(made);
            assertThat(town.read(anne, made)).isEqualTo("text " + n);
            assertThat(number(
                            "SELECT count(*) FROM files.act WHERE node = ? AND what = 'put'",
                            made.id().value()))
                    .isEqualTo(1);
            assertThat(number(
                            "SELECT uses FROM storage.content WHERE id = ?",
                            made.content().value()))
                    .isEqualTo(1);
        }
        assertThat(turns).hasSize(1);
        assertThat(town.names(anne, folder.id())).hasSize(1 + 6);
        assertThat(files.node(anne, folder.id()).size()).isEqualTo(used());
        assertThat(used()).isEqualTo("first".length() + 6 * 6);
        assertThat(files.changes(anne, home, 0, true, 100).changed()).hasSize(8);
    }

    @Test
    void ofTheSameBytesThereIsOneContentInUseByEach() throws Exception {
        atTheSameTime(anne, home, List.of(), () -> {
            for (int n = 0; n < 4; n++) {
                puts("n" + n, "the same");
            }
        });

        assertThat(number(
                        "SELECT uses FROM storage.content WHERE id = ?",
                        put("n0").content().value()))
                .isEqualTo(4);
        assertThat(put("n1").content()).isEqualTo(put("n0").content());
    }

    @Test
    void eachIsAnsweredAsIfItHadBeenAlone() throws Exception {
        FileNode there = town.write(anne, home, "there", "before");
        atTheSameTime(anne, home, List.of(), () -> {
            puts("right", "right");
            puts("also right", "also");
            puts("there", "after");
            puts("no\tname", "x");
            puts(anne, home, List.of(), "only if there", "x", only(Writing.OnlyIf.PRESENT), "only if there");
            puts("twin", "one");
            await().until(() -> programs.getLast().getState() == Thread.State.WAITING);
            puts(anne, home, List.of(), "twin", "two", only(Writing.OnlyIf.ABSENT), "other twin");
        });

        assertThat(town.read(anne, put("right"))).isEqualTo("right");
        assertThat(town.read(anne, put("also right"))).isEqualTo("also");
        assertThat(put("there").id()).isEqualTo(there.id());
        assertThat(town.read(anne, put("there"))).isEqualTo("after");
        assertThat(answers)
                .containsEntry("no\tname", "file.name.letters")
                .containsEntry("only if there", "file.changed");
        assertThat(town.read(anne, put("twin"))).isEqualTo("one");
        assertThat(answers).containsEntry("other twin", "file.changed");
        assertThat(number(
                        "SELECT count(*) FROM files.version WHERE node = ?",
                        there.id().value()))
                .isEqualTo(1);
    }

    @Test
    void asManyAreWrittenAsThereIsRoomForAndNoByteMore() throws Exception {
        jdbc.sql("UPDATE files.space SET quota = 25 WHERE id = ?")
                .param(space.value())
                .update();
        atTheSameTime(anne, home, List.of(), () -> {
            for (int n = 0; n < 5; n++) {
                puts("n" + n, "8 bytes.");
            }
        });

        assertThat(answers.values().stream().filter(FileNode.class::isInstance)).hasSize(1 + 2);
        assertThat(answers.values().stream().filter("file.quota"::equals)).hasSize(3);
        assertThat(used()).isEqualTo("first".length() + 2 * 8);
    }

    @Test
    void whoLosesTheRightWhileTheyWaitWritesNothing() throws Exception {
        FileNode folder = files.makeFolder(anne, home, "shared");
        Visitor bruno = town.agent(givors, "Bruno", null);
        town.share(folder.id(), "c:" + bruno.capacity(), SpaceRole.EDIT);
        atTheSameTime(bruno, folder.id(), List.of(), () -> {
            for (int n = 0; n < 3; n++) {
                puts(bruno, folder.id(), List.of(), "n" + n, "x", Writing.PLAIN, "n" + n);
            }
            jdbc.sql("UPDATE files.share SET role = 'read' WHERE node = ? AND to_key = ?")
                    .params(folder.id().value(), "c:" + bruno.capacity())
                    .update();
        });

        assertThat(answers.values()).hasSize(4).containsOnly("file.read-only");
        assertThat(town.names(anne, folder.id())).isEmpty();
    }

    @Test
    void intoWhatSomebodyElseLockedMeanwhileNothingIsWritten() throws Exception {
        FileNode folder = files.makeFolder(anne, home, "shared");
        Visitor bruno = town.agent(givors, "Bruno", null);
        atTheSameTime(anne, home, List.of("shared"), () -> {
            for (int n = 0; n < 3; n++) {
                puts(anne, home, List.of("shared"), "n" + n, "x", Writing.PLAIN, "n" + n);
            }
            jdbc.sql("""
                            INSERT INTO files.lock (token, space, node, exclusive, deep, owner, holder, taken_at, expires_at)
                            VALUES (gen_random_uuid(), ?, ?, true, true, '', ?, now(), now() + interval '5 minutes')""")
                    .params(space.value(), folder.id().value(), bruno.capacity().value())
                    .update();
        });

        assertThat(answers.values()).hasSize(4).containsOnly("file.locked");
        assertThat(town.names(anne, folder.id())).isEmpty();
    }

    @Test
    void whoHoldsTheLockWritesAllTheSame() throws Exception {
        FileNode folder = files.makeFolder(anne, home, "hers");
        FileLock lock = locks.lock(anne, folder.id(), true, true, "", Duration.ofMinutes(5));
        Visitor holding = anne.holding(Set.of(lock.token()));
        atTheSameTime(holding, folder.id(), List.of(), () -> {
            for (int n = 0; n < 3; n++) {
                puts(holding, folder.id(), List.of(), "n" + n, "x", Writing.PLAIN, "n" + n);
            }
            puts(anne, folder.id(), List.of(), "without", "x", Writing.PLAIN, "without");
        });

        assertThat(town.names(anne, folder.id())).containsExactlyInAnyOrder("first", "n0", "n1", "n2");
        assertThat(answers).containsEntry("without", "file.locked");
    }

    @Test
    void theSameFilesThatArePutIntoTwoFoldersAtOnceDoNotStopEachOther() throws Exception {
        for (int round = 0; round < 20; round++) {
            for (String folder : List.of("a" + round, "b" + round)) {
                files.makeFolder(anne, home, folder);
                for (int n = 0; n < 6; n++) {
                    int number = folder.startsWith("a") ? n : 5 - n;
                    puts(
                            anne,
                            home,
                            List.of(folder),
                            "n" + number,
                            "the same " + number,
                            Writing.PLAIN,
                            folder + number);
                }
            }
        }
        for (Thread one : programs) {
            one.join();
        }

        assertThat(answers.values()).hasSize(240).allMatch(FileNode.class::isInstance);
        assertThat(number(
                        "SELECT uses FROM storage.content WHERE id = ?",
                        put("a00").content().value()))
                .isEqualTo(40);
    }

    @Test
    void intoAFolderThatIsThrownAwayMeanwhileNothingIsWritten() throws Exception {
        FileNode folder = files.makeFolder(anne, home, "gone");
        atTheSameTime(anne, home, List.of("gone"), () -> {
            for (int n = 0; n < 3; n++) {
                puts(anne, home, List.of("gone"), "n" + n, "x", Writing.PLAIN, "n" + n);
            }
            jdbc.sql("UPDATE files.node SET trashed_at = now() WHERE id = ?")
                    .param(folder.id().value())
                    .update();
        });

        assertThat(answers.values()).hasSize(4).containsOnly("file.unknown");
        assertThat(used()).isZero();
    }

    /** A first one is held up in the database; those put into the same folder meanwhile wait for it. */
    private void atTheSameTime(Visitor visitor, NodeId from, List<String> folders, Runnable others) throws Exception {
        transaction.executeWithoutResult(held -> {
            jdbc.sql("SELECT id FROM files.space WHERE id = ? FOR UPDATE")
                    .param(space.value())
                    .query(UUID.class)
                    .single();
            puts(visitor, from, folders, "first", "first", Writing.PLAIN, "first");
            await().until(() -> jdbc.sql(
                            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')")
                    .query(Boolean.class)
                    .single());
            others.run();
            await().until(() -> programs.stream().skip(1).allMatch(one -> one.getState() == Thread.State.WAITING));
        });
        for (Thread one : programs) {
            one.join();
        }
    }

    private void puts(String name, String text) {
        puts(anne, home, List.of(), name, text, Writing.PLAIN, name);
    }

    private void puts(
            Visitor visitor, NodeId from, List<String> folders, String name, String text, Writing how, String called) {
        List<String> path = new ArrayList<>(folders);
        path.add(name);
        byte[] bytes = text.getBytes(UTF_8);
        programs.add(Thread.ofPlatform().start(() -> {
            try {
                Small small = Small.read(new ByteArrayInputStream(bytes), bytes.length, null);
                answers.put(called, files.put(visitor, from, path, small, how).file());
            } catch (Refusal refusal) {
                answers.put(called, refusal.code());
            } catch (IOException | RuntimeException e) {
                answers.put(called, e);
            }
        }));
    }

    private static Writing only(Writing.OnlyIf condition) {
        return new Writing(null, null, null, condition);
    }

    private FileNode put(String called) {
        assertThat(answers.get(called)).isInstanceOf(FileNode.class);
        return (FileNode) answers.get(called);
    }

    private long used() {
        return number("SELECT used FROM files.space WHERE id = ?", space.value());
    }

    private long number(String sql, UUID of) {
        return jdbc.sql(sql).param(of).query(Long.class).single();
    }
}
