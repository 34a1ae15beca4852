package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test suite that servers of WebDAV are measured by (Debian: litmus), each of its parts whole. */
class LitmusTest extends DavTown {

    @ParameterizedTest
    @ValueSource(strings = {"basic", "copymove", "props", "locks", "http"})
    void nothingFails(String suite, @TempDir Path folder) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/litmus")), "litmus is not installed (Debian: apt install litmus)");
        Device device = agent("Lise");

        Said said = run(
                folder,
                "",
                "/usr/bin/env",
                "TESTS=" + suite,
                "/usr/bin/litmus",
                uri(MINE + "/").toString(),
                device.address(),
                device.password());

        assertThat(said.text())
                .contains("summary for `" + suite + "'")
                .doesNotContain("FAIL")
                .doesNotContain("WARNING");
        assertThat(said.code()).as(said.text()).isZero();
    }
}
