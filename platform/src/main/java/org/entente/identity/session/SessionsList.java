package org.entente.identity.session;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.identity.AppSessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A person's sessions, of the portal and of apps, to see and to end. While Keycloak does not answer, those of the portal alone. */
@Component
class SessionsList {

    private static final Logger log = LoggerFactory.getLogger(SessionsList.class);

    private final JdbcClient jdbc;
    private final Capacities capacities;
    private final ObjectProvider<AppSessions> apps;

    SessionsList(JdbcClient jdbc, Capacities capacities, ObjectProvider<AppSessions> apps) {
        this.jdbc = jdbc;
        this.capacities = capacities;
        this.apps = apps;
    }

    record Session(
            String id,
            String where,
            String app,
            @Nullable Capacity capacity,
            String device,
            @Nullable String address,
            Instant since,
            Instant lastSeen,
            boolean current) {}

    private record Row(
            String id,
            String where,
            String app,
            @Nullable UUID capacity,
            String device,
            @Nullable String address,
            Instant since,
            Instant lastSeen) {}

    /** @param member only those that carry a capacity of this member; null: all */
    List<Session> of(PersonId person, @Nullable UUID current, @Nullable MemberId member) {
        List<Row> rows = new ArrayList<>(portal(person));
        rows.addAll(apps(person));
        Map<UUID, Capacity> known =
                capacities
                        .of(rows.stream()
                                .map(Row::capacity)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Capacity::id, Function.identity()));
        return rows.stream()
                .map(row -> new Session(
                        row.id(),
                        row.where(),
                        row.app(),
                        row.capacity() == null ? null : known.get(row.capacity()),
                        row.device(),
                        row.address(),
                        row.since(),
                        row.lastSeen(),
                        current != null && row.id().equals(current.toString())))
                .filter(session -> member == null
                        || (session.capacity() != null
                                && session.capacity().member().id().equals(member.value())))
                .sorted(Comparator.comparing(Session::current)
                        .thenComparing(Session::lastSeen)
                        .reversed())
                .toList();
    }

    /** Ends one, if it is among those that the caller may see; whether it was. */
    boolean end(PersonId person, String id, @Nullable MemberId member) {
        return of(person, null, member).stream()
                .filter(session -> session.id().equals(id))
                .findFirst()
                .map(session -> {
                    end(person, session);
                    return true;
                })
                .orElse(false);
    }

    /** Ends all of a person but this one; how many. */
    int endOthers(PersonId person, UUID current) {
        String kept = jdbc.sql("SELECT coalesce(keycloak_session, '') FROM identity.session WHERE id = ?")
                .param(current)
                .query(String.class)
                .optional()
                .orElse("");
        Set<String> done = new HashSet<>(Set.of(kept, current.toString()));
        int ended = 0;
        for (Session session : of(person, current, null)) {
            if (done.add(session.id())) {
                end(person, session);
                ended++;
            }
        }
        return ended;
    }

    private void end(PersonId person, Session session) {
        if (session.where().equals("app")) {
            apps.getObject().end(person, session.id());
            return;
        }
        jdbc.sql("DELETE FROM identity.session WHERE id = ? AND person = ?")
                .params(UUID.fromString(session.id()), person.value())
                .update();
    }

    private List<Row> portal(PersonId person) {
        return jdbc.sql("SELECT * FROM identity.session WHERE person = ? AND expires_at > now()")
                .param(person.value())
                .query((row, number) -> new Row(
                        row.getString("id"),
                        "portal",
                        "Entente",
                        row.getObject("acting", UUID.class),
                        row.getString("device"),
                        row.getString("address"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getObject("seen_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private List<Row> apps(PersonId person) {
        AppSessions door = apps.getIfAvailable();
        if (door == null) {
            return List.of();
        }
        try {
            return door.of(person).stream()
                    .map(app -> new Row(
                            app.session(),
                            "app",
                            app.app(),
                            uuid(app.capacity()),
                            "",
                            app.address(),
                            app.since(),
                            app.lastSeen()))
                    .toList();
        } catch (RuntimeException e) {
            log.warn("Keycloak does not list the sessions of a person: {}", e.getMessage());
            return List.of();
        }
    }

    private static @Nullable UUID uuid(@Nullable AffiliationId capacity) {
        return capacity == null ? null : capacity.value();
    }
}
