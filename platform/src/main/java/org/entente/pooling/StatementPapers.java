package org.entente.pooling;

import static org.entente.provisioning.Papers.escape;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.provisioning.Papers;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The papers of one member's contribution: a table, a page that explains every line, an electronic invoice. In French. */
@Component
class StatementPapers {

    private static final Locale FRENCH = Locale.FRENCH;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", FRENCH);

    private record Member(
            String name, @Nullable String siren, @Nullable String siret) {}

    private final JdbcClient jdbc;
    private final KeyWords words;
    private final Papers papers;
    private final Invoicing invoicing;

    StatementPapers(JdbcClient jdbc, KeyWords words, Papers papers, Invoicing invoicing) {
        this.jdbc = jdbc;
        this.words = words;
        this.papers = papers;
        this.invoicing = invoicing;
    }

    byte[] csv(Contributions.Statement statement) {
        Statements.made(statement.call(), statement.year());
        Csv csv = new Csv()
                .row(
                        say("pooling.paper.line"),
                        say("pooling.paper.agreement"),
                        say("pooling.paper.shared"),
                        say("pooling.paper.key"),
                        say("pooling.paper.amount"),
                        say("pooling.paper.why"));
        for (Contributions.StatementLine line : statement.lines()) {
            csv.row(line.label(), line.agreement(), line.shared(), line.keyName(), line.amount(), why(line));
        }
        return csv.row(say("pooling.paper.total"), "", "", "", statement.amount(), "")
                .row(say("pooling.paper.paid"), "", "", "", statement.paid(), "")
                .row(say("pooling.paper.balance"), "", "", "", statement.balance(), "")
                .bytes();
    }

    byte[] pdf(MemberId id, Contributions.Statement statement) {
        Contributions.Call call = Statements.made(statement.call(), statement.year());
        Member member = member(id);
        String title = say("pooling.paper.title", String.valueOf(statement.year()));
        StringBuilder html = new StringBuilder("<p class=\"head\">")
                .append(escape(papers.territory()))
                .append("</p><h1>")
                .append(escape(title))
                .append("</h1><p class=\"lead\">")
                .append(escape(say(
                        "pooling.paper.lead",
                        member.name(),
                        words.money(statement.amount(), FRENCH),
                        day(call.dueOn()))))
                .append("</p><table class=\"facts\"><tbody>");
        fact(html, "pooling.paper.call", say("pooling.call." + call.kind()) + ", " + day(call.madeOn()));
        LocalDate counted = statement.countedOn();
        fact(html, "pooling.paper.counted", counted == null ? "" : day(counted));
        fact(html, "pooling.paper.total", words.money(statement.amount(), FRENCH));
        fact(html, "pooling.paper.paid", words.money(statement.paid(), FRENCH));
        fact(html, "pooling.paper.balance", words.money(statement.balance(), FRENCH));
        statement
                .earlier()
                .forEach(e -> fact(
                        html,
                        "pooling.paper.earlier",
                        say("pooling.call." + e.kind()) + " : " + words.money(e.amount(), FRENCH)));
        html.append("</tbody></table><h2>")
                .append(escape(say("pooling.paper.lines")))
                .append("</h2><table class=\"acts\"><thead><tr>");
        for (String column : new String[] {"line", "shared", "why", "amount"}) {
            html.append("<th scope=\"col\">")
                    .append(escape(say("pooling.paper." + column)))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (Contributions.StatementLine line : statement.lines()) {
            html.append("<tr><th scope=\"row\">")
                    .append(escape(line.label() + " (" + line.agreement() + ")"))
                    .append("</th><td>")
                    .append(escape(words.money(line.shared(), FRENCH)))
                    .append("</td><td>")
                    .append(escape(line.keyName() + ", " + words.key(line.key(), FRENCH) + ". " + why(line)))
                    .append("</td><td>")
                    .append(escape(words.money(line.amount(), FRENCH)))
                    .append("</td></tr>");
        }
        html.append("</tbody></table><p class=\"foot\">")
                .append(escape(say("pooling.paper.foot", call.id().toString())))
                .append("</p>");
        return papers.print(title + " – " + member.name(), title, html.toString());
    }

    /** The invoice of the latest call. A call is one invoice a member, so its number says year, kind and member. */
    Invoice invoice(MemberId id, Contributions.Statement statement) {
        Contributions.Call call = Statements.made(statement.call(), statement.year());
        Invoicing.Issuer issuer = invoicing.issuer().orElseThrow(() -> Refusal.conflict("pooling.invoicing.missing"));
        Member member = member(id);
        String siren = member.siren();
        if (siren == null) {
            throw Refusal.conflict("pooling.invoice.no-siren", member.name());
        }
        return new Invoice(
                "C" + statement.year() + "-" + call.kind().substring(0, 1).toUpperCase(Locale.ROOT) + "-" + siren,
                call.madeOn(),
                issuer,
                new Invoice.Buyer(member.name(), siren, member.siret()),
                statement,
                call.dueOn(),
                say("pooling.paper.title", String.valueOf(statement.year())) + " – "
                        + say("pooling.call." + call.kind()));
    }

    private String why(Contributions.StatementLine line) {
        return String.join(
                " ", line.reasons().stream().map(r -> words.reason(r, FRENCH)).toList());
    }

    private Member member(MemberId id) {
        return jdbc.sql("SELECT name, siren, siret FROM directory.v_member WHERE id = ?")
                .param(id.value())
                .query(Member.class)
                .single();
    }

    private void fact(StringBuilder html, String key, String value) {
        html.append("<tr><th scope=\"row\">")
                .append(escape(say(key)))
                .append("</th><td>")
                .append(escape(value))
                .append("</td></tr>");
    }

    private static String day(LocalDate day) {
        return DAY.format(day);
    }

    private String say(String key, Object... args) {
        return words.text(key, FRENCH, args);
    }
}
