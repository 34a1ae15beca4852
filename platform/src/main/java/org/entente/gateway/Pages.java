package org.entente.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

/** What people read when an application is closed to them or does not answer; programs get a problem document (RFC 9457). */
@Component
class Pages {

    /** Where the style is on an application's host; on the portal's it is {@code /plain.css}. */
    static final String STYLE = "style.css";

    private final MessageSource messages;
    private final LocaleResolver locales;
    private final JsonMapper json;

    Pages(MessageSource messages, LocaleResolver locales, JsonMapper json) {
        this.messages = messages;
        this.locales = locales;
        this.json = json;
    }

    /** A link of a page: what it says is shown as it is given. */
    record Link(String text, String to) {}

    /** @param what such as {@code down}: the page says {@code gateway.<what>.title} and {@code gateway.<what>.text} */
    String html(HttpServletRequest request, String style, String what, App app, List<Link> links) {
        Locale locale = locales.resolveLocale(request);
        String title = text(locale, "gateway." + what + ".title", app);
        StringBuilder list = new StringBuilder();
        for (Link link : links) {
            list.append("<p><a href=\"")
                    .append(HtmlUtils.htmlEscape(link.to(), "UTF-8"))
                    .append("\">")
                    .append(HtmlUtils.htmlEscape(link.text(), "UTF-8"))
                    .append("</a></p>");
        }
        return """
                <!doctype html>
                <html lang="%s">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s · Entente</title><link rel="stylesheet" href="%s"></head>
                <body><main><h1>%s</h1><p>%s</p>%s</main></body>
                </html>
                """.formatted(
                locale.getLanguage(), title, style, title, text(locale, "gateway." + what + ".text", app), list);
    }

    String text(HttpServletRequest request, String key) {
        return messages.getMessage(key, null, locales.resolveLocale(request));
    }

    /** Answers on the application's own host. */
    void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String what,
            App app,
            List<Link> links)
            throws IOException {
        plain(response);
        response.setStatus(status);
        byte[] body;
        if (wantsPage(request)) {
            response.setHeader(
                    "Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'self'");
            response.setContentType("text/html;charset=UTF-8");
            body = html(request, "/.entente/" + STYLE, what, app, links).getBytes(UTF_8);
        } else {
            response.setContentType("application/problem+json");
            Locale locale = locales.resolveLocale(request);
            body = json.writeValueAsBytes(Map.of(
                    "status",
                    status,
                    "code",
                    "gateway." + what,
                    "detail",
                    messages.getMessage("gateway." + what + ".text", new Object[] {name(locale, app)}, locale)));
        }
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(body);
        }
    }

    void style(HttpServletResponse response) throws IOException {
        response.setContentType("text/css;charset=UTF-8");
        response.setHeader("Cache-Control", "max-age=3600");
        try (InputStream style = new ClassPathResource("static/plain.css").getInputStream()) {
            style.transferTo(response.getOutputStream());
        }
    }

    static void plain(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    /** A browser that shows the answer, as opposed to a script that reads it. */
    static boolean wantsPage(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        String accept = request.getHeader("Accept");
        return mode == null
                ? accept != null && accept.contains("text/html") && request.getHeader("X-Requested-With") == null
                : mode.equals("navigate");
    }

    private String text(Locale locale, String key, App app) {
        return HtmlUtils.htmlEscape(messages.getMessage(key, new Object[] {name(locale, app)}, locale), "UTF-8");
    }

    private static String name(Locale locale, App app) {
        return locale.getLanguage().equals("en") ? app.name().en() : app.name().fr();
    }
}
