package org.entente.pooling;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Agreements as their operator keeps them: what they say, who takes part, how they end. */
@RestController
@RequestMapping("/api/operator/pooling")
class AgreementsController {

    record NewAgreement(
            @Nullable String number,
            @NotNull LocalDate startsOn,
            @Nullable String title,
            @Nullable LocalDate endsOn,
            @Nullable Integer noticeMonths,
            @Nullable String renewal,
            @Nullable UUID costKey,
            @Nullable List<Terms.AgreedService> services,
            @Nullable Boolean proposed) {

        @SuppressWarnings("NullAway") // Terms says what is missing
        Terms terms() {
            return new Terms(title, endsOn, noticeMonths == null ? 6 : noticeMonths, renewal, costKey, services);
        }
    }

    record NewAmendment(
            int version,
            @NotNull LocalDate effectiveOn,
            @Nullable LocalDate signedOn,
            @Nullable String summary,
            @NotNull @Valid Terms terms) {}

    record JoiningParty(@NotNull MemberId member, @NotNull LocalDate since) {}

    record Ending(@NotNull LocalDate until, @Nullable String reason) {}

    record Detail(
            @JsonUnwrapped AgreementReader.Agreement agreement,
            List<AgreementReader.Party> partyList,
            List<AgreementReader.Amendment> amendments,
            List<Documents.Document> documents) {}

    private final Agreements agreements;
    private final AgreementReader reader;
    private final Coverage coverage;
    private final Documents documents;
    private final Joining joining;

    AgreementsController(
            Agreements agreements, AgreementReader reader, Coverage coverage, Documents documents, Joining joining) {
        this.agreements = agreements;
        this.reader = reader;
        this.coverage = coverage;
        this.documents = documents;
        this.joining = joining;
    }

    @GetMapping("agreements")
    @Needs(Right.READ_TERRITORY)
    List<AgreementReader.Agreement> all() {
        return reader.all();
    }

    @PostMapping("agreements")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.CREATED)
    AgreementReader.Agreement make(@RequestBody @Valid NewAgreement made, Actor actor) {
        UUID id = agreements.make(
                Texts.required("number", made.number(), 40),
                made.startsOn(),
                made.terms(),
                Boolean.TRUE.equals(made.proposed()),
                actor.author());
        return reader.get(id);
    }

    @GetMapping("agreements/{id}")
    @Needs(Right.READ_TERRITORY)
    Detail one(@PathVariable UUID id) {
        AgreementReader.Agreement a = reader.get(id);
        return new Detail(a, reader.parties(id), reader.amendments(id), documents.of(id));
    }

    @PostMapping("agreements/{id}/amendments")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.CREATED)
    Detail amend(@PathVariable UUID id, @RequestBody @Valid NewAmendment amendment, Actor actor) {
        agreements.amend(
                id,
                amendment.version(),
                amendment.effectiveOn(),
                amendment.signedOn(),
                Texts.or(amendment.summary(), ""),
                amendment.terms(),
                actor.author());
        return one(id);
    }

    @GetMapping("agreements/{id}/parties")
    @Needs(Right.READ_TERRITORY)
    List<AgreementReader.Party> parties(@PathVariable UUID id) {
        reader.get(id);
        return reader.parties(id);
    }

    @PostMapping("agreements/{id}/parties")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void join(@PathVariable UUID id, @RequestBody @Valid JoiningParty party, Actor actor) {
        agreements.join(id, party.member(), party.since(), actor.author());
    }

    @GetMapping("agreements/{id}/parties/{party}/leave-preview")
    @Needs(Right.READ_TERRITORY)
    Coverage.EndPreview leavePreview(@PathVariable UUID id, @PathVariable UUID party, @RequestParam LocalDate until) {
        return coverage.preview(id, party, until);
    }

    @DeleteMapping("agreements/{id}/parties/{party}")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(@PathVariable UUID id, @PathVariable UUID party, @RequestParam LocalDate until, Actor actor) {
        agreements.leave(id, new MemberId(party), until, actor.author());
    }

    @GetMapping("agreements/{id}/end-preview")
    @Needs(Right.READ_TERRITORY)
    Coverage.EndPreview endPreview(@PathVariable UUID id, @RequestParam LocalDate until) {
        return coverage.preview(id, null, until);
    }

    @PostMapping("agreements/{id}/end")
    @Needs(Right.OPERATE)
    Detail end(@PathVariable UUID id, @RequestBody @Valid Ending ending, Actor actor) {
        agreements.end(id, ending.until(), ending.reason(), actor.author());
        return one(id);
    }

    @PostMapping("agreements/{id}/documents")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.CREATED)
    Documents.Document attach(
            @PathVariable UUID id,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "signed") String kind,
            Actor actor) {
        AgreementReader.Agreement agreement = reader.get(id);
        if (file == null) {
            throw Refusal.invalidField("file", "pooling.document.not-pdf");
        }
        return documents.add(
                "agreement",
                id,
                agreement.number(),
                file.getOriginalFilename(),
                kind,
                Documents.pdf(file),
                actor.author());
    }

    @GetMapping("agreements/{id}/documents/{document}")
    @Needs(Right.READ_TERRITORY)
    ResponseEntity<byte[]> document(@PathVariable UUID id, @PathVariable UUID document) {
        return documents.file(id, document);
    }

    @PostMapping("joining")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.CREATED)
    Joining.Joined joining(@RequestBody @Valid Joining.Wish wish, Actor actor) {
        return joining.join(wish, actor.author());
    }
}
