package org.entente.provisioning;

import java.util.ArrayList;
import java.util.List;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.identity.LogoutNotices;
import org.entente.identity.LogoutNotices.Notice;
import org.entente.identity.LogoutNotices.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.client.RestClientException;

/**
 * Sees to it that applications were told of the sessions that ended with a departure, and tells them again where they did not answer. The engine has told each
 * once when it cut; a departure is complete when there is nothing left to try.
 */
@Component
class DepartureTelling {

    private static final Logger log = LoggerFactory.getLogger(DepartureTelling.class);
    private static final int BATCHES = 20;

    private final DepartureNotices notices;
    private final LogoutNotices engine;
    private final DepartureActs acts;
    private final Ledger ledger;
    private final TransactionOperations transaction;

    DepartureTelling(
            DepartureNotices notices,
            LogoutNotices engine,
            DepartureActs acts,
            Ledger ledger,
            TransactionOperations transaction) {
        this.notices = notices;
        this.engine = engine;
        this.acts = acts;
        this.ledger = ledger;
        this.transaction = transaction;
    }

    @Scheduled(fixedDelayString = "${entente.departures.telling.poll:1s}")
    void tell() {
        for (int n = 0; n < BATCHES; n++) {
            List<DepartureNotices.Due> due = transaction.execute(status -> notices.take(LogoutNotices.MOST));
            if (due == null || due.isEmpty()) {
                return;
            }
            List<Told> told = new ArrayList<>();
            try {
                told.addAll(see(due, false));
                told.addAll(see(due, true));
            } catch (RestClientException e) {
                // What was not asked about stays due: the engine comes back, and remembers or tells anew.
                log.warn("The sign-in engine does not say what applications answered: {}", e.getMessage());
            }
            if (!told.isEmpty()) {
                transaction.executeWithoutResult(status -> {
                    notices.lock(due);
                    List<Entry> entries = new ArrayList<>(notices.record(due, told));
                    entries.addAll(acts.complete());
                    if (!entries.isEmpty()) {
                        ledger.record(entries);
                    }
                });
            }
            if (told.size() < due.size()) {
                return;
            }
        }
    }

    private List<Told> see(List<DepartureNotices.Due> due, boolean again) {
        List<Notice> asked = due.stream()
                .filter(one -> one.attempts() > 0 == again)
                .map(DepartureNotices.Due::notice)
                .toList();
        return asked.isEmpty() ? List.of() : engine.see(asked, again);
    }
}
