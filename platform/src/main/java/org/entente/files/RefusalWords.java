package org.entente.files;

import java.util.Locale;
import org.entente.base.Refusal;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** A refusal in words, where it is one of several results rather than the whole answer. */
@Component
class RefusalWords {

    private final MessageSource messages;

    RefusalWords(MessageSource messages) {
        this.messages = messages;
    }

    String of(Refusal refusal, Locale locale) {
        String text =
                messages.getMessage("refusal." + refusal.code(), refusal.args().toArray(), refusal.code(), locale);
        return text == null ? refusal.code() : text;
    }
}
