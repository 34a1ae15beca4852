package org.entente.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An admin of a town may not have the platform knock at doors of the operator's own network. */
class ReachTest {

    private final Reach open = new Reach(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "localhost",
                "0.0.0.0",
                "10.1.2.3",
                "172.20.0.1",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "192.0.0.192",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "[::1]",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:a9fe:a9fe",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1",
                "2130706433",
                "0x7f000001",
                "127.1"
            })
    void whatIsNotPublicIsRefused(String host) {
        assertThatThrownBy(() -> open.of(host)).isInstanceOf(Refusal.class).hasMessageContaining("reach.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.9.9.9", "193.51.193.149", "2001:660:3003:2::4:20", "[2a00:1450::1]"})
    void whatIsPublicIsReached(String host) {
        assertThat(open.of(host)).hasSize(1);
    }

    @Test
    void theOperatorAllowsNetworksAndNames() {
        Reach some = new Reach(List.of("10.12.0.0/16", " LOCALHOST ", "fd12::/16", "127.0.0.4/30"));

        assertThat(some.of("10.12.255.1")).isNotEmpty();
        assertThat(some.of("localhost")).allMatch(InetAddress::isLoopbackAddress);
        assertThat(some.of("fd12::1")).isNotEmpty();
        assertThat(some.of("127.0.0.7")).isNotEmpty();
        assertThatThrownBy(() -> some.of("10.13.0.1")).hasMessageContaining("reach.refused");
        assertThatThrownBy(() -> some.of("127.0.0.8")).hasMessageContaining("reach.refused");
    }

    @Test
    void aNameNobodyKnowsAndWhatIsNoNameAreToldApart() {
        assertThatThrownBy(() -> open.of("nowhere.invalid")).hasMessageContaining("reach.unknown");
        for (String hostile : List.of("", "a b", "a\r\nb", "http://x", "a/../b", "x\u0000y", "é.example", "-", "::x")) {
            assertThatThrownBy(() -> open.of(hostile)).hasMessageContaining("reach.name");
        }
    }

    @Test
    void aSettingThatIsNoNetworkStopsTheStart() {
        for (String wrong : List.of("10.0.0.0/33", "x/8", "10.0.0/8/8", "::/129", "/8")) {
            assertThatThrownBy(() -> new Reach(List.of(wrong))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
