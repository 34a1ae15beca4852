package org.entente.sources.proconnect;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says to admins why somebody was not let in. */
@Component
class RefusedWords {

    private static final String KEY = "source.refused.";

    private final MessageSource messages;

    RefusedWords(MessageSource messages) {
        this.messages = messages;
    }

    PartnersController.RefusedArrival of(PartnerRefusals.Row row, Locale locale) {
        return new PartnersController.RefusedArrival(
                row.at(),
                row.member(),
                row.address(),
                row.siret(),
                row.times(),
                messages.getMessage("proconnect.refused." + row.reason(), null, locale),
                row.conflict());
    }

    /** Of the sign-in engine's own reasons. */
    String engine(String reason, Locale locale) {
        String known = messages.getMessage(KEY + reason, null, "", locale);
        return known == null || known.isEmpty() ? messages.getMessage(KEY + "other", null, locale) : known;
    }
}
