package org.entente.catalog;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.base.Sealed;
import org.entente.directory.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Descriptors that the operator writes on the screen instead of in a file: kept in the database, so every node has them. They say whatever
 * a file can say, but refer only to secrets that were kept on the screen, too: a file's secrets belong to whoever runs the machine.
 */
@Component
class WrittenDescriptors {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,69}");
    private static final int SHORTEST_SECRET = 8;
    private static final int LONGEST_SECRET = 1000;
    private static final int GENERATED_BYTES = 32;

    private final WrittenStore store;
    private final DescriptorCheck check;
    private final CatalogStore loaded;
    private final CatalogFiles files;
    private final Catalog catalog;
    private final Sealed sealed;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;
    private final SecureRandom random = new SecureRandom();

    WrittenDescriptors(
            WrittenStore store,
            DescriptorCheck check,
            CatalogStore loaded,
            CatalogFiles files,
            Catalog catalog,
            Sealed sealed,
            Ledger ledger,
            ApplicationEventPublisher events,
            TransactionOperations transaction) {
        this.store = store;
        this.check = check;
        this.loaded = loaded;
        this.files = files;
        this.catalog = catalog;
        this.sealed = sealed;
        this.ledger = ledger;
        this.events = events;
        this.transaction = transaction;
    }

    /**
     * Takes the text as the description of this service.
     *
     * @param revision that the writer had read; null for a new one
     */
    void save(String id, String yaml, @Nullable Integer revision, Actor actor) {
        DescriptorCheck.Checked checked = check.check(yaml, actor.person());
        Descriptor descriptor = checked.descriptor();
        if (descriptor == null || !checked.problems().isEmpty()) {
            throw Refusal.invalid("descriptor.problems", checked.problems().size());
        }
        Service service = descriptor.service();
        if (!service.id().equals(id)) {
            throw Refusal.invalid("descriptor.other-id", service.id(), id);
        }
        mustNotBeOfAFile(id);
        transaction.executeWithoutResult(status -> {
            List<String> names = SecretUses.of(descriptor).stream()
                    .map(SecretUses.Use::secret)
                    .distinct()
                    .toList();
            // Asked once more: somebody else may have typed one of them since, which is theirs to send.
            if (!check.elsewhere(descriptor, store.lockSecrets(names), actor.person())
                    .isEmpty()) {
                throw Refusal.conflict("changed.meanwhile");
            }
            Set<SecretUses.Use> before = SecretUses.of(store.all().values());
            List<String> sentSomewhereNew = SecretUses.of(descriptor).stream()
                    .filter(use -> !before.contains(use))
                    .map(SecretUses.Use::secret)
                    .toList();
            store.put(id, yaml, revision, actor.name());
            store.notFresh(sentSomewhereNew);
            record(actor, "descriptor.written", id, service.name().fr());
        });
        catalog.reload();
    }

    /** The service is retired, or is again what Entente ships under this id. */
    void remove(String id, Actor actor) {
        transaction.executeWithoutResult(status -> {
            String name = loaded.name(id).map(Words::fr).orElse(id);
            if (!store.remove(id)) {
                throw Refusal.notFound("descriptor.unknown", id);
            }
            record(actor, "descriptor.removed", id, name);
        });
        catalog.reload();
    }

    /** The text of a description, whoever wrote it. */
    Optional<String> text(String id) {
        return loaded.source(id).flatMap(files::text);
    }

    /** Whether the description of this service is a file on the machine, which the screen does not touch. */
    private void mustNotBeOfAFile(String id) {
        loaded.source(id).filter(files::isOfTheOperator).ifPresent(file -> {
            throw Refusal.conflict("descriptor.of-file", id, file);
        });
    }

    /** Makes a secret that nobody has to think up. */
    String generate(String name, Actor actor) {
        byte[] made = new byte[GENERATED_BYTES];
        random.nextBytes(made);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(made);
        keep(name, value, actor);
        return value;
    }

    /** @param name without {@link Secrets#KEPT} */
    void keep(String name, @Nullable String value, Actor actor) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalidField("name", "secret.name");
        }
        if (value == null
                || value.strip().length() < SHORTEST_SECRET
                || value.length() > LONGEST_SECRET
                || value.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalidField("value", "secret.value", SHORTEST_SECRET, LONGEST_SECRET);
        }
        transaction.executeWithoutResult(status -> {
            store.keep(Secrets.KEPT + name, sealed.seal(Secrets.PURPOSE, value.strip()), actor);
            ledger.record(new Entry(actor.author(), "secret.kept", null, "secret", name, name, Map.of(), Map.of()));
            // Whoever signs people in by it has to learn the new one.
            events.publishEvent(new CatalogChanged());
        });
    }

    void forget(String name, Actor actor) {
        List<String> users = usersOf(Secrets.KEPT + name);
        if (!users.isEmpty()) {
            throw Refusal.conflict("secret.used", String.join(", ", users));
        }
        transaction.executeWithoutResult(status -> {
            if (store.secret(Secrets.KEPT + name).isEmpty()) {
                throw Refusal.notFound("secret.unknown", name);
            }
            store.forget(Secrets.KEPT + name);
            ledger.record(
                    new Entry(actor.author(), "secret.forgotten", null, "secret", name, name, Map.of(), Map.of()));
        });
    }

    /** The services that refer to this secret. */
    List<String> usersOf(String name) {
        return store.all().entrySet().stream()
                .filter(one -> refersTo(one.getValue(), name))
                .map(one -> one.getKey().substring(WrittenStore.fileOf("").length()))
                .toList();
    }

    private static boolean refersTo(String yaml, String name) {
        Descriptor descriptor = DescriptorReader.read("", yaml).descriptor();
        // What is not understood any more is taken at its letters.
        return descriptor == null
                ? yaml.contains(name)
                : DescriptorCheck.references(descriptor).contains(name);
    }

    private void record(Actor actor, String act, String id, String label) {
        ledger.record(new Entry(actor.author(), act, null, "service", id, label, Map.of(), Map.of()));
    }
}
