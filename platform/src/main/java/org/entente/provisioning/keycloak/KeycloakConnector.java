package org.entente.provisioning.keycloak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.entente.identity.SignInPeople;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.SignInPeople.Written;
import org.entente.provisioning.spi.ActualAccount;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Outcome;
import org.entente.provisioning.spi.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * Keycloak keeps one user a person, with every live capacity. Accounts of a batch are therefore gathered by person; a capacity that
 * is suspended or closed is left out, and Keycloak cuts what it held in the same transaction.
 */
@Component
class KeycloakConnector implements Connector {

    private static final int PARALLEL = 4;

    private final SignInPeople keycloak;
    private final MessageSource messages;

    KeycloakConnector(SignInPeople keycloak, MessageSource messages) {
        this.keycloak = keycloak;
        this.messages = messages;
    }

    @Override
    public String kind() {
        return "keycloak";
    }

    @Override
    public boolean wholePerson() {
        return true;
    }

    @Override
    public int batchSize() {
        return SignInPeople.MOST * PARALLEL;
    }

    @Override
    public List<Outcome> apply(Target target, List<DesiredAccount> batch) {
        Map<UUID, List<DesiredAccount>> byPerson = batch.stream()
                .collect(Collectors.groupingBy(
                        account -> account.person().id().value(), LinkedHashMap::new, Collectors.toList()));
        Map<UUID, Written> written =
                write(byPerson.values().stream().map(PersonOf::accounts).toList());
        return batch.stream()
                .map(account ->
                        outcome(account, written.get(account.person().id().value())))
                .toList();
    }

    @Override
    public List<ActualAccount> list(Target target, String after, int limit) {
        try {
            return keycloak.list(after, limit).stream()
                    .map(held -> new ActualAccount(held.userId(), held.person(), held.enabled(), held.fingerprint()))
                    .toList();
        } catch (RestClientException e) {
            throw unavailable(e);
        }
    }

    @Override
    public String fingerprint(Target target, DesiredAccount desired) {
        return keycloak.fingerprint(PersonOf.accounts(List.of(desired)));
    }

    /** What Keycloak has written is so, and must be heard, whatever becomes of the other parts. */
    private Map<UUID, Written> write(List<Person> people) {
        List<List<Person>> parts = new ArrayList<>();
        for (int from = 0; from < people.size(); from += SignInPeople.MOST) {
            parts.add(people.subList(from, Math.min(people.size(), from + SignInPeople.MOST)));
        }
        try (ExecutorService parallel = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Written>>> answers = parts.stream()
                    .map(part -> parallel.submit(() -> keycloak.write(part)))
                    .toList();
            Map<UUID, Written> written = new LinkedHashMap<>();
            Throwable failure = null;
            for (Future<List<Written>> answer : answers) {
                try {
                    answer.get().forEach(one -> written.put(one.person(), one));
                } catch (ExecutionException e) {
                    failure = e.getCause() == null ? e : e.getCause();
                }
            }
            if (failure != null && written.isEmpty()) {
                throw unavailable(failure);
            }
            return written;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private Outcome outcome(DesiredAccount account, @Nullable Written written) {
        if (written == null || written.failed()) {
            return Outcome.failed(
                    account.account(),
                    written == null ? "Keycloak did not answer for this person" : String.valueOf(written.error()));
        }
        return Outcome.done(account.account(), written.userId(), detail(account, written))
                .telling(written.notices());
    }

    private String detail(DesiredAccount account, Written written) {
        if (written.outcome().equals("stale")) {
            return text("keycloak.newer");
        }
        if (account.state() == DesiredAccount.State.ACTIVE) {
            return text("keycloak.current");
        }
        SignInPeople.Cut cut = written.cut();
        return text(
                "keycloak.cut", cut.clientSessions() + cut.offlineSessions(), cut.offlineSessions(), cut.sessions());
    }

    /** Certificates are in French: what they quote is, too. */
    private String text(String key, Object... args) {
        return messages.getMessage(key, args, Locale.FRENCH);
    }

    private static EngineUnavailable unavailable(Throwable cause) {
        return new EngineUnavailable("Keycloak does not answer: " + cause.getMessage(), cause);
    }
}
