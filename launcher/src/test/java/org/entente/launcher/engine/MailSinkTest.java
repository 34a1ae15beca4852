package org.entente.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailSinkTest {

    @TempDir
    Path outbox;

    @Test
    void aMessageThatWasSentCanBeReadFromItsFile() throws Exception {
        int port = freePort();
        try (MailSink sink = new MailSink(outbox, port, Clock.systemUTC())) {
            sink.start();
            Properties settings = new Properties();
            settings.put("mail.smtp.host", "127.0.0.1");
            settings.put("mail.smtp.port", Integer.toString(port));
            MimeMessage message = new MimeMessage(Session.getInstance(settings));
            message.setFrom(new InternetAddress("entente@localhost"));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress("nadia@venissieux.example"));
            message.setSubject("Mot de passe oublié", "UTF-8");
            message.setText("Bonjour Nadia, voici le lien.", "UTF-8");

            Transport.send(message);

            await().until(() -> kept().size() == 1);
        }
        MimeMessage read;
        try (var in = Files.newInputStream(kept().getFirst())) {
            read = new MimeMessage(Session.getInstance(new Properties()), in);
        }
        assertThat(read.getSubject()).isEqualTo("Mot de passe oublié");
        assertThat(read.getContent().toString()).contains("voici le lien");
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> all = Files.list(outbox)) {
            return all.filter(file -> file.toString().endsWith(".eml")).toList();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
