package org.entente.provisioning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.entente.provisioning.spi.ActualAccount;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.State;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Outcome;
import org.entente.provisioning.spi.Target;

/** An engine whose bad days can be arranged: it is down, refuses somebody, or forgets. */
class TestEngine implements Connector {

    /** What this engine holds of one account. */
    record Held(UUID account, boolean active, String function, UUID person) {}

    final Map<String, Held> held = new ConcurrentSkipListMap<>();
    final Set<UUID> refused = new HashSet<>();
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    volatile boolean down;
    volatile boolean onlyTold;
    volatile Runnable beforeEachBatch = () -> {};

    @Override
    public String kind() {
        return "test";
    }

    @Override
    public int batchSize() {
        return 20;
    }

    @Override
    public List<Outcome> apply(Target target, List<DesiredAccount> batch) {
        beforeEachBatch.run();
        if (down) {
            throw new EngineUnavailable("The engine is down", new IllegalStateException());
        }
        batches.add(batch.size());
        List<Outcome> outcomes = new ArrayList<>();
        for (DesiredAccount desired : batch) {
            if (refused.contains(desired.person().id().value())) {
                outcomes.add(Outcome.failed(desired.account(), "This one not now"));
                continue;
            }
            String id = target.service() + "/" + desired.account();
            if (desired.state() == State.CLOSED) {
                held.remove(id);
            } else {
                held.put(
                        id,
                        new Held(
                                desired.account(),
                                desired.state() == State.ACTIVE,
                                desired.capacity().function(),
                                desired.person().id().value()));
            }
            outcomes.add(Outcome.done(desired.account(), id, "ok"));
        }
        return outcomes;
    }

    @Override
    public boolean lists() {
        return !onlyTold;
    }

    @Override
    public List<ActualAccount> list(Target target, String after, int limit) {
        return held.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(target.service() + "/")
                        && entry.getKey().compareTo(after) > 0)
                .limit(limit)
                .map(entry -> new ActualAccount(
                        entry.getKey(),
                        entry.getValue().account(),
                        entry.getValue().active(),
                        entry.getValue().function()))
                .toList();
    }

    @Override
    public String fingerprint(Target target, DesiredAccount desired) {
        return desired.capacity().function();
    }

    List<Held> of(UUID person) {
        return held.values().stream().filter(one -> one.person().equals(person)).toList();
    }
}
