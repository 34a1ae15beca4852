package org.entente.launcher.command;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.launcher.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows the mail that this machine kept because it knows no mail server. */
@Command(
        name = "mails",
        description = "Lists the mail kept on this machine, newest first; with a number, shows that message.",
        mixinStandardHelpOptions = true)
final class Mails implements Callable<Integer> {

    private static final int MOST_LISTED = 50;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Entente entente;

    @Parameters(arity = "0..1", paramLabel = "NUMBER", description = "1 is the newest")
    private int number;

    @Override
    public Integer call() throws Exception {
        List<Path> kept = kept(entente.place().data().outbox());
        if (kept.isEmpty()) {
            entente.terminal().say("No mail was kept.");
            return 0;
        }
        if (number != 0) {
            show(kept);
            return 0;
        }
        for (int i = 0; i < Math.min(kept.size(), MOST_LISTED); i++) {
            MimeMessage mail = read(kept.get(i));
            entente.terminal()
                    .say(String.format("%3d  %s  %-32s %s", i + 1, stamp(kept.get(i)), to(mail), mail.getSubject()));
        }
        entente.terminal().say("Show one: ./entente mails 1");
        return 0;
    }

    private void show(List<Path> kept) throws IOException, MessagingException {
        if (number < 1 || number > kept.size()) {
            throw new Trouble("There are messages 1 to " + kept.size() + ".");
        }
        Path file = kept.get(number - 1);
        MimeMessage mail = read(file);
        Terminal terminal = entente.terminal();
        terminal.say("File:    " + file);
        terminal.say("To:      " + to(mail));
        terminal.say("Subject: " + mail.getSubject());
        terminal.say("");
        terminal.say(text(mail).strip());
    }

    private static List<Path> kept(Path outbox) throws IOException {
        if (!Files.isDirectory(outbox)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(outbox)) {
            return all.filter(file -> file.toString().endsWith(".eml"))
                    .sorted(Comparator.comparing(Mails::modified).reversed().thenComparing(Path::toString))
                    .toList();
        }
    }

    private static java.nio.file.attribute.FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return java.nio.file.attribute.FileTime.fromMillis(0);
        }
    }

    private static MimeMessage read(Path file) throws IOException, MessagingException {
        try (InputStream in = Files.newInputStream(file)) {
            return new MimeMessage(Session.getInstance(new Properties()), in);
        }
    }

    private static String to(MimeMessage mail) throws MessagingException {
        return mail.getAllRecipients() == null
                ? ""
                : Arrays.stream(mail.getAllRecipients())
                        .map(address ->
                                address instanceof InternetAddress internet ? internet.getAddress() : address + "")
                        .collect(Collectors.joining(", "));
    }

    private static String stamp(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.replaceFirst("(\\d{4})(\\d\\d)(\\d\\d)-(\\d\\d)(\\d\\d)(\\d\\d).*", "$1-$2-$3 $4:$5:$6 UTC");
    }

    /** The plain text of it, or its page without tags. */
    private static String text(Part part) throws IOException, MessagingException {
        if (part.isMimeType("text/plain")) {
            return String.valueOf(part.getContent());
        }
        if (part.isMimeType("text/html")) {
            return String.valueOf(part.getContent())
                    .replaceAll("(?i)<a [^>]*href=\"([^\"]*)\"[^>]*>(.*?)</a>", "$2 <$1>")
                    .replaceAll("(?i)<(br|/p|/div|/tr)[^>]*>", "\n")
                    .replaceAll("<(?!https?:)[a-zA-Z/!][^>]*>", "")
                    .replace("&amp;", "&");
        }
        if (part.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart inner = multipart.getBodyPart(i);
                String found = text(inner);
                if (!found.isBlank()) {
                    return found;
                }
            }
        }
        return "";
    }
}
