package org.entente.pooling;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Calls for contributions, payments and the papers of each member: statement, table, invoice. */
@RestController
class ContributionsController {

    record NewCall(
            @NotNull Contributions.Kind kind, @NotNull LocalDate dueOn) {}

    record NewPayment(
            @NotNull Money amount,
            @NotNull LocalDate receivedOn,
            @Nullable @Size(max = 500) String note) {}

    record SaidReason(String rule, Map<String, String> values, String text) {}

    record SaidLine(
            String label,
            String agreement,
            Money shared,
            String keyName,
            String keyText,
            Money amount,
            List<SaidReason> reasons) {}

    record SaidStatement(
            int year,
            Contributions.@Nullable Call call,
            @Nullable LocalDate countedOn,
            List<SaidLine> lines,
            Money amount,
            Money paid,
            Money balance,
            List<Contributions.Payment> payments,
            List<Contributions.Earlier> earlier) {}

    private final Contributions contributions;
    private final Statements statements;
    private final StatementPapers papers;
    private final Invoicing invoicing;
    private final KeyWords words;

    ContributionsController(
            Contributions contributions,
            Statements statements,
            StatementPapers papers,
            Invoicing invoicing,
            KeyWords words) {
        this.contributions = contributions;
        this.statements = statements;
        this.papers = papers;
        this.invoicing = invoicing;
        this.words = words;
    }

    @GetMapping("/api/operator/pooling/contributions/{year}/preview")
    @Needs(Right.READ_TERRITORY)
    Map<MemberId, Money> preview(@PathVariable int year) {
        Workshop.requireYear(year);
        return contributions.preview(year);
    }

    @PostMapping("/api/operator/pooling/contributions/{year}")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.CREATED)
    Contributions.Call call(@PathVariable int year, @RequestBody @Valid NewCall call, Actor actor) {
        return contributions.call(year, call.kind(), call.dueOn(), actor);
    }

    @GetMapping("/api/operator/pooling/calls")
    @Needs(Right.READ_TERRITORY)
    List<Contributions.Call> calls() {
        return statements.calls();
    }

    @GetMapping("/api/operator/pooling/calls/{id}")
    @Needs(Right.READ_TERRITORY)
    List<Statements.Owed> owed(@PathVariable UUID id) {
        return statements.owed(id);
    }

    @GetMapping("/api/operator/pooling/calls/{id}/check")
    @Needs(Right.READ_TERRITORY)
    Map<String, Boolean> check(@PathVariable UUID id) {
        return Map.of("same", contributions.recomputesTheSame(id));
    }

    @PostMapping("/api/operator/pooling/members/{payer}/payments/{year}")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void notePayment(
            @PathVariable UUID payer, @PathVariable int year, @RequestBody @Valid NewPayment payment, Actor actor) {
        contributions.notePayment(
                new MemberId(payer), year, payment.amount(), payment.receivedOn(), payment.note(), actor);
    }

    @GetMapping("/api/operator/pooling/invoicing")
    @Needs(Right.READ_TERRITORY)
    Invoicing.Issuer issuer() {
        return invoicing.issuer().orElseThrow(() -> Refusal.notFound("pooling.invoicing.missing"));
    }

    @PutMapping("/api/operator/pooling/invoicing")
    @Needs(Right.OPERATE)
    Invoicing.Issuer issuer(@RequestBody Invoicing.Issuer issuer, Actor actor) {
        return invoicing.set(issuer, actor.author());
    }

    @GetMapping("/api/members/{member}/contributions")
    @Needs(Right.READ_MEMBER)
    List<Statements.YearOf> years(@PathVariable MemberId member) {
        return statements.years(member);
    }

    @GetMapping("/api/members/{member}/contributions/{year}")
    @Needs(Right.READ_MEMBER)
    SaidStatement statement(@PathVariable MemberId member, @PathVariable int year, Locale locale) {
        Contributions.Statement s = statements.of(member, year);
        return new SaidStatement(
                s.year(),
                s.call(),
                s.countedOn(),
                s.lines().stream().map(line -> said(line, locale)).toList(),
                s.amount(),
                s.paid(),
                s.balance(),
                s.payments(),
                s.earlier());
    }

    @GetMapping("/api/members/{member}/contributions/{year}/statement.csv")
    @Needs(Right.READ_MEMBER)
    ResponseEntity<byte[]> csv(@PathVariable MemberId member, @PathVariable int year) {
        return Documents.answer(
                "contribution-" + year + ".csv",
                MediaType.parseMediaType("text/csv;charset=UTF-8"),
                papers.csv(statements.of(member, year)));
    }

    @GetMapping("/api/members/{member}/contributions/{year}/statement.pdf")
    @Needs(Right.READ_MEMBER)
    ResponseEntity<byte[]> pdf(@PathVariable MemberId member, @PathVariable int year) {
        return Documents.answer(
                "contribution-" + year + ".pdf",
                MediaType.APPLICATION_PDF,
                papers.pdf(member, statements.of(member, year)));
    }

    @GetMapping("/api/members/{member}/contributions/{year}/invoice.xml")
    @Needs(Right.READ_MEMBER)
    ResponseEntity<byte[]> invoice(@PathVariable MemberId member, @PathVariable int year) {
        return Documents.answer(
                "facture-" + year + ".xml",
                MediaType.APPLICATION_XML,
                papers.invoice(member, statements.of(member, year)).xml());
    }

    private SaidLine said(Contributions.StatementLine line, Locale locale) {
        return new SaidLine(
                line.label(),
                line.agreement(),
                line.shared(),
                line.keyName(),
                words.key(line.key(), locale),
                line.amount(),
                line.reasons().stream()
                        .map(r -> new SaidReason(r.rule(), r.values(), words.reason(r, locale)))
                        .toList());
    }
}
