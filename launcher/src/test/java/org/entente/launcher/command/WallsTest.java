package org.entente.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** What doctor says of walls is what the kernel does. */
class WallsTest {

    @Test
    void whatIsTriedHasNeitherANetworkNorOtherProcessesAndItsFailureIsSeen() throws Exception {
        assumeTrue(Walls.possible(), "this machine allows no namespaces");

        assertThat(Walls.possible("! grep -vE 'lo:|[|]' /proc/net/dev")).isTrue();
        assertThat(Walls.possible("[ -e /proc/1 ] && [ ! -e /proc/"
                        + ProcessHandle.current().pid() + "/root ]"))
                .isTrue();
        assertThat(Walls.possible("grep -q nothing-of-the-kind /proc/net/dev")).isFalse();
    }
}
