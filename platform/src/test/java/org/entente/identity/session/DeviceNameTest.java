package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceNameTest {

    @Test
    void aNameIsOneLineThatReadsAsItIsWritten() {
        assertThat(DeviceBook.name("poste-12 (Desktop Client - Linux)")).isEqualTo("poste-12 (Desktop Client - Linux)");
        assertThat(DeviceBook.name("Nextcloud\r\nSet-Cookie: x=1\0\u202efdp.exe\u00a0\u2028 fin"))
                .isEqualTo("Nextcloud Set-Cookie: x=1 fdp.exe fin");
        assertThat(DeviceBook.name("\u200b\u202e ")).isEqualTo("?");
        assertThat(DeviceBook.name(null)).isEqualTo("?");
        String long100 = DeviceBook.name("😀".repeat(150));
        assertThat(long100.codePointCount(0, long100.length())).isEqualTo(100);
    }
}
