package org.entente.provisioning.certificate;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Lays the certificate out, in French: a page that a director signs off and a screen reader reads, with its fonts in it. */
@Component
public class CertificatePaper {

    private static final Locale FRENCH = Locale.FRENCH;

    private final MessageSource messages;
    private final ZoneId zone;
    private final PaperPrinter printer;

    CertificatePaper(
            MessageSource messages,
            PaperPrinter printer,
            @Value("${entente.territory.zone:Europe/Paris}") ZoneId zone) {
        this.messages = messages;
        this.zone = zone;
        this.printer = printer;
    }

    public byte[] print(CertificateFacts facts) {
        String title = title(facts);
        return printer.print(
                title + " – " + facts.person(),
                text("certificate.subject", facts.person(), facts.function(), facts.member()),
                html(facts));
    }

    private String title(CertificateFacts f) {
        return text(f.provisional() ? "certificate.title.provisional" : "certificate.title");
    }

    String html(CertificateFacts f) {
        StringBuilder html = new StringBuilder();
        html.append("<p class=\"head\">").append(escape(f.territory()));
        if (f.operator() != null) {
            html.append(" <span class=\"soft\">· ")
                    .append(escape(text("certificate.operator", f.operator())))
                    .append("</span>");
        }
        html.append("</p><h1>").append(escape(title(f))).append("</h1>");
        html.append("<p class=\"lead\">").append(lead(f)).append("</p>");
        html.append("<h2>").append(escape(text("certificate.who"))).append("</h2><table class=\"facts\"><tbody>");
        row(html, "person", f.person());
        row(html, "member", f.siren() == null ? f.member() : f.member() + " (SIREN " + spaced(f.siren()) + ")");
        row(html, "capacity", text("certificate.kind." + f.kind()) + " – " + f.function());
        row(html, "unit", f.unit());
        row(html, "address", f.address());
        row(html, "from", f.from() == null ? null : day(f.from()));
        row(html, "until", moment(f.until()));
        row(html, "asked", text("certificate.asked-by", f.askedBy(), moment(f.askedAt())));
        row(html, "cause", text("certificate.cause." + f.cause()) + (f.reason().isBlank() ? "" : " – " + f.reason()));
        row(html, "successor", f.successor());
        html.append("</tbody></table>");
        acts(html, f);
        apps(html, f);
        html.append("<h2>").append(escape(text("certificate.services"))).append("</h2><p>");
        html.append(escape(
                        f.services().isEmpty() ? text("certificate.services.none") : String.join(", ", f.services())))
                .append(".</p>");
        html.append("<p class=\"foot\">")
                .append(escape(text("certificate.proof")))
                .append("<br/>");
        html.append(escape(text("certificate.number", f.departure().toString(), moment(f.madeAt()))))
                .append("</p>");
        return html.toString();
    }

    private String lead(CertificateFacts f) {
        long open = f.acts().stream().filter(act -> !act.state().equals("done")).count();
        if (open > 0) {
            return escape(text("certificate.lead.open", f.person(), f.member(), open));
        }
        Instant last = f.completedAt();
        String lead = text("certificate.lead", f.person(), f.member(), last == null ? "" : moment(last));
        long unsure = f.apps().stream()
                .filter(app -> app.state().equals("unsure") && app.entered())
                .map(CertificateFacts.App::label)
                .distinct()
                .count();
        return escape(unsure == 0 ? lead : lead + " " + text("certificate.lead.unsure", unsure));
    }

    private void apps(StringBuilder html, CertificateFacts f) {
        if (f.apps().isEmpty()) {
            return;
        }
        html.append("<h2>").append(escape(text("certificate.apps"))).append("</h2><table class=\"acts\"><thead><tr>");
        for (String column : new String[] {"app", "means", "at", "result"}) {
            html.append("<th scope=\"col\">")
                    .append(escape(text("certificate.column." + column)))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (CertificateFacts.App app : f.apps()) {
            String result = text("certificate.state." + app.state());
            if (app.next() != null) {
                result += text("certificate.retry", app.attempts(), moment(app.next()));
            }
            html.append("<tr class=\"")
                    .append(app.state())
                    .append("\"><th scope=\"row\">")
                    .append(whole(escape(app.label())))
                    .append("</th><td>")
                    .append(escape(app.detail()))
                    .append("</td><td class=\"at\">")
                    .append(escape(app.at() == null ? "–" : clock(app.at())))
                    .append("</td><td>")
                    .append(escape(result))
                    .append("</td></tr>");
        }
        html.append("</tbody></table>");
    }

    private void acts(StringBuilder html, CertificateFacts f) {
        html.append("<h2>").append(escape(text("certificate.acts"))).append("</h2><table class=\"acts\"><thead><tr>");
        for (String column : new String[] {"system", "act", "at", "result"}) {
            html.append("<th scope=\"col\">")
                    .append(escape(text("certificate.column." + column)))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (CertificateFacts.Act act : f.acts()) {
            String at = act.at() == null ? "–" : clock(act.at());
            String result = text("certificate.state." + act.state());
            if (!act.state().equals("done") && act.next() != null) {
                result += text("certificate.retry", act.attempts(), moment(act.next()));
            }
            html.append("<tr class=\"")
                    .append(act.state())
                    .append("\"><th scope=\"row\">")
                    .append(whole(escape(act.label())));
            html.append("</th><td>")
                    .append(escape(act.detail()))
                    .append("</td><td class=\"at\">")
                    .append(escape(at));
            html.append("</td><td>").append(escape(result)).append("</td></tr>");
        }
        html.append("</tbody></table><p class=\"soft\">")
                .append(escape(text("certificate.zone", zone.getId())))
                .append("</p>");
    }

    private void row(StringBuilder html, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            html.append("<tr><th scope=\"row\">").append(escape(text("certificate.row." + key)));
            html.append("</th><td>").append(escape(value)).append("</td></tr>");
        }
    }

    private String day(Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(FRENCH)
                .format(at.atZone(zone));
    }

    private String moment(Instant at) {
        return DateTimeFormatter.ofPattern("d\u00a0MMMM uuuu 'à' HH\u00a0'h'\u00a0mm", FRENCH)
                .format(at.atZone(zone));
    }

    /** The layout would break a line after an apostrophe. */
    private static String whole(String escaped) {
        return escaped.replaceAll("\\S*’\\S+", "<span class=\"word\">$0</span>");
    }

    private String clock(Instant at) {
        return DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss,SSS", FRENCH).format(at.atZone(zone));
    }

    private static String spaced(String siren) {
        return siren.replaceAll("(\\d{3})(?=\\d)", "$1\u00a0");
    }

    private static String escape(String text) {
        return PaperPrinter.escape(text);
    }

    private String text(String key, Object... args) {
        return String.valueOf(messages.getMessage(key, args, key, FRENCH));
    }
}
