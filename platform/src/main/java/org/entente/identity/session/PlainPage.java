package org.entente.identity.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** A page without the web application, for when signing in does not work out: what happened and what to do. */
@Component
class PlainPage {

    private final MessageSource messages;

    PlainPage(MessageSource messages) {
        this.messages = messages;
    }

    /** @param what such as {@code capacity}: the page says {@code signin.<what>.title} and {@code signin.<what>.text} */
    void write(HttpServletRequest request, HttpServletResponse response, int status, String what) throws IOException {
        Locale locale = Languages.of(request);
        String page = """
                <!doctype html>
                <html lang="%s">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s · Entente</title><link rel="stylesheet" href="/plain.css"></head>
                <body><main><h1>%s</h1><p>%s</p><p><a href="/sign-in">%s</a></p></main></body>
                </html>
                """.formatted(
                        locale.getLanguage(),
                        text(locale, "signin." + what + ".title"),
                        text(locale, "signin." + what + ".title"),
                        text(locale, "signin." + what + ".text"),
                        text(locale, "signin.again"));
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(page.getBytes(UTF_8));
    }

    private String text(Locale locale, String key) {
        return HtmlUtils.htmlEscape(messages.getMessage(key, null, locale), "UTF-8");
    }
}
