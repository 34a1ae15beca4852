package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.entente.base.Refusal;
import org.entente.directory.PersonId;
import org.entente.identity.SignInPeople.Person;
import org.entente.launcher.engine.MailSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** The way in for somebody who is invited, by mail: to their own address, and to nobody else's. */
class FirstSignInMailTest extends KeycloakTest {

    @Autowired
    KeycloakCalls keycloak;

    @Autowired
    KeycloakSettings settings;

    @TempDir
    Path box;

    MailSink sink;

    @BeforeEach
    void aMailServer() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        sink = new MailSink(box, port, Clock.systemUTC());
        sink.start();
        sendBy("127.0.0.1", port);
    }

    @AfterEach
    void theMailServerIsAsItWas() {
        sendBy(settings.smtp().host(), settings.smtp().port());
        sink.close();
    }

    private void sendBy(String host, int port) {
        keycloak.call(rest -> rest.put()
                .uri("")
                .body(Map.of(
                        "smtpServer",
                        Map.of(
                                "host",
                                host,
                                "port",
                                Integer.toString(port),
                                "from",
                                settings.smtp().from())))
                .retrieve()
                .toBodilessEntity());
    }

    @Test
    void theLinkThatIsSentLetsThePersonChooseAPassword() throws IOException {
        Person nadia = newcomer(mayor());
        people.write(List.of(nadia));

        accounts.mailFirstSignInLink(new PersonId(nadia.person()), Duration.ofDays(7));

        String mail;
        try (Stream<Path> mails = Files.list(box)) {
            mail = Files.readString(mails.findFirst().orElseThrow());
        }
        assertThat(mail).contains("To: " + nadia.email());
        Matcher link = Pattern.compile("http[^\"\\s<]*action-token[^\"\\s<]*")
                .matcher(mail.replace("=\r\n", "")
                        .replace("=\n", "")
                        .replace("=3D", "=")
                        .replace("&amp;", "&"));
        assertThat(link.find()).as(mail).isTrue();
        assertThat(new Browser().open(link.group()).title()).isEqualTo("Bienvenue");
    }

    @Test
    void nobodyIsWrittenToWhoHasNoAccountYet() {
        assertThatThrownBy(() -> accounts.mailFirstSignInLink(new PersonId(UUID.randomUUID()), Duration.ofDays(7)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
        assertThat(box.toFile().list()).isEmpty();
    }

    @Test
    void aMailServerThatIsAwayIsSaidSoThatItIsTriedAgain() {
        Person nadia = newcomer(mayor());
        people.write(List.of(nadia));
        sink.close();

        assertThatThrownBy(() -> accounts.mailFirstSignInLink(new PersonId(nadia.person()), Duration.ofDays(7)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
    }
}
