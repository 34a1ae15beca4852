package org.entente.storage;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.entente.base.ConsoleCommand;
import org.entente.base.Refusal;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** {@code storage-verify}: says whether all that is kept is there, and what is in the store that should not be. */
@Component
class StorageVerifyCommand implements ConsoleCommand {

    private final StorageVerifier verifier;
    private final MessageSource messages;

    StorageVerifyCommand(StorageVerifier verifier, MessageSource messages) {
        this.verifier = verifier;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "storage-verify";
    }

    @Override
    public boolean run(Map<String, String> args, PrintWriter out) {
        Locale locale = Locale.forLanguageTag(args.getOrDefault("language", "fr"));
        boolean removed = args.containsKey("remove-strays");
        StorageVerifier.Report report;
        try {
            report = verifier.verify(args.containsKey("deep"), removed);
        } catch (Refusal down) {
            out.println(
                    messages.getMessage("refusal." + down.code(), down.args().toArray(), locale));
            return false;
        }
        report.findings.forEach(finding -> out.println("- "
                + messages.getMessage("storage.finding." + finding.code(), new Object[] {finding.what()}, locale)));
        long more = report.wrong + report.strays - report.findings.size();
        if (more > 0) {
            out.println(messages.getMessage("storage.finding.more", new Object[] {more}, locale));
        }
        out.println(messages.getMessage(
                report.wrong == 0 ? "storage.whole" : "storage.not-whole",
                new Object[] {report.chunks, report.wrong, report.strays},
                locale));
        if (report.strays > 0) {
            out.println(messages.getMessage(removed ? "storage.strays-removed" : "storage.strays", null, locale));
        }
        return report.wrong == 0;
    }
}
