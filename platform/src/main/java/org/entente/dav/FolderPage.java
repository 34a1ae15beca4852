package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** A folder as somebody sees it who opens its address in a browser: what is in it, and what the address is for. */
@Component
class FolderPage {

    private final DavTree tree;
    private final MessageSource messages;

    FolderPage(DavTree tree, MessageSource messages) {
        this.tree = tree;
        this.messages = messages;
    }

    void answer(Exchange exchange, Resource folder) throws IOException {
        exchange.response().setContentType("text/html;charset=UTF-8");
        exchange.response().setHeader("ETag", folder.quotedEtag());
        exchange.response().setHeader("Cache-Control", "private, no-cache");
        exchange.response()
                .setHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-downloads allow-popups allow-top-navigation-by-user-activation");
        if (exchange.request().getMethod().equals("HEAD")) {
            return;
        }
        Writer out =
                new BufferedWriter(new OutputStreamWriter(exchange.response().getOutputStream(), UTF_8));
        String title = folder.path().isEmpty() ? text(exchange, "dav.page.title") : folder.name();
        out.write("<!doctype html>\n<html lang=\"" + exchange.locale().getLanguage()
                + "\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + escaped(title)
                + " · Entente</title><link rel=\"stylesheet\" href=\"/plain.css\"></head>\n<body><main><h1>"
                + escaped(title) + "</h1><p>" + escaped(text(exchange, "dav.page.what")) + "</p><ul>\n");
        if (!folder.path().isEmpty()) {
            out.write("<li><a href=\""
                    + escaped(DavPath.href(
                            exchange.mount(),
                            folder.path().subList(0, folder.path().size() - 1),
                            true))
                    + "\">" + escaped(text(exchange, "dav.page.up")) + "</a></li>\n");
        }
        tree.children(exchange.visitor(), folder, page -> {
            for (Resource one : page) {
                out.write("<li><a href=\"" + escaped(exchange.href(one)) + "\">" + escaped(one.name())
                        + (one.folder() ? "/" : "") + "</a></li>\n");
            }
        });
        out.write("</ul></main></body>\n</html>\n");
        out.flush();
    }

    private String text(Exchange exchange, String key) {
        return messages.getMessage(key, null, exchange.locale());
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
