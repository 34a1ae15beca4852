package org.entente.keycloak.people;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.Vouching;
import org.entente.keycloak.backchannel.BackChannel;
import org.entente.keycloak.backchannel.Notice;
import org.entente.keycloak.people.PersonState.Sent;
import org.entente.keycloak.sources.Sources;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Writes a batch of people in one transaction, and cuts in it what capacities held that vanished, and applications they give no more. */
final class Writer {

    private static final Logger log = Logger.getLogger(Writer.class);

    /** After so many people what was written is forgotten: see {@link Rows#forget}. */
    private static final int AT_ONCE = 10;

    private final KeycloakSession request;
    private final BackChannel backChannel;

    Writer(KeycloakSession request, BackChannel backChannel) {
        this.request = request;
        this.backChannel = backChannel;
    }

    List<Result> write(List<Sent> people) {
        try {
            return inTransaction(people);
        } catch (RuntimeException first) {
            log.debugf(first, "A batch of %d failed, its people are written one by one", people.size());
        }
        // Either another batch made one of these people meanwhile, or one of them cannot be written: the others go on.
        return people.stream().map(this::alone).toList();
    }

    private Result alone(Sent person) {
        try {
            return inTransaction(List.of(person)).getFirst();
        } catch (RuntimeException failure) {
            log.warnf(failure, "Person %s could not be written", person.person());
            return Result.failed(person.person(), String.valueOf(failure.getMessage()));
        }
    }

    private List<Result> inTransaction(List<Sent> people) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                request.getKeycloakSessionFactory(),
                request.getContext(),
                session -> writeIn(session, people),
                "entente people");
    }

    private List<Result> writeIn(KeycloakSession session, List<Sent> people) {
        RealmModel realm = session.getContext().getRealm();
        Set<String> existing =
                Rows.lock(session, people.stream().map(Sent::person).toList());
        Set<String> signedIn = Rows.withSessions(session, realm.getId(), existing);
        Departed departed = Departed.of(session, existing);
        Map<String, Sent> newcomers = newcomers(people, existing);
        new Newcomers(session, realm).make(List.copyOf(newcomers.values()));
        List<Result> results = new ArrayList<>(people.size());
        for (Sent person : people) {
            results.add(
                    newcomers.remove(person.person(), person)
                            ? Result.created(person.person())
                            : update(session, realm, person, signedIn.contains(person.person()), departed));
            if (signedIn.isEmpty() && results.size() % AT_ONCE == 0) {
                Rows.forget(session);
            }
        }
        return results;
    }

    /** Those the realm does not have: of somebody who is sent twice, the first state. */
    private static Map<String, Sent> newcomers(List<Sent> people, Set<String> existing) {
        return people.stream()
                .filter(person -> !existing.contains(person.person()))
                .collect(
                        Collectors.toMap(Sent::person, person -> person, (first, second) -> first, LinkedHashMap::new));
    }

    private Result update(KeycloakSession session, RealmModel realm, Sent sent, boolean signedIn, Departed departed) {
        PersonState wanted = sent.state();
        UserModel user = fresh(session.users().getUserById(realm, sent.person()));
        if (user == null) {
            throw new IllegalStateException("Another realm has somebody of this id");
        }
        if (sent.revision() < PersonState.revision(user)) {
            return new Result(
                    sent.person(),
                    user.getId(),
                    "stale",
                    null,
                    Result.Cut.NOTHING,
                    departed.notices(sent.person(), List.of()));
        }
        boolean same = PersonState.of(user).equals(wanted);
        if (!same || sent.revision() > PersonState.revision(user)) {
            Set<String> before = members(Capacities.of(user));
            wanted.writeTo(user, sent.revision());
            Set<String> now = members(wanted.capacities());
            if (!before.containsAll(now)) {
                // What another member now gives them is not for the providers of the members before to open unasked:
                // until it is confirmed anew, whoever is signed in through one acts for its member only.
                Vouching.forgetOthers(user, Set.of());
                new FirstSignIn(session, realm).withdraw(user);
            }
            if (!now.containsAll(before)) {
                Sources.unlink(session, realm, user, now);
            }
        }
        // Also when nothing changed: a sign-in that ran at the same time as an earlier cut is caught here.
        Sessions sessions = new Sessions(session, realm, user);
        if (signedIn && wanted.enabled()) {
            sessions.keepOnly(wanted.capacities());
        } else if (signedIn) {
            sessions.endAll();
        }
        List<Notice> now = new ArrayList<>(sessions.notices());
        now.addAll(departed.left(sent.person(), wanted, sessions.ended()));
        List<Notice> all = departed.notices(sent.person(), now);
        backChannel.afterCommit(session, sent.person(), now);
        return new Result(sent.person(), user.getId(), same ? "unchanged" : "updated", null, sessions.cut(), all);
    }

    private static Set<String> members(List<Capacity> capacities) {
        return capacities.stream().map(Capacity::member).collect(Collectors.toSet());
    }

    /**
     * The user as the database holds it now that its row is locked, not as another batch left it in the cache: at the first
     * write, even of nothing, Keycloak leaves the cached copy for the row.
     */
    private static @Nullable UserModel fresh(@Nullable UserModel user) {
        if (user != null) {
            user.removeAttribute("entente.nothing");
        }
        return user;
    }
}
