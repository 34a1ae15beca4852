package org.entente.catalog;

import java.util.Locale;

/** A text a descriptor gives in both languages of the platform, to be shown in the reader's. */
public record Words(String fr, String en) {

    public String in(Locale locale) {
        return locale.getLanguage().equals("en") ? en : fr;
    }
}
