package org.entente.audit;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.entente.base.ConsoleCommand;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** {@code audit-verify}: says whether the ledger is as it was written. */
@Component
class VerifyCommand implements ConsoleCommand {

    private final LedgerVerifier verifier;
    private final MessageSource messages;

    VerifyCommand(LedgerVerifier verifier, MessageSource messages) {
        this.verifier = verifier;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "audit-verify";
    }

    @Override
    public boolean run(Map<String, String> args, PrintWriter out) {
        Locale locale = Locale.forLanguageTag(args.getOrDefault("language", "fr"));
        Verification result = verifier.verify();
        result.findings()
                .forEach(finding ->
                        out.println("- " + text(locale, "ledger.finding." + finding.code(), finding.args())));
        if (result.found() > result.findings().size()) {
            out.println(text(
                    locale,
                    "ledger.finding.more",
                    List.of(result.found() - result.findings().size())));
        }
        out.println(text(
                locale,
                result.intact() ? "ledger.intact" : "ledger.not-intact",
                List.of(
                        result.sealed(),
                        result.waiting(),
                        result.anchors(),
                        result.took().toMillis() / 1000.0,
                        result.found())));
        return result.intact();
    }

    private String text(Locale locale, String key, List<Object> args) {
        return messages.getMessage(key, args.toArray(), locale);
    }
}
