package org.entente.identity.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** How much strangers can make the platform take in, over the wire, where addresses and bodies are as they are sent. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "entente.console.token=a-secret-of-the-console")
@Import(TestPostgres.class)
class BodyLimitTest {

    private static final int LARGE = 1024 * 1024 + 1;
    private static final int PATIENCE = 30_000;

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/audit-verify",
                "/c%6Fnsole/audit-verify",
                "/%73cim/v2/216900696/Bulk",
                "/scim/v2/216900696/Users",
                "/%65ngine/directory-passwords",
                "/%61pi/me",
                "/%6C/secret/password",
                "/login/oauth2/code/keycloak",
                "/anything"
            })
    void whateverTheAddressALargeBodyIsRefusedUnread(String path) throws Exception {
        assertThat(answer("POST", path, "Content-Type: application/json\r\nContent-Length: " + LARGE))
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/audit-verify",
                "/c%6Fnsole/audit-verify",
                "/scim/v2/216900696/Bulk",
                "/%73cim/v2/216900696/Bulk",
                "/scim/v2/216900696/Users",
                "/scim/v2/216900696/Groups",
                "/engine/directory-passwords",
                "/%65ngine/directory-passwords"
            })
    void whoHasNoTokenIsRefusedBeforeAnythingIsRead(String path) throws Exception {
        assertThat(answer("POST", path, "Content-Type: application/json\r\nContent-Length: 1000000"))
                .isEqualTo(401);
        assertThat(answer(
                        "POST",
                        path,
                        "Authorization: Bearer wrong\r\nContent-Type: application/json\r\nContent-Length: 1000000"))
                .isEqualTo(401);
    }

    @Test
    void aBodyOfUntoldLengthIsReadToTheBoundOnly() throws Exception {
        try (Socket line = line(
                "POST",
                "/console/audit-verify",
                "Authorization: Bearer a-secret-of-the-console\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked")) {
            OutputStream out = line.getOutputStream();
            byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(US_ASCII);
            for (int sent = 0; sent <= LARGE; sent += 0x10000) {
                out.write(chunk);
            }
            out.flush();

            assertThat(status(line)).isEqualTo(413);
        }
    }

    @Test
    void aFormWithFilesIsNotLookedIntoBeforeItIsKnownWhoSendsIt() throws Exception {
        String form = "Content-Type: Multipart/Form-Data; boundary=x\r\n";

        assertThat(answer("POST", "/logout/connect/back-channel/keycloak", form + "Transfer-Encoding: chunked"))
                .isEqualTo(413);
        assertThat(answer("POST", "/%61pi/certificates/verify", form + "Transfer-Encoding: chunked"))
                .isEqualTo(413);
        assertThat(answer("PUT", "/api/me", form + "Transfer-Encoding: chunked"))
                .isEqualTo(413);
        assertThat(answer("POST", "/api/members/0/imports", form + "Content-Length: 60000000"))
                .as("no token against forged requests")
                .isEqualTo(403);
    }

    @Test
    void aFormSentToBeReadAsParametersIsNotReadBeforeItsBound() throws Exception {
        assertThat(answer(
                        "PUT",
                        "/api/me",
                        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 200000000"))
                .isEqualTo(413);
    }

    /** What is answered to somebody who says that a body comes, and sends none of it. */
    private int answer(String method, String path, String headers) throws IOException {
        try (Socket line = line(method, path, headers)) {
            return status(line);
        }
    }

    private Socket line(String method, String path, String headers) throws IOException {
        Socket line = new Socket("127.0.0.1", port);
        line.setSoTimeout(PATIENCE);
        line.getOutputStream()
                .write((method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n\r\n")
                        .getBytes(US_ASCII));
        return line;
    }

    private static int status(Socket line) throws IOException {
        String said = new BufferedReader(new InputStreamReader(line.getInputStream(), US_ASCII)).readLine();
        return Integer.parseInt(said.split(" ")[1]);
    }
}
