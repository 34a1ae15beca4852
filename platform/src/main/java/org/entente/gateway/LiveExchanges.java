package org.entente.gateway;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What is under way on this node: an event stream, a long download or a WebSocket outlives the question whether its visit holds, so it is asked
 * again every second, for all of them at once.
 */
@Component
class LiveExchanges implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LiveExchanges.class);

    private final Set<Exchange> live = ConcurrentHashMap.newKeySet();
    private final Visits visits;
    private volatile boolean running;

    LiveExchanges(Visits visits) {
        this.visits = visits;
    }

    /**
     * One of them; close it when it is over.
     *
     * @param endless an event stream or a WebSocket: nothing to wait for when the platform stops
     */
    final class Exchange implements AutoCloseable {
        private final UUID visit;
        private final Runnable cut;
        private volatile boolean endless;

        private Exchange(UUID visit, Runnable cut, boolean endless) {
            this.visit = visit;
            this.cut = cut;
            this.endless = endless;
        }

        void hasNoEnd() {
            endless = true;
        }

        @Override
        public void close() {
            live.remove(this);
        }
    }

    /** @param cut ends it from another thread, now */
    Exchange begins(Visit visit, boolean endless, Runnable cut) {
        Exchange exchange = new Exchange(visit.id(), cut, endless);
        live.add(exchange);
        return exchange;
    }

    int count() {
        return live.size();
    }

    @Scheduled(fixedDelayString = "${entente.gateway.look-again:1s}")
    void cutWhatEnded() {
        Map<UUID, Set<Exchange>> byVisit =
                live.stream().collect(Collectors.groupingBy(one -> one.visit, Collectors.toSet()));
        if (byVisit.isEmpty()) {
            return;
        }
        try {
            Set<UUID> holding = visits.holding(byVisit.keySet());
            byVisit.forEach((visit, exchanges) -> {
                if (!holding.contains(visit)) {
                    exchanges.forEach(LiveExchanges::cut);
                }
            });
        } catch (DataAccessException e) {
            log.warn("Whether visits still hold cannot be asked now: {}", e.getMessage());
        }
    }

    private static void cut(Exchange exchange) {
        try {
            exchange.cut.run();
        } catch (RuntimeException e) {
            log.warn("An exchange could not be cut: {}", e.toString());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        live.stream().filter(one -> one.endless).forEach(LiveExchanges::cut);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the server waits for its requests to end. */
    @Override
    public int getPhase() {
        return WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE + 1;
    }
}
