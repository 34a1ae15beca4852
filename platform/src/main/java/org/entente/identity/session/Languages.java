package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;

/** The language to answer in: what the person chose, else what the browser prefers of French and English, else French. */
@Configuration(proxyBeanMethods = false)
class Languages {

    static Locale of(HttpServletRequest request) {
        PortalSession session = SessionFilter.of(request);
        if (session != null) {
            return Locale.forLanguageTag(session.language());
        }
        if (request.getHeader("Accept-Language") == null) {
            return Locale.FRENCH;
        }
        for (Locale asked : Collections.list(request.getLocales())) {
            if (asked.getLanguage().equals("fr") || asked.getLanguage().equals("en")) {
                return Locale.of(asked.getLanguage());
            }
        }
        return Locale.FRENCH;
    }

    @Bean
    LocaleResolver localeResolver() {
        return new LocaleResolver() {
            @Override
            public Locale resolveLocale(HttpServletRequest request) {
                return of(request);
            }

            @Override
            public void setLocale(
                    HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
                throw new UnsupportedOperationException("A person's language is a preference");
            }
        };
    }
}
