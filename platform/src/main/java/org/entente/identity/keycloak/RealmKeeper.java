package org.entente.identity.keycloak;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.entente.catalog.CatalogChanged;
import org.entente.identity.SignInEngineReady;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies the realm as code at start, and again when the catalogue changes: as often as it takes, on one node at a time. The
 * platform starts without waiting for Keycloak.
 */
@Component
class RealmKeeper {

    private static final Logger log = LoggerFactory.getLogger(RealmKeeper.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final long LOCK = 0x6b65_7963_6c6fL;

    private final KeycloakSettings settings;
    private final RealmSteps steps;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("keycloak-realm-", 0).factory());
    private volatile boolean applied;

    RealmKeeper(
            KeycloakSettings settings,
            RealmSteps steps,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.settings = settings;
        this.steps = steps;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
    }

    @EventListener(ApplicationReadyEvent.class)
    void atStart() {
        if (settings.keepsRealm()) {
            apply();
        } else {
            log.info(
                    "The realm at {} is kept by someone else: entente.keycloak.admin-client-id is not set",
                    settings.url());
        }
    }

    /** A service that signs in by OIDC is a client of the realm. */
    @TransactionalEventListener(fallbackExecution = true)
    void catalogChanged(CatalogChanged event) {
        apply();
    }

    /** Has the realm brought to what it should be, soon; further calls meanwhile change nothing. */
    void apply() {
        if (settings.keepsRealm() && wanted.compareAndSet(false, true)) {
            worker.execute(() -> attempt(FIRST_WAIT));
        }
    }

    /** Whether the realm was applied since the last wish. */
    boolean done() {
        return applied && !wanted.get();
    }

    private void attempt(Duration wait) {
        wanted.set(false);
        applied = false;
        try {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("SELECT pg_advisory_xact_lock(:lock)")
                        .param("lock", LOCK)
                        .query()
                        .singleRow();
                steps.apply();
            });
            applied = true;
            events.publishEvent(new SignInEngineReady());
            log.info("The realm {} is as it should be", settings.realm());
        } catch (RuntimeException e) {
            log.warn("The realm cannot be applied yet, next try in {} s: {}", wait.toSeconds(), e.getMessage());
            Duration next = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            // When somebody wished for it again meanwhile, a try is under way already.
            if (wanted.compareAndSet(false, true)) {
                worker.schedule(() -> attempt(next), wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    @PreDestroy
    void stop() {
        worker.shutdownNow();
    }
}
