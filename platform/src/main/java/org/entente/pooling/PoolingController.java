package org.entente.pooling;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The operator's year: keys, agreements, budget, calls. */
@RestController
class PoolingController {

    record NewKey(
            @NotBlank @Size(max = 120) String name, @NotNull CostKey formula) {}

    record ChangedKey(int version, @NotNull CostKey formula) {}

    record Amendment(
            int version,
            @NotNull Money amount,
            @NotNull Money funding,
            @NotBlank @Size(max = 500) String reason) {}

    /** What several keys would give on one agreement, side by side; without a total, on what it costs by the budget. */
    record ComparisonWish(
            @NotNull UUID agreement,
            int year,
            @Nullable Money total,
            @NotNull @Size(min = 1, max = 6) List<Workshop.NamedKey> keys) {}

    record WhatIfWish(int year, @NotNull @Size(max = 50) List<WhatIf.Change> changes) {}

    record Formula(@NotNull CostKey formula) {}

    record Said(String text) {}

    /** A key as it is shown: with its formula in words. */
    record ShownKey(
            UUID id,
            String name,
            CostKey formula,
            String text,
            String status,
            @Nullable LocalDate adoptedOn,
            int version) {}

    private final Keys keys;
    private final Budget budget;
    private final Workshop workshop;
    private final WhatIf whatIf;
    private final KeyWords words;

    PoolingController(Keys keys, Budget budget, Workshop workshop, WhatIf whatIf, KeyWords words) {
        this.keys = keys;
        this.budget = budget;
        this.workshop = workshop;
        this.whatIf = whatIf;
        this.words = words;
    }

    @GetMapping("/api/operator/pooling/keys")
    @Needs(Right.READ_TERRITORY)
    List<ShownKey> keys(Locale locale) {
        return keys.all().stream().map(key -> shown(key, locale)).toList();
    }

    @PostMapping("/api/operator/pooling/keys")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.CREATED)
    ShownKey draft(@RequestBody @Valid NewKey key, Actor actor, Locale locale) {
        return shown(keys.draft(key.name(), key.formula(), actor), locale);
    }

    @PutMapping("/api/operator/pooling/keys/{id}")
    @Needs(Right.OPERATE)
    ShownKey change(@PathVariable UUID id, @RequestBody @Valid ChangedKey key, Actor actor, Locale locale) {
        return shown(keys.change(id, key.version(), key.formula(), actor), locale);
    }

    @PostMapping("/api/operator/pooling/keys/{id}/adopt")
    @Needs(Right.OPERATE)
    ShownKey adopt(@PathVariable UUID id, Actor actor, Locale locale) {
        return shown(keys.adopt(id, actor), locale);
    }

    @PostMapping("/api/operator/pooling/keys/{id}/retire")
    @Needs(Right.OPERATE)
    ShownKey retire(@PathVariable UUID id, Actor actor, Locale locale) {
        return shown(keys.retire(id, actor), locale);
    }

    @PostMapping("/api/operator/pooling/keys/compare")
    @Needs(Right.READ_TERRITORY)
    Workshop.Comparison compare(@RequestBody @Valid ComparisonWish wish, Locale locale) {
        return workshop.compare(wish.agreement(), wish.year(), wish.total(), wish.keys(), locale);
    }

    @PostMapping("/api/operator/pooling/keys/read")
    @Needs(Right.READ_TERRITORY)
    Said read(@RequestBody @Valid Formula formula, Locale locale) {
        return new Said(words.key(formula.formula(), locale));
    }

    @PostMapping("/api/operator/pooling/what-if")
    @Needs(Right.READ_TERRITORY)
    WhatIf.Answer whatIf(@RequestBody @Valid WhatIfWish wish) {
        return whatIf.tell(wish.year(), wish.changes());
    }

    private ShownKey shown(Keys.StoredKey key, Locale locale) {
        return new ShownKey(
                key.id(),
                key.name(),
                key.formula(),
                words.key(key.formula(), locale),
                key.status(),
                key.adoptedOn(),
                key.version());
    }

    @GetMapping("/api/operator/pooling/budget/{year}")
    @Needs(Right.READ_TERRITORY)
    List<Budget.Line> budget(@PathVariable int year) {
        Workshop.requireYear(year);
        return budget.of(year);
    }

    @GetMapping("/api/operator/pooling/budget-years")
    @Needs(Right.READ_TERRITORY)
    List<Budget.AdoptedYear> adoptedBudgets() {
        return budget.adopted();
    }

    @PostMapping("/api/operator/pooling/budget")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, UUID> add(@RequestBody @Valid Budget.NewLine line, Actor actor) {
        return Map.of("id", budget.add(line, actor));
    }

    @PutMapping("/api/operator/pooling/budget/lines/{id}")
    @Needs(Right.OPERATE)
    Budget.Line amend(@PathVariable UUID id, @RequestBody @Valid Amendment amendment, Actor actor) {
        return budget.amend(
                id, amendment.version(), amendment.amount(), amendment.funding(), amendment.reason(), actor);
    }

    @GetMapping("/api/operator/pooling/budget/lines/{id}/history")
    @Needs(Right.READ_TERRITORY)
    List<Budget.Change> history(@PathVariable UUID id) {
        return budget.history(id);
    }

    @GetMapping("/api/members/{member}/budget/{year}")
    @Needs(Right.READ_MEMBER)
    List<Budget.Line> shared(@PathVariable MemberId member, @PathVariable int year) {
        Workshop.requireYear(year);
        return budget.of(year, member);
    }

    @DeleteMapping("/api/operator/pooling/budget/lines/{id}")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id, Actor actor) {
        budget.remove(id, actor);
    }
}
