package org.entente.storage;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.entente.base.ConsoleCommand;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** {@code storage-new-keys}: what is kept from now on is enciphered with keys made anew. */
@Component
class NewKeysCommand implements ConsoleCommand {

    private final KeyRing keys;
    private final MessageSource messages;

    NewKeysCommand(KeyRing keys, MessageSource messages) {
        this.keys = keys;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "storage-new-keys";
    }

    @Override
    public boolean run(Map<String, String> args, PrintWriter out) {
        Locale locale = Locale.forLanguageTag(args.getOrDefault("language", "fr"));
        out.println(messages.getMessage("storage.new-keys", new Object[] {keys.renew()}, locale));
        return true;
    }
}
