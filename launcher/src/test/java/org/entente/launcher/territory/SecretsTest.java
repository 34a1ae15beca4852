package org.entente.launcher.territory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.entente.launcher.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void secretsAreDrawnOnceAndReadByTheirOwnerOnly() throws Exception {
        Path file = folder.resolve("secrets.properties");

        String drawn = Secrets.keep(file).get(Secrets.Name.CONSOLE);

        assertThat(drawn).hasSizeGreaterThanOrEqualTo(32);
        assertThat(Secrets.keep(file).get(Secrets.Name.CONSOLE)).isEqualTo(drawn);
        assertThat(Secrets.read(file).get(Secrets.Name.CONSOLE)).isEqualTo(drawn);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void noSecretIsThatOfAnotherTerritory() throws Exception {
        assertThat(Secrets.keep(folder.resolve("a")).get(Secrets.Name.POSTGRESQL))
                .isNotEqualTo(Secrets.keep(folder.resolve("b")).get(Secrets.Name.POSTGRESQL));
    }

    @Test
    void withoutAFirstStartThereIsNothingToRead() {
        assertThatThrownBy(() -> Secrets.read(folder.resolve("none")))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("./entente up");
    }
}
