package org.entente.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.ConsoleCommand;
import org.entente.base.Refusal;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the {@code entente} command of the operator's engineer speaks to the running platform. The one endpoint that knows no session: it
 * answers over loopback only, to whoever knows the console's secret, and is closed when there is none ({@link ConsoleDoor}).
 */
@RestController
class ConsoleController {

    private static final Logger log = LoggerFactory.getLogger(ConsoleController.class);

    private final Map<String, ConsoleCommand> commands = new TreeMap<>();
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final MessageSource messages;

    ConsoleController(
            List<ConsoleCommand> commands, Ledger ledger, TransactionTemplate transaction, MessageSource messages) {
        commands.forEach(command -> this.commands.put(command.name(), command));
        this.ledger = ledger;
        this.transaction = transaction;
        this.messages = messages;
    }

    @PostMapping("/console/{name}")
    @Needs(Right.PUBLIC)
    void run(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable Map<String, @Nullable Object> options,
            HttpServletResponse response)
            throws IOException {
        Map<String, String> args = new LinkedHashMap<>();
        if (options != null) {
            options.forEach((key, value) -> args.put(key, value == null ? "" : value.toString()));
        }
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding(UTF_8);
        PrintWriter out = new PrintWriter(new OutputStreamWriter(response.getOutputStream(), UTF_8), true);
        boolean good = run(name, args, out, Locale.forLanguageTag(args.getOrDefault("language", "fr")));
        out.println("exit: " + (good ? 0 : 1));
    }

    private boolean run(String name, Map<String, String> args, PrintWriter out, Locale locale) {
        ConsoleCommand command = commands.get(name);
        if (command == null) {
            out.println(text(locale, "console.unknown", name));
            commands.keySet().forEach(known -> out.println("  " + known));
            return false;
        }
        // The names of options only: their values may be secrets.
        transaction.executeWithoutResult(status -> ledger.record(new Entry(
                Author.system("console"),
                "console.used",
                null,
                "command",
                name,
                name,
                Map.of(),
                Map.of("options", List.copyOf(args.keySet())))));
        try {
            return command.run(args, out);
        } catch (Refusal refusal) {
            out.println(text(locale, "refusal." + refusal.code(), refusal.args().toArray()));
            return false;
        } catch (RuntimeException failure) {
            String reference = UUID.randomUUID().toString().substring(0, 8);
            log.error("Console command {} failed, reference {}", name, reference, failure);
            out.println(text(locale, "console.failed", reference));
            return false;
        }
    }

    private String text(Locale locale, String key, Object... args) {
        return String.valueOf(messages.getMessage(key, args, key, locale));
    }
}
