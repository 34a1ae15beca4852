package org.entente.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeycloakDistributionTest {

    @TempDir
    Path home;

    @Test
    void aCopyOfOneThatWasBuiltIsBuiltAnew() throws IOException {
        Path provider = Files.createDirectories(home.resolve("providers")).resolve("entente.jar");
        Files.writeString(provider, "classes");
        assertThat(KeycloakDistribution.isWhole(home)).isFalse();

        KeycloakDistribution.seal(home);
        assertThat(KeycloakDistribution.isWhole(home)).isTrue();

        // As `cp -r` leaves it.
        Files.setLastModifiedTime(provider, FileTime.fromMillis(1_000));
        assertThat(KeycloakDistribution.isWhole(home)).isFalse();
    }
}
