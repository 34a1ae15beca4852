package org.entente.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedTest {

    @TempDir
    Path data;

    @Test
    void whatIsSealedOpensAgainAlsoOnAnotherNodeWithTheSameSecret() {
        byte[] sealed = new Sealed(new PlatformSecret("a secret", data)).seal("Pâte à crêpes\u0000");

        assertThat(new Sealed(new PlatformSecret("a secret", data.resolve("elsewhere"))).open(sealed))
                .isEqualTo("Pâte à crêpes\u0000");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("crêpes");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void withoutASecretOneIsMadeThatOnlyThePlatformReads() throws Exception {
        byte[] sealed = new Sealed(new PlatformSecret("", data)).seal("x");

        Path file = data.resolve("certificate.secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(data).isDirectoryContaining(p -> p.equals(file)).isDirectoryNotContaining(p -> !p.equals(file));
        assertThat(new Sealed(new PlatformSecret("", data)).open(sealed)).isEqualTo("x");
    }

    @Test
    void theSameTextIsNeverSealedTheSameTwice() {
        Sealed sealed = new Sealed(new PlatformSecret("a secret", data));
        assertThat(sealed.seal("x")).isNotEqualTo(sealed.seal("x"));
    }

    @Test
    void whatWasTouchedOrSealedElsewhereDoesNotOpen() {
        Sealed sealed = new Sealed(new PlatformSecret("a secret", data));
        byte[] touched = sealed.seal("x");
        touched[touched.length - 1] ^= 1;

        assertThatThrownBy(() -> sealed.open(touched)).hasMessageContaining("sealed.closed");
        assertThatThrownBy(() -> sealed.open(new byte[3])).hasMessageContaining("sealed.closed");
        assertThatThrownBy(() -> new Sealed(new PlatformSecret("another", data)).open(sealed.seal("x")))
                .hasMessageContaining("sealed.closed");
    }
}
