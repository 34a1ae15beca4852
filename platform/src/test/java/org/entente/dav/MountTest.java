package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as a part of the file system (Debian: davfs2), and a file larger than what fits in 31 bits. */
class MountTest extends DavTown {

    private static final Path MOUNT = Path.of("/usr/sbin/mount.davfs");

    @TempDir
    Path folder;

    @Test
    void davfs2MountsThemAsADrive() throws Exception {
        assumeTrue(Files.isExecutable(MOUNT), "davfs2 is not installed (Debian: apt install davfs2)");
        assumeTrue(
                Files.isWritable(Path.of("/dev/fuse")) && "root".equals(System.getProperty("user.name")),
                "Mounting takes FUSE and root");
        Device device = agent("Monique");
        put(device, MINE + "/lettre.txt", "Bonjour");
        Path drive = Files.createDirectory(folder.resolve("drive"));
        mount(device, drive);
        try {
            Path mine = drive.resolve("Mes fichiers");
            assertThat(Files.readString(mine.resolve("lettre.txt"))).isEqualTo("Bonjour");
            Path made = Files.createDirectory(mine.resolve("Été"));
            byte[] bytes = new byte[3_000_000];
            new Random(9).nextBytes(bytes);
            Files.write(made.resolve("plan.bin"), bytes);
            Files.writeString(made.resolve("note.txt"), "un");
            Files.writeString(made.resolve("note.txt"), "deux, plus long");
            Files.move(mine.resolve("lettre.txt"), made.resolve("lettre déplacée.txt"));
            Files.writeString(made.resolve("à jeter.txt"), "x");
            Files.delete(made.resolve("à jeter.txt"));
        } finally {
            unmount(drive); // which writes what it still holds
        }

        String there = MINE + "/" + DavPath.encoded("Été");
        assertThat(get(device, there + "/note.txt")).isEqualTo("deux, plus long");
        assertThat(get(device, there + "/" + DavPath.encoded("lettre déplacée.txt")))
                .isEqualTo("Bonjour");
        assertThat(send(device, "HEAD", there + "/plan.bin", "").headers().firstValueAsLong("Content-Length"))
                .hasValue(3_000_000);
        assertThat(status(device, "GET", there + "/" + DavPath.encoded("à jeter.txt"), ""))
                .isEqualTo(404);
        assertThat(status(device, "GET", MINE + "/lettre.txt", "")).isEqualTo(404);
        // It locks what it writes, and leaves no lock behind.
        assertThat(status(device, "DELETE", there, "")).isEqualTo(204);
    }

    private void mount(Device device, Path drive) throws Exception {
        Path secrets = folder.resolve("secrets");
        Files.writeString(secrets, "\"%s\" \"%s\" \"%s\"\n".formatted(drive, device.address(), device.password()));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        Path config = folder.resolve("davfs2.conf");
        Files.writeString(config, """
                secrets %s
                ask_auth 0
                use_locks 1
                delay_upload 0
                n_cookies 0
                """.formatted(secrets));
        Said said = run(
                folder,
                "",
                "/usr/bin/mount",
                "-t",
                "davfs",
                "-o",
                "conf=" + config + ",uid=0,gid=0",
                uri("/dav/files/").toString(),
                drive.toString());
        assertThat(said.code()).as(said.text()).isZero();
    }

    private void unmount(Path drive) throws Exception {
        Said said = run(folder, "", "/usr/bin/umount", drive.toString());
        if (said.code() != 0) {
            run(folder, "", "/usr/bin/umount", "-l", drive.toString());
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> !Files.readString(Path.of("/proc/mounts")).contains(drive.toString()));
        assertThat(said.code()).as(said.text()).isZero();
    }

    @Test
    void rcloneBringsAFileOfMoreThanTwoGigabytes() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(Rclone.PROGRAM)), "rclone is not installed (Debian: apt install rclone)");
        assumeTrue(folder.toFile().getUsableSpace() > 8L << 30, "Two gigabytes are kept twice");
        Device device = agent("Rose");
        long size = (2L << 30) + 12_345;
        Path film = folder.resolve("film.bin");
        try (RandomAccessFile file = new RandomAccessFile(film.toFile(), "rw")) {
            file.setLength(size);
            for (long at : new long[] {0, (1L << 31) - 5, size - 10}) {
                file.seek(at);
                file.write("Entente\n!!".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
        }
        Rclone rclone = new Rclone(folder, device, uri("/dav/files").toString());

        rclone.does("copy", "--timeout=10m", film.toString(), "there:Mes fichiers/Grand");

        String address = MINE + "/Grand/film.bin";
        assertThat(send(device, "HEAD", address, "").headers().firstValueAsLong("Content-Length"))
                .hasValue(size);
        String sum =
                run(folder, "", "/usr/bin/sha256sum", film.toString()).text().split(" ")[0];
        assertThat(send(device, "HEAD", address, "").headers().firstValue("OC-Checksum"))
                .hasValue("SHA256:" + sum);
        assertThat(send(device, "GET", address, "", "Range", "bytes=" + ((1L << 31) - 5) + "-" + ((1L << 31) + 4))
                        .body())
                .isEqualTo("Entente\n!!");
        assertThat(send(device, "GET", address, "", "Range", "bytes=-10").body())
                .isEqualTo("Entente\n!!");
        assertThat(status(device, "DELETE", address, "")).isEqualTo(204);
    }
}
