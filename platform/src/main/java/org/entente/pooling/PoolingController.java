package org.entente.pooling;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The operator's year: keys, agreements, budget, calls. */
@RestController
class PoolingController {

    record NewKey(
            @NotBlank @Size(max = 120) String name, @NotNull CostKey formula) {}

    record ChangedKey(int version, @NotNull CostKey formula) {}

    record NewAgreement(
            @NotBlank @Size(max = 40) String number,
            @NotBlank @Size(max = 200) String title,
            @NotNull LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable UUID costKey) {}

    record Joining(@NotNull MemberId member, @NotNull LocalDate since) {}

    record NewCall(
            @NotNull Contributions.Kind kind, @NotNull LocalDate dueOn) {}

    record Payment(
            @NotNull Money amount,
            @NotNull LocalDate receivedOn,
            @Nullable @Size(max = 500) String note) {}

    /** What several keys would give on one agreement, side by side. */
    record Comparison(
            @NotNull Money total,
            int year,
            @NotNull UUID agreement,
            @NotNull @Size(min = 1, max = 6) Map<String, CostKey> keys) {}

    private final Keys keys;
    private final Agreements agreements;
    private final Budget budget;
    private final Contributions contributions;
    private final CallSource source;

    PoolingController(Keys keys, Agreements agreements, Budget budget, Contributions contributions, CallSource source) {
        this.keys = keys;
        this.agreements = agreements;
        this.budget = budget;
        this.contributions = contributions;
        this.source = source;
    }

    @GetMapping("/api/operator/pooling/keys")
    @Needs(Right.READ_TERRITORY)
    List<Keys.StoredKey> keys() {
        return keys.all();
    }

    @PostMapping("/api/operator/pooling/keys")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.CREATED)
    Keys.StoredKey draft(@RequestBody @Valid NewKey key, Actor actor) {
        return keys.draft(key.name(), key.formula(), actor);
    }

    @PutMapping("/api/operator/pooling/keys/{id}")
    @Needs(Right.OPERATE)
    Keys.StoredKey change(@PathVariable UUID id, @RequestBody @Valid ChangedKey key, Actor actor) {
        return keys.change(id, key.version(), key.formula(), actor);
    }

    @PostMapping("/api/operator/pooling/keys/{id}/adopt")
    @Needs(Right.OPERATE)
    Keys.StoredKey adopt(@PathVariable UUID id, Actor actor) {
        return keys.adopt(id, actor);
    }

    @PostMapping("/api/operator/pooling/keys/{id}/retire")
    @Needs(Right.OPERATE)
    Keys.StoredKey retire(@PathVariable UUID id, Actor actor) {
        return keys.retire(id, actor);
    }

    @PostMapping("/api/operator/pooling/keys/compare")
    @Needs(Right.READ_TERRITORY)
    Map<String, Allocation> compare(@RequestBody @Valid Comparison comparison) {
        return source.compare(comparison.agreement(), comparison.year(), comparison.total(), comparison.keys());
    }

    @GetMapping("/api/operator/pooling/agreements")
    @Needs(Right.READ_TERRITORY)
    List<Agreements.Agreement> agreements() {
        return agreements.all();
    }

    @PostMapping("/api/operator/pooling/agreements")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.CREATED)
    Agreements.Agreement make(@RequestBody @Valid NewAgreement made, Actor actor) {
        return agreements.make(made.number(), made.title(), made.startsOn(), made.endsOn(), made.costKey(), actor);
    }

    @GetMapping("/api/operator/pooling/agreements/{id}/parties")
    @Needs(Right.READ_TERRITORY)
    List<Agreements.Party> parties(@PathVariable UUID id) {
        agreements.get(id);
        return agreements.parties(id);
    }

    @PostMapping("/api/operator/pooling/agreements/{id}/parties")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void join(@PathVariable UUID id, @RequestBody @Valid Joining joining, Actor actor) {
        agreements.join(id, joining.member(), joining.since(), actor);
    }

    @DeleteMapping("/api/operator/pooling/agreements/{id}/parties/{party}")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(@PathVariable UUID id, @PathVariable UUID party, @RequestParam LocalDate until, Actor actor) {
        agreements.leave(id, new MemberId(party), until, actor);
    }

    @GetMapping("/api/operator/pooling/budget/{year}")
    @Needs(Right.READ_TERRITORY)
    List<Budget.Line> budget(@PathVariable int year) {
        return budget.of(year);
    }

    @PostMapping("/api/operator/pooling/budget")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, UUID> add(@RequestBody @Valid Budget.NewLine line, Actor actor) {
        return Map.of("id", budget.add(line, actor));
    }

    @DeleteMapping("/api/operator/pooling/budget/lines/{id}")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id, Actor actor) {
        budget.remove(id, actor);
    }

    @GetMapping("/api/operator/pooling/calls")
    @Needs(Right.READ_TERRITORY)
    List<Contributions.Call> calls() {
        return contributions.calls();
    }

    @GetMapping("/api/operator/pooling/calls/{id}")
    @Needs(Right.READ_TERRITORY)
    List<Contributions.Owed> owed(@PathVariable UUID id) {
        return contributions.owed(id);
    }

    @GetMapping("/api/operator/pooling/contributions/{year}/preview")
    @Needs(Right.READ_TERRITORY)
    Map<MemberId, Money> preview(@PathVariable int year) {
        return contributions.preview(year);
    }

    @PostMapping("/api/operator/pooling/contributions/{year}")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.CREATED)
    Contributions.Call call(@PathVariable int year, @RequestBody @Valid NewCall call, Actor actor) {
        return contributions.call(year, call.kind(), call.dueOn(), actor);
    }

    @GetMapping("/api/members/{member}/contributions/{year}")
    @Needs(Right.READ_MEMBER)
    Contributions.Statement statement(@PathVariable MemberId member, @PathVariable int year) {
        return contributions.statement(member, year);
    }

    @PostMapping("/api/operator/pooling/members/{payer}/payments/{year}")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void notePayment(
            @PathVariable UUID payer, @PathVariable int year, @RequestBody @Valid Payment payment, Actor actor) {
        contributions.notePayment(
                new MemberId(payer), year, payment.amount(), payment.receivedOn(), payment.note(), actor);
    }
}
