package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Of whom it is believed where a request came from. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "server.address=0.0.0.0")
@Import({TestPostgres.class, BelievedProxiesTest.Mirror.class})
class BelievedProxiesTest {

    @RestController
    static class Mirror {
        @GetMapping("/api/test/from")
        @Needs(Right.PUBLIC)
        String from(HttpServletRequest request) {
            return request.getRemoteAddr();
        }
    }

    @LocalServerPort
    int port;

    @Test
    void aProxyOfThisMachineIsBelieved() {
        assertThat(through("127.0.0.1")).isEqualTo("203.0.113.7");
    }

    @Test
    void aClientOnAPrivateNetworkIsNot() throws Exception {
        InetAddress own = NetworkInterface.networkInterfaces()
                .filter(BelievedProxiesTest::isUp)
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address.getAddress().length == 4 && address.isSiteLocalAddress())
                .findFirst()
                .orElse(null);
        assumeThat(own).as("an address of this machine on a private network").isNotNull();

        assertThat(through(own.getHostAddress())).isEqualTo(own.getHostAddress());
    }

    private static boolean isUp(NetworkInterface one) {
        try {
            return one.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private String through(String address) {
        return RestClient.create("http://" + address + ":" + port)
                .get()
                .uri("/api/test/from")
                .header("X-Forwarded-For", "203.0.113.7")
                .retrieve()
                .body(String.class);
    }
}
