package org.entente.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.entente.launcher.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    @TempDir
    Path folder;

    @Test
    void whatWasPutInComesOutForItsOwnerAlone() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data/objects/a"))
                .getParent()
                .getParent();
        Files.writeString(data.resolve("objects/a/é.txt"), "bonjour");
        Path file = folder.resolve("backup.tar.gz");
        try (Archive archive = new Archive(file, data)) {
            archive.addAll(data, path -> !path.equals(data));
        }

        Path target = folder.resolve("restored");
        Archive.unpack(file, target);

        assertThat(target.resolve("objects/a/é.txt")).hasContent("bonjour");
        assertThat(Files.getPosixFilePermissions(target.resolve("objects/a/é.txt")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void anArchiveThatWouldWriteElsewhereIsRefused() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path file = folder.resolve("hostile.tar.gz");
        try (Archive archive = new Archive(file, data)) {
            archive.add(data.resolve("../../elsewhere"), "x".getBytes(StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> Archive.unpack(file, folder.resolve("deep/target")))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("no backup");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void optionsReachThePlatformAsTheyWereTyped() {
        assertThat(Console.json(Map.of("name", "L'\"Entente\"\\\n")))
                .isEqualTo("{\"name\":\"L'\\\"Entente\\\"\\\\\\u000a\"}");
    }
}
