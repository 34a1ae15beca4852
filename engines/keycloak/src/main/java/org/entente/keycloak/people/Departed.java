package org.entente.keycloak.people;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.backchannel.Entered;
import org.entente.keycloak.backchannel.Notice;
import org.entente.keycloak.backchannel.Outbox;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What a batch of people left behind them: applications whose session here has ended before, and what the platform has not heard of yet. */
final class Departed {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Map<String, List<Entered.Session>> entered;
    private final Map<String, List<Notice>> unheard;

    private Departed(
            KeycloakSession session, Map<String, List<Entered.Session>> entered, Map<String, List<Notice>> unheard) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.entered = entered;
        this.unheard = unheard;
    }

    /** Two questions, however many people there are. */
    static Departed of(KeycloakSession session, Collection<String> people) {
        return new Departed(
                session,
                Entered.of(session, people).stream().collect(Collectors.groupingBy(Entered.Session::person)),
                new HashMap<>(Outbox.of(session, people)));
    }

    /**
     * What is to be told of sessions that were in a capacity which has ended, or which gives the application no more, and that ended here
     * already.
     *
     * @param now which end with this very write, and are told as such
     */
    List<Notice> left(String person, PersonState wanted, Set<Sessions.Ended> now) {
        List<Capacity> live = wanted.enabled() ? wanted.capacities() : List.of();
        List<Entered.Session> theirs = entered.getOrDefault(person, List.of());
        List<Entered.Session> over = theirs.stream()
                .filter(one -> isNow(one, now) || isOver(one, live))
                .toList();
        if (over.isEmpty()) {
            return List.of();
        }
        Entered.forget(session, over);
        entered.put(person, theirs.stream().filter(one -> !over.contains(one)).toList());
        return over.stream()
                .filter(one -> !isNow(one, now))
                .flatMap(one -> one.notices().stream())
                .toList();
    }

    /** What the platform is to hear of: of before, and of now. */
    List<Notice> notices(String person, List<Notice> now) {
        Outbox.keep(session, person, now);
        List<Notice> all = new ArrayList<>(unheard.getOrDefault(person, List.of()));
        all.addAll(now);
        unheard.put(person, all);
        return List.copyOf(all);
    }

    private static boolean isNow(Entered.Session one, Set<Sessions.Ended> now) {
        return now.contains(new Sessions.Ended(one.userSession(), one.client()));
    }

    private boolean isOver(Entered.Session one, List<Capacity> live) {
        ClientModel client = realm.getClientById(one.client());
        return client == null || Capacities.acting(live, one.capacity(), client).isEmpty();
    }
}
