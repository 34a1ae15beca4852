package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** kill -9 of the platform while a client synchronises: once it is there again, the client goes on, and both sides are the same. */
class KilledMidSyncTest extends DavTown {

    private static final int FILES = 300;

    @TempDir
    Path folder;

    @Autowired
    Environment settings;

    SecondNode node;
    Device device;
    Path here;

    @BeforeEach
    void manyFilesOfWhichOneIsLarge() throws Exception {
        device = agent("Rémi");
        here = Files.createDirectories(folder.resolve("here/Mes fichiers/Archives"));
        Random random = new Random(5);
        for (int i = 0; i < FILES; i++) {
            byte[] bytes = new byte[random.nextInt(20_000)];
            random.nextBytes(bytes);
            Files.write(
                    Files.createDirectories(here.resolve("Dossier " + i % 7)).resolve("pièce " + i + ".bin"), bytes);
        }
        byte[] large = new byte[40_000_000];
        random.nextBytes(large);
        Files.write(here.resolve("plan.bin"), large);
        node = new SecondNode(settings, folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (node != null) {
            node.close();
        }
    }

    /** Files of this person that are there. */
    private int arrived() {
        return jdbc.sql("""
                        SELECT count(*) FROM files.node n JOIN files.space o ON o.id = n.space
                        WHERE o.capacity = ? AND NOT n.folder AND n.trashed_at IS NULL""")
                .param(device.visitor().capacity().value())
                .query(Integer.class)
                .single();
    }

    private void killedWhileItRuns(String... client) throws Exception {
        CompletableFuture<Said> first = CompletableFuture.supplyAsync(() -> {
            try {
                return run(folder, "", client);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .failFast("the client ended before anything was killed", first::isDone)
                .until(() -> arrived() >= 20);
        node.kill();
        assertThat(arrived()).as("it was in the middle").isLessThan(FILES + 1);
        node.start(); // the client may have given up, or be at it still
        first.get(4, TimeUnit.MINUTES);
    }

    private void bothSidesAreTheSame(Path there) throws Exception {
        assertThat(run(folder, "", "/usr/bin/diff", "-r", here.toString(), there.toString())
                        .text())
                .isEmpty();
        assertThat(arrived()).isEqualTo(FILES + 1);
    }

    @Test
    void nextcloudcmdGoesOn() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/nextcloudcmd")),
                "nextcloudcmd is not installed (Debian: apt install nextcloud-desktop-cmd)");
        Path top = folder.resolve("here");
        killedWhileItRuns(nextcloud(top));

        Said again = run(folder, "", nextcloud(top));
        assertThat(again.code()).as(end(again)).isZero();
        Path there = Files.createDirectory(folder.resolve("there"));
        Said down = run(folder, "", nextcloud(there));
        assertThat(down.code()).as(end(down)).isZero();

        bothSidesAreTheSame(there.resolve("Mes fichiers/Archives"));
        assertThat(jdbc.sql("SELECT count(*) FROM files.node WHERE name LIKE '%conflicted copy%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private String[] nextcloud(Path computer) {
        return List.of(
                        "/usr/bin/nextcloudcmd",
                        "--non-interactive",
                        "-u",
                        device.address(),
                        "-p",
                        device.password(),
                        computer.toString(),
                        node.url())
                .toArray(String[]::new);
    }

    private static String end(Said said) {
        return said.text().substring(Math.max(0, said.text().length() - 3_000));
    }

    @Test
    void rcloneGoesOn() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/rclone")), "rclone is not installed (Debian: apt install rclone)");
        Rclone rclone = new Rclone(folder, device, node.url() + "/dav/files");
        String archives = "there:Mes fichiers/Archives";
        killedWhileItRuns(rclone.command("sync", "--low-level-retries=1", here.toString(), archives));

        rclone.does("sync", here.toString(), archives);
        Path there = folder.resolve("there");
        rclone.does("sync", archives, there.toString());

        bothSidesAreTheSame(there);
    }
}
