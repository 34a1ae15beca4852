package org.entente.provisioning;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.entente.base.ConsoleCommand;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** {@code certificate-verify --file certificate.pdf}: is it of this territory, unchanged, and what does it certify? */
@Component
class CertificateVerifyCommand implements ConsoleCommand {

    private static final long MOST = 5 * 1024 * 1024;

    private final Certificates certificates;
    private final MessageSource messages;

    CertificateVerifyCommand(Certificates certificates, MessageSource messages) {
        this.certificates = certificates;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "certificate-verify";
    }

    @Override
    public boolean run(Map<String, String> args, PrintWriter out) {
        Locale locale = Locale.forLanguageTag(args.getOrDefault("language", "fr"));
        byte[] content;
        try {
            Path file = Path.of(args.getOrDefault("file", ""));
            if (!Files.isRegularFile(file) || Files.size(file) > MOST) {
                out.println(messages.getMessage("certificate.command.file", new Object[] {file}, locale));
                return false;
            }
            content = Files.readAllBytes(file);
        } catch (IOException | InvalidPathException e) {
            out.println(messages.getMessage("certificate.command.file", new Object[] {args.get("file")}, locale));
            return false;
        }
        Certificates.Checked checked = certificates.check(content);
        out.println(messages.getMessage(
                "certificate.check." + checked.what(), new Object[] {checked.territory(), checked.reason()}, locale));
        if (checked.person() != null) {
            out.println(checked.person() + ", " + checked.capacity());
        }
        return checked.unchanged();
    }
}
