package org.entente.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** The real server reads proxies' headers before we see a request, which no mock does. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "entente.console.token=a-secret-of-the-console")
@Import(TestPostgres.class)
class ConsoleOverTheWireTest {

    @LocalServerPort
    int port;

    @Test
    void theConsoleOpensToThisMachineWithItsSecret() {
        String answer = call("Bearer a-secret-of-the-console").retrieve().body(String.class);

        assertThat(answer).endsWith("exit: 0\n");
    }

    @Test
    void aRequestThatCameThroughAProxyIsRefused() {
        int status = call("Bearer a-secret-of-the-console")
                .header("X-Forwarded-For", "203.0.113.7")
                .exchange((request, response) -> response.getStatusCode().value());

        assertThat(status).isEqualTo(401);
    }

    private RestClient.RequestBodySpec call(String authorization) {
        return RestClient.create("http://127.0.0.1:" + port)
                .post()
                .uri("/console/audit-verify")
                .header("Authorization", authorization)
                .contentType(MediaType.APPLICATION_JSON)
                .body("{}");
    }
}
