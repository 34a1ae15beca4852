package org.entente.provisioning.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Outcome;
import org.jspecify.annotations.Nullable;

/** A batch brought account by account: several people at once, the accounts of one person one after another, the older state first. */
public final class SideBySide {

    private SideBySide() {}

    /**
     * @param atOnce for how many people at the same time
     * @param one brings one account
     * @return one outcome for each, in the order of the batch
     * @throws EngineUnavailable when {@code one} threw it: those not yet begun are left for later
     */
    public static List<Outcome> bring(List<DesiredAccount> batch, int atOnce, Function<DesiredAccount, Outcome> one) {
        Map<UUID, List<DesiredAccount>> people = batch.stream()
                .sorted(Comparator.comparingLong(DesiredAccount::revision))
                .collect(Collectors.groupingBy(
                        account -> account.person().id().value(), LinkedHashMap::new, Collectors.toList()));
        Map<UUID, Outcome> outcomes = new ConcurrentHashMap<>();
        AtomicReference<@Nullable EngineUnavailable> down = new AtomicReference<>();
        Semaphore places = new Semaphore(atOnce);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            for (List<DesiredAccount> accounts : people.values()) {
                calls.add(workers.submit(() -> {
                    places.acquireUninterruptibly();
                    try {
                        for (DesiredAccount account : accounts) {
                            if (down.get() != null) {
                                return;
                            }
                            outcomes.put(account.account(), one.apply(account));
                        }
                    } catch (EngineUnavailable e) {
                        down.compareAndSet(null, e);
                    } finally {
                        places.release();
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineUnavailable("Interrupted", e);
        }
        EngineUnavailable unavailable = down.get();
        if (unavailable != null) {
            throw unavailable;
        }
        return batch.stream().map(account -> outcomes.get(account.account())).toList();
    }
}
