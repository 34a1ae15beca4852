package org.entente.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedTest {

    @TempDir
    Path data;

    @Test
    void whatIsSealedOpensAgainAlsoOnAnotherNodeWithTheSameSecret() {
        byte[] sealed = new Sealed(new PlatformSecret("a secret", data)).seal("test", "Pâte à crêpes\u0000");

        assertThat(new Sealed(new PlatformSecret("a secret", data.resolve("elsewhere"))).open("test", sealed))
                .isEqualTo("Pâte à crêpes\u0000");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("crêpes");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void withoutASecretOneIsMadeThatOnlyThePlatformReads() throws Exception {
        byte[] sealed = new Sealed(new PlatformSecret("", data)).seal("test", "x");

        Path file = data.resolve("certificate.secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(data).isDirectoryContaining(p -> p.equals(file)).isDirectoryNotContaining(p -> !p.equals(file));
        assertThat(new Sealed(new PlatformSecret("", data)).open("test", sealed))
                .isEqualTo("x");
    }

    @Test
    void bytesThatAreNoTextOpenAsTheyWere() {
        byte[] bytes = {0, (byte) 0xff, (byte) 0xc3, 0x28, 13, 10};
        Sealed sealed = new Sealed(new PlatformSecret("a secret", data));

        byte[] closed = sealed.seal("test", bytes);

        assertThat(sealed.openBytes("test", closed)).isEqualTo(bytes);
        assertThatThrownBy(() -> sealed.openBytes("other", closed)).isInstanceOf(Refusal.class);
    }

    @Test
    void theSameTextIsNeverSealedTheSameTwice() {
        Sealed sealed = new Sealed(new PlatformSecret("a secret", data));
        assertThat(sealed.seal("test", "x")).isNotEqualTo(sealed.seal("test", "x"));
    }

    @Test
    void whatWasTouchedOrSealedElsewhereDoesNotOpen() {
        Sealed sealed = new Sealed(new PlatformSecret("a secret", data));
        byte[] touched = sealed.seal("test", "x");
        touched[touched.length - 1] ^= 1;

        assertThatThrownBy(() -> sealed.open("test", touched)).hasMessageContaining("sealed.closed");
        assertThatThrownBy(() -> sealed.open("test", new byte[3])).hasMessageContaining("sealed.closed");
        assertThatThrownBy(() -> new Sealed(new PlatformSecret("another", data)).open("test", sealed.seal("test", "x")))
                .hasMessageContaining("sealed.closed");
    }

    @Test
    void whatIsSealedForOneThingIsNotTakenForAnother() {
        Sealed sealed = new Sealed(new PlatformSecret("a secret", data));

        assertThatThrownBy(() -> sealed.open("link", sealed.seal("password", "x")))
                .hasMessageContaining("sealed.closed");
        assertThat(sealed.openStrictly("link", sealed.seal("link", "x"))).isEqualTo("x");
    }

    @Test
    void whatWasSealedBeforePurposesWereToldStillOpensButNotFromOutside() {
        Sealed sealed = new Sealed(new PlatformSecret("a secret", data));
        // "Pâte à crêpes", by the version before
        byte[] old = HexFormat.of()
                .parseHex("01030a11181f262d343b4249500010ec9fe6b4650823f65e891d1ef3785be1016b67046964527b74c177db81d3");

        assertThat(sealed.open("anything", old)).isEqualTo("Pâte à crêpes");
        assertThatThrownBy(() -> sealed.openStrictly("anything", old)).hasMessageContaining("sealed.closed");
    }
}
