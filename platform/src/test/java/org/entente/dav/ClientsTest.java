package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that people have, against the platform as it listens. */
class ClientsTest extends DavTown {

    private static final String CADAVER = "/usr/bin/cadaver";

    @TempDir
    Path folder;

    @Test
    void rcloneBringsTwoThousandFilesUpAndDownAndFindsThemTheSame() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(Rclone.PROGRAM)), "rclone is not installed (Debian: apt install rclone)");
        Device device = agent("Rémi");
        Path here = Files.createDirectory(folder.resolve("here"));
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            Path in = Files.createDirectories(here.resolve("Dossier n°" + i % 40));
            byte[] bytes = new byte[random.nextInt(3_000)];
            random.nextBytes(bytes);
            Files.write(in.resolve("pièce & annexe " + i + " #1 100%.bin"), bytes);
        }
        String there = "there:Mes fichiers/archives";
        Rclone rclone = new Rclone(folder, device, uri("/dav/files").toString());

        rclone.does("sync", "--transfers=8", "--checkers=8", here.toString(), there);
        rclone.does("check", "--download", "--checkers=8", here.toString(), there);
        Path back = folder.resolve("back");
        rclone.does("sync", "--transfers=8", there, back.toString());
        assertThat(run(folder, "", "/usr/bin/diff", "-r", here.toString(), back.toString())
                        .text())
                .isEmpty();

        // What is renamed, changed and deleted at one end is so at the other.
        Path some = here.resolve("Dossier n°3");
        Files.move(some, here.resolve("Dossier n°3 (renommé)"));
        Files.writeString(here.resolve("Dossier n°4/pièce & annexe 4 #1 100%.bin"), "changé");
        remove(here.resolve("Dossier n°5"));
        rclone.does("sync", "--checksum", here.toString(), there);
        rclone.does("sync", there, back.toString());
        assertThat(run(folder, "", "/usr/bin/diff", "-r", here.toString(), back.toString())
                        .text())
                .isEmpty();
    }

    private static void remove(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    @Test
    void cadaverWalksPutsLocksMovesAndDeletes() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(CADAVER)), "cadaver is not installed (Debian: apt install cadaver)");
        Device device = agent("Chantal");
        Files.writeString(
                folder.resolve(".netrc"),
                "machine 127.0.0.1 login " + device.address() + " password " + device.password() + "\n");
        Files.setPosixFilePermissions(
                folder.resolve(".netrc"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("note.txt"), "Bonjour");

        Said said = run(folder, """
                mkcol budget
                cd budget
                put note.txt
                lock note.txt
                discover note.txt
                put note.txt
                unlock note.txt
                copy note.txt copie.txt
                move copie.txt deplacee.txt
                propset note.txt couleur bleu
                propget note.txt couleur
                get deplacee.txt rapportee.txt
                delete note.txt
                ls
                quit
                """, CADAVER, uri(MINE + "/").toString());

        assertThat(said.text())
                .contains("deplacee.txt")
                .contains("bleu")
                .doesNotContain("failed")
                .doesNotContain("Could not");
        assertThat(Files.readString(folder.resolve("rapportee.txt"))).isEqualTo("Bonjour");
        assertThat(status(device, "GET", MINE + "/budget/note.txt", "")).isEqualTo(404);
        assertThat(get(device, MINE + "/budget/deplacee.txt")).isEqualTo("Bonjour");
    }

    @Test
    void namesAreTheSameHoweverASystemComposesThem() throws Exception {
        Device device = agent("Éléonore");
        String composed = "Été à Noël.txt";
        String apart = Normalizer.normalize(composed, Normalizer.Form.NFD);

        put(device, MINE + "/" + DavPath.encoded(apart), "un");
        put(device, MINE + "/" + DavPath.encoded(composed), "deux");

        assertThat(get(device, MINE + "/" + DavPath.encoded(apart))).isEqualTo("deux");
        assertThat(send(device, "PROPFIND", MINE + "/", "", "Depth", "1").body())
                .containsOnlyOnce(DavPath.encoded(composed))
                .doesNotContain(DavPath.encoded(apart));
    }
}
