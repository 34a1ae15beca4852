package org.entente.provisioning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Page;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.DescriptorProblem;
import org.entente.catalog.Service;
import org.entente.catalog.ServiceView;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the operator watches and pushes: services, engines, what fails and when it is tried again. */
@RestController
@RequestMapping("/api/operator")
class OperatorController {

    private static final int MOST_REPORTS = 20;

    private final OperatorStore store;
    private final EngineHealth health;
    private final Reconciliation reconciliation;
    private final Catalog catalog;
    private final Ledger ledger;
    private final TransactionOperations transaction;
    private final MessageSource messages;

    OperatorController(
            OperatorStore store,
            EngineHealth health,
            Reconciliation reconciliation,
            Catalog catalog,
            Ledger ledger,
            TransactionOperations transaction,
            MessageSource messages) {
        this.store = store;
        this.health = health;
        this.reconciliation = reconciliation;
        this.catalog = catalog;
        this.ledger = ledger;
        this.transaction = transaction;
        this.messages = messages;
    }

    record Compared(Instant at, int repaired) {}

    record ServiceState(
            ServiceView service,
            Map<String, Integer> accounts,
            int failing,
            @Nullable Compared lastReconciliation) {}

    record Job(
            UUID id,
            String kind,
            String state,
            String title,
            String detail,
            Instant at,
            int attempts,
            @Nullable Instant nextAttemptAt) {}

    record Problem(String file, int line, String text) {}

    @GetMapping("/services")
    @Needs(Right.READ_TERRITORY)
    List<ServiceState> services() {
        Map<String, List<OperatorStore.Counted>> counts =
                store.counts().stream().collect(Collectors.groupingBy(OperatorStore.Counted::service));
        Map<String, OperatorStore.Compared> compared = store.lastComparisons();
        return catalog.services().stream()
                .map(service ->
                        state(service, counts.getOrDefault(service.id(), List.of()), compared.get(service.id())))
                .toList();
    }

    @PostMapping("/services/{id}/reconcile")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void reconcile(@PathVariable String id, Actor actor) {
        Service service = catalog.find(id).orElseThrow(() -> Refusal.notFound("service.unknown", id));
        if (service.connector() == null) {
            throw Refusal.conflict("service.no-accounts", service.name().fr());
        }
        if (!reconciliation.comparable(id)) {
            throw Refusal.conflict("service.one-way", service.name().fr());
        }
        if (store.comparing(id)) {
            throw Refusal.conflict("service.comparing");
        }
        transaction.executeWithoutResult(status -> ledger.record(new Entry(
                actor.author(),
                "service.reconcile-asked",
                null,
                "service",
                id,
                service.name().fr(),
                Map.of(),
                Map.of())));
        Thread.ofVirtual().name("reconcile-" + id).start(() -> reconciliation.reconcile(id));
    }

    /** Descriptors that could not be taken as they stand. */
    @GetMapping("/services/problems")
    @Needs(Right.READ_TERRITORY)
    List<Problem> problems() {
        return catalog.problems().stream()
                .map(problem -> new Problem(problem.file(), problem.line(), text(problem)))
                .toList();
    }

    @PostMapping("/services/reload")
    @Needs(Right.OPERATE)
    List<Problem> reload() {
        catalog.reload();
        return problems();
    }

    @GetMapping("/engines")
    @Needs(Right.READ_TERRITORY)
    List<EngineHealth.Engine> engines() {
        return health.all();
    }

    @GetMapping("/jobs")
    @Needs(Right.READ_TERRITORY)
    Page<Job> jobs(@RequestParam(defaultValue = "0") int offset, @RequestParam(defaultValue = "50") int limit) {
        int from = Math.max(0, offset);
        List<Job> jobs = new ArrayList<>();
        store.failing(from, Page.size(limit))
                .forEach(one -> jobs.add(new Job(
                        one.id(),
                        "account",
                        "failed",
                        name(one.service()) + " · " + one.personName(),
                        one.error(),
                        one.since(),
                        one.attempts(),
                        one.next())));
        List<OperatorStore.Report> reports = from == 0 ? store.reports(MOST_REPORTS) : List.of();
        reports.forEach(one -> jobs.add(new Job(
                one.id(),
                "reconciliation",
                !one.finished() ? "running" : one.error() == null ? "done" : "failed",
                name(one.service()),
                one.error() == null
                        ? message("operator.reconciliation", one.checked(), one.repaired(), one.orphans())
                        : one.error(),
                one.at(),
                0,
                null)));
        return new Page<>(jobs, store.failing() + reports.size(), from);
    }

    @PostMapping("/jobs/{id}/retry")
    @Needs(Right.OPERATE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Transactional
    void retry(@PathVariable UUID id, Actor actor) {
        String service = store.retry(id).orElseThrow(() -> Refusal.notFound("job.unknown"));
        ledger.record(new Entry(
                actor.author(),
                "account.retry-asked",
                null,
                "account",
                id.toString(),
                name(service),
                Map.of(),
                Map.of()));
    }

    private static ServiceState state(
            Service service, List<OperatorStore.Counted> counts, OperatorStore.@Nullable Compared compared) {
        Map<String, Integer> accounts = new LinkedHashMap<>();
        for (String state : List.of("planned", "active", "suspended", "closed")) {
            accounts.put(
                    state,
                    counts.stream()
                            .filter(one -> one.state().equals(state))
                            .mapToInt(OperatorStore.Counted::accounts)
                            .sum());
        }
        return new ServiceState(
                ServiceView.of(service),
                accounts,
                counts.stream().mapToInt(OperatorStore.Counted::failing).sum(),
                compared == null ? null : new Compared(compared.at(), compared.repaired()));
    }

    private String name(String service) {
        return catalog.name(service)
                .map(name -> name.in(LocaleContextHolder.getLocale()))
                .orElse(service);
    }

    private String text(DescriptorProblem problem) {
        return message("catalog.problem." + problem.code(), problem.args().toArray());
    }

    private String message(String key, Object... args) {
        return String.valueOf(messages.getMessage(key, args, key, LocaleContextHolder.getLocale()));
    }
}
