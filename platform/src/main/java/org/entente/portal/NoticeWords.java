package org.entente.portal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.entente.catalog.Catalog;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Puts the facts of a notice into sentences. {@code started} and {@code ended} are capacities, {@code gained} and {@code lost} services;
 * {@code subject}, {@code author} and {@code count} come from the ledger.
 */
@Component
class NoticeWords {

    private static final List<String> PARTS = List.of("started", "ended", "gained", "lost");

    private final Catalog catalog;
    private final MessageSource messages;

    NoticeWords(Catalog catalog, MessageSource messages) {
        this.catalog = catalog;
        this.messages = messages;
    }

    String title(Notices.Kept notice, Locale locale) {
        return text("notice." + notice.kind() + ".title", args(notice, locale), locale);
    }

    String body(Notices.Kept notice, Locale locale) {
        List<String> sentences = new ArrayList<>();
        String own = messages.getMessage("notice." + notice.kind() + ".body", args(notice, locale), null, locale);
        if (own != null) {
            sentences.add(own);
        }
        for (String part : PARTS) {
            String facts = facts(notice.facts(), part, locale);
            if (!facts.isEmpty()) {
                sentences.add(text("notice.part." + part, new Object[] {facts}, locale));
            }
        }
        return String.join(" ", sentences);
    }

    private Object[] args(Notices.Kept notice, Locale locale) {
        Map<String, Object> facts = notice.facts();
        return new Object[] {
            facts.getOrDefault("subject", ""),
            facts.getOrDefault("author", ""),
            facts.getOrDefault("count", 1),
            facts(facts, "started", locale),
            facts(facts, "ended", locale)
        };
    }

    private String facts(Map<String, Object> facts, String part, Locale locale) {
        if (!(facts.get(part) instanceof List<?> list)) {
            return "";
        }
        boolean services = part.equals("gained") || part.equals("lost");
        return list.stream()
                .map(Object::toString)
                .map(fact -> services ? service(fact, locale) : fact)
                .distinct()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    private String service(String id, Locale locale) {
        return catalog.name(id).map(name -> name.in(locale)).orElse(id);
    }

    private String text(String key, Object[] args, Locale locale) {
        return String.valueOf(messages.getMessage(key, args, key, locale));
    }
}
