package org.entente.files;

import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** The plain pages of a link: what it opens, a password to be typed, a form to put files, or that it is over. */
@Component
class LinkPage {

    /** The most names on one page. */
    static final int MOST = 1000;

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final MessageSource messages;
    private final RefusalWords words;

    LinkPage(MessageSource messages, RefusalWords words) {
        this.messages = messages;
        this.words = words;
    }

    /** Whatever the reason: a stranger learns nothing of it. */
    ResponseEntity<String> over(Locale locale) {
        return answer(
                HttpStatus.NOT_FOUND, locale, text(locale, "over.title"), "<p>" + text(locale, "over.text") + "</p>");
    }

    ResponseEntity<String> password(LinkVisits.Opened opened, String secret, boolean wrong, Locale locale) {
        String body = """
                <p id="why">%s</p>%s
                <form method="post" action="/l/%s/password">
                <p><label for="password">%s</label><br><input id="password" name="password" type="password" required maxlength="200" autocomplete="off" aria-describedby="why"%s></p>
                <p><button type="submit">%s</button></p></form>
                """.formatted(
                text(locale, "password.text", opened.link().by()),
                wrong
                        ? "<p id=\"wrong\" role=\"alert\"><strong>" + text(locale, "password.wrong") + "</strong></p>"
                        : "",
                HtmlUtils.htmlEscape(secret, "UTF-8"),
                text(locale, "password.label"),
                wrong ? " aria-invalid=\"true\" aria-errormessage=\"wrong\"" : "",
                text(locale, "password.go"));
        return answer(wrong ? HttpStatus.FORBIDDEN : HttpStatus.OK, locale, text(locale, "password.title"), body);
    }

    ResponseEntity<String> list(
            LinkVisits.Opened opened, String secret, FileNode at, List<FileNode> nodes, Locale locale) {
        String base = "/l/" + HtmlUtils.htmlEscape(secret, "UTF-8");
        StringBuilder body = new StringBuilder(
                "<p>" + text(locale, "list.text", opened.link().by()) + "</p>");
        if (!at.id().equals(opened.node().id()) && at.folder()) {
            body.append("<p><a href=\"")
                    .append(base)
                    .append("\">")
                    .append(text(locale, "list.top"))
                    .append("</a></p>");
        }
        if (nodes.isEmpty()) {
            body.append("<p>").append(text(locale, "list.empty")).append("</p>");
        }
        body.append("<ul>\n");
        for (FileNode node : nodes) {
            body.append("<li><a href=\"")
                    .append(base)
                    .append(node.folder() ? "/folder/" : "/file/")
                    .append(node.id())
                    .append("\">")
                    .append(HtmlUtils.htmlEscape(node.name(), "UTF-8"))
                    .append("</a> ")
                    .append(node.folder() ? text(locale, "list.folder") : size(node.size(), locale))
                    .append("</li>\n");
        }
        body.append("</ul>");
        if (nodes.size() == MOST) {
            body.append("<p>").append(text(locale, "list.more", MOST)).append("</p>");
        }
        String title = at.name().isEmpty() ? text(locale, "list.title") : HtmlUtils.htmlEscape(at.name(), "UTF-8");
        return answer(HttpStatus.OK, locale, title, body.toString());
    }

    /** Why something sent was not taken. */
    ResponseEntity<String> refused(Refusal refusal, Locale locale) {
        return answer(status(refusal), locale, text(locale, "refused.title"), "<p>" + words(refusal, locale) + "</p>");
    }

    /**
     * @param put how many files have just come; null when none were sent
     * @param refused why the next one did not
     */
    ResponseEntity<String> upload(
            LinkVisits.Opened opened,
            String secret,
            @Nullable Integer put,
            @Nullable Refusal refused,
            LinkRoom.Left left,
            Locale locale) {
        String said =
                put == null ? "" : "<p role=\"status\"><strong>" + text(locale, "upload.done", put) + "</strong></p>";
        if (refused != null) {
            said += "<p role=\"alert\"><strong>" + words(refused, locale) + "</strong></p>";
        }
        HttpStatus status = refused == null ? HttpStatus.OK : status(refused);
        String title = text(locale, "upload.title");
        if (left.none()) {
            String full = "<p>" + text(locale, "upload.full", opened.link().by()) + "</p>";
            return answer(status, locale, title, said + full);
        }
        String body = """
                %s<p id="how">%s %s</p>
                <noscript><p>%s</p></noscript>
                <form method="post" action="/l/%s/files" enctype="multipart/form-data" data-uploads="/l/%s/uploads"%s>
                <p><label for="file">%s</label><br><input id="file" name="file" type="file" multiple required aria-describedby="how"></p>
                <p><button type="submit">%s</button></p>
                <p role="status"></p><progress max="100" value="0" aria-label="%s" hidden></progress></form>
                <script src="/link-upload.js" defer></script>
                """.formatted(
                        said,
                        text(locale, "upload.text", opened.link().by()),
                        text(locale, "upload.left", left.files(), size(left.bytes(), locale)),
                        text(locale, "upload.plain"),
                        HtmlUtils.htmlEscape(secret, "UTF-8"),
                        HtmlUtils.htmlEscape(secret, "UTF-8"),
                        spoken(locale),
                        text(locale, "upload.label"),
                        text(locale, "upload.go"),
                        text(locale, "upload.bar"));
        return answer(status, locale, title, body);
    }

    /** What the script of the page says, with the places that it fills itself. */
    private String spoken(Locale locale) {
        return " data-sending=\"" + text(locale, "upload.sending", "{name}", "{percent}") + "\" data-waiting=\""
                + text(locale, "upload.waiting") + "\" data-sent=\"" + text(locale, "upload.sent", "{number}")
                + "\" data-failed=\"" + text(locale, "upload.failed") + "\"";
    }

    private String words(Refusal refusal, Locale locale) {
        return HtmlUtils.htmlEscape(words.of(refusal, locale), "UTF-8");
    }

    private static HttpStatus status(Refusal refusal) {
        return switch (refusal.kind()) {
            case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
            case CONFLICT -> HttpStatus.CONFLICT;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case NOT_FOUND, FORBIDDEN, UNAUTHENTICATED -> HttpStatus.NOT_FOUND;
        };
    }

    private ResponseEntity<String> answer(HttpStatus status, Locale locale, String title, String body) {
        String page = """
                <!doctype html>
                <html lang="%s">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow">
                <title>%s · Entente</title><link rel="stylesheet" href="/plain.css"></head>
                <body><main><h1>%s</h1>%s</main></body>
                </html>
                """.formatted(locale.getLanguage(), title, title, body);
        return ResponseEntity.status(status)
                .contentType(HTML)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "no-referrer")
                .body(page);
    }

    private String size(long bytes, Locale locale) {
        String[] units = {"o", "Ko", "Mo", "Go", "To"};
        double left = bytes;
        int unit = 0;
        while (left >= 1000 && unit < units.length - 1) {
            left /= 1000;
            unit++;
        }
        NumberFormat number = NumberFormat.getInstance(locale);
        number.setMaximumFractionDigits(left < 10 && unit > 0 ? 1 : 0);
        String name = units[unit];
        return number.format(left) + "\u00a0"
                + (locale.getLanguage().equals("fr")
                        ? name
                        : name.replace('o', 'B').replace("K", "k"));
    }

    private String text(Locale locale, String key, Object... args) {
        return HtmlUtils.htmlEscape(messages.getMessage("filelink." + key, args, locale), "UTF-8");
    }
}
