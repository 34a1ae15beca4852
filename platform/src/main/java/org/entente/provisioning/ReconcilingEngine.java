package org.entente.provisioning;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.entente.provisioning.AccountPlanner.AccountsPlanned;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings accounts to their engines. Each service has two lanes: cuts never wait behind arrivals. A worker claims a batch, has the
 * connector apply it outside any transaction, and writes what became of it; whatever dies in between is claimed anew.
 */
@Component
class ReconcilingEngine implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReconcilingEngine.class);
    private static final int WORKERS = 3;

    /** Arrivals that follow one another within this time go to their engine together: a batch of one costs nearly as much as one of fifty. */
    private static final Duration TOGETHER = Duration.ofMillis(100);

    private final AccountStore accounts;
    private final Connectors connectors;
    private final Circuit circuit;
    private final DepartureActs acts;
    private final DepartureNotices notices;
    private final HeardNotices heard;
    private final TransactionOperations transaction;
    private final Map<AccountsPlanned, Semaphore> lanes = new ConcurrentHashMap<>();
    private final Set<AccountsPlanned> gathering = ConcurrentHashMap.newKeySet();
    private volatile ExecutorService workers = newWorkers();
    private volatile boolean running;

    ReconcilingEngine(
            AccountStore accounts,
            Connectors connectors,
            Circuit circuit,
            DepartureActs acts,
            DepartureNotices notices,
            HeardNotices heard,
            TransactionOperations transaction) {
        this.accounts = accounts;
        this.connectors = connectors;
        this.circuit = circuit;
        this.acts = acts;
        this.notices = notices;
        this.heard = heard;
        this.transaction = transaction;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    public void planned(AccountsPlanned planned) {
        if (planned.urgent()) {
            kick(planned);
        } else if (running && gathering.add(planned)) {
            workers.execute(() -> {
                try {
                    Thread.sleep(TOGETHER);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                gathering.remove(planned);
                kick(planned);
            });
        }
    }

    /** What no commit of this node announced: another node's, a retry whose time has come, a claim that died. */
    @Scheduled(fixedDelayString = "${entente.provisioning.poll:1s}")
    void poll() {
        if (running) {
            accounts.due().forEach(this::kick);
        }
    }

    /** Starts one more worker on a lane, unless it has all it may. */
    void kick(AccountsPlanned lane) {
        Semaphore places = lanes.computeIfAbsent(lane, l -> new Semaphore(WORKERS));
        if (running && places.tryAcquire()) {
            workers.execute(() -> {
                try {
                    work(lane);
                } catch (DataAccessException | TransactionException e) {
                    log.warn("Reconciling {} stops for now: {}", lane.service(), e.getMessage());
                } catch (RuntimeException e) {
                    log.error("Reconciling {} stops for now", lane.service(), e);
                } finally {
                    places.release();
                }
            });
        }
    }

    private void work(AccountsPlanned lane) {
        while (running) {
            Circuit.Pass pass = circuit.ask(lane.service());
            if (pass == Circuit.Pass.NOT_NOW || !batch(lane, pass)) {
                return;
            }
        }
    }

    /** One batch; answers whether there may be more to do at once. */
    private boolean batch(AccountsPlanned lane, Circuit.Pass pass) {
        UUID claim = UUID.randomUUID();
        Connector connector =
                accounts.connectorOf(lane.service()).flatMap(connectors::find).orElse(null);
        int most = connector == null ? 100 : connector.batchSize();
        List<AccountStore.Claimed> batch =
                transaction.execute(status -> accounts.claim(lane.service(), lane.urgent(), most, claim));
        if (batch == null || batch.isEmpty()) {
            if (pass == Circuit.Pass.ONCE) {
                circuit.untried(lane.service());
            }
            return false;
        }
        if (batch.size() == most && pass == Circuit.Pass.FREELY) {
            kick(lane);
        }
        try {
            if (connector == null) {
                throw new EngineUnavailable("No connector of this kind is installed", null);
            }
            List<Outcome> outcomes = connector.apply(
                    connectors.target(lane.service()),
                    batch.stream().map(AccountStore.Claimed::desired).toList());
            transaction.executeWithoutResult(status -> {
                acts.lock(outcomes);
                accounts.record(claim, batch, outcomes);
                notices.keep(outcomes);
                acts.follow(outcomes);
            });
            heard.of(outcomes);
            circuit.answered(lane.service());
            return true;
        } catch (EngineUnavailable e) {
            log.warn("{} does not answer: {}", lane.service(), e.getMessage());
            delay(lane, claim, String.valueOf(e.getMessage()));
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            // A connector that breaks is an engine that does not answer: nothing is lost, nobody else waits.
            log.error("The connector of {} broke", lane.service(), e);
            delay(lane, claim, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        return false;
    }

    private void delay(AccountsPlanned lane, UUID claim, String why) {
        transaction.executeWithoutResult(status -> accounts.giveBack(claim, circuit.failed(lane.service(), why), why));
    }

    private static ExecutorService newWorkers() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("reconcile-", 0).factory());
    }

    /** A context may be stopped and started again: those who were sent home do not come back. */
    @Override
    public synchronized void start() {
        if (workers.isShutdown()) {
            lanes.clear();
            gathering.clear();
            workers = newWorkers();
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        workers.shutdown();
        try {
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                log.info("Some batches are still under way; they are taken up again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
