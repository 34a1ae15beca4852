package org.entente.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The catalogue read from its files: at start, when the operator's folder changes, and on demand. */
@Component
class CatalogOfFiles implements Catalog, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CatalogOfFiles.class);

    private final CatalogFiles files;
    private final CatalogStore store;
    private final Secrets secrets;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;
    private volatile long stamp;
    private volatile boolean running;

    CatalogOfFiles(
            CatalogFiles files,
            CatalogStore store,
            Secrets secrets,
            Ledger ledger,
            ApplicationEventPublisher events,
            TransactionOperations transaction) {
        this.files = files;
        this.store = store;
        this.secrets = secrets;
        this.ledger = ledger;
        this.events = events;
        this.transaction = transaction;
    }

    @Override
    public List<Service> services() {
        return store.offered();
    }

    @Override
    public Optional<Service> find(String id) {
        return store.offered(id);
    }

    @Override
    public Optional<Words> name(String id) {
        return store.name(id);
    }

    @Override
    public Map<String, String> settings(String id) {
        return store.settings(id).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, setting -> secrets.resolve(setting.getValue())));
    }

    @Override
    public String resolve(String text) {
        return secrets.resolve(text);
    }

    @Override
    public List<DescriptorProblem> problems() {
        return store.problems();
    }

    @Override
    public synchronized boolean reload() {
        long read = files.stamp();
        CatalogFiles.Contents contents = files.read();
        Boolean changed = transaction.execute(status -> {
            store.lock();
            List<String> kept = store.idsOf(contents.badFiles());
            List<Descriptor> good = contents.descriptors().stream()
                    .filter(descriptor -> !kept.contains(descriptor.service().id()))
                    .toList();
            List<String> known = Stream.concat(
                            good.stream().map(d -> d.service().id()), kept.stream())
                    .toList();
            List<Entry> entries = store.bring(good, known);
            store.bringProblems(contents.problems());
            if (entries.isEmpty()) {
                return false;
            }
            ledger.record(entries);
            events.publishEvent(new CatalogChanged());
            return true;
        });
        stamp = read;
        contents.problems()
                .forEach(p -> log.warn("Descriptor {} line {}: {} {}", p.file(), p.line(), p.code(), p.args()));
        return Boolean.TRUE.equals(changed);
    }

    @Scheduled(fixedDelayString = "${entente.catalog.watch:5s}")
    void watch() {
        if (running && files.stamp() != stamp) {
            reload();
        }
    }

    /** Before the first request is served, and after every listener is in place. */
    @Override
    public void start() {
        reload();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
