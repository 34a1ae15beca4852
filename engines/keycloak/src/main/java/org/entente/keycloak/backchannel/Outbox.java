package org.entente.keycloak.backchannel;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.entente.keycloak.Database;
import org.entente.keycloak.Json;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/**
 * What ended with capacities, in the transaction that ended it and until the platform says that it has heard of it: a lost answer, a node that dies and
 * one that starts anew lose nothing. Also what nobody can be told.
 */
public final class Outbox {

    private Outbox() {}

    /** A notice, and about whom. */
    public record Kept(String person, Notice notice) {}

    public static void keep(KeycloakSession session, String person, Collection<Notice> notices) {
        for (Notice notice : notices) {
            Database.of(session)
                    .createNativeQuery("""
                            INSERT INTO entente_notice (id, realm, person, notice, made_at)
                            VALUES (:id, :realm, :person, :notice, :now) ON CONFLICT (id) DO NOTHING""")
                    .setParameter("id", notice.id())
                    .setParameter("realm", session.getContext().getRealm().getId())
                    .setParameter("person", person)
                    .setParameter("notice", Json.write(notice))
                    .setParameter("now", (long) Time.currentTime())
                    .executeUpdate();
        }
    }

    /** What the platform has not heard of yet, by person. */
    public static Map<String, List<Notice>> of(KeycloakSession session, Collection<String> people) {
        Map<String, List<Notice>> all = new HashMap<>();
        found(session, "n.person", people)
                .forEach(kept -> all.merge(
                        kept.person(),
                        List.of(kept.notice()),
                        (before, more) ->
                                Stream.concat(before.stream(), more.stream()).toList()));
        return all;
    }

    /** The platform has these now; answers which it had not before. */
    public static List<Kept> heard(KeycloakSession session, Collection<String> ids) {
        List<Kept> kept = found(session, "n.id", ids);
        if (!kept.isEmpty()) {
            Database.of(session)
                    .createNativeQuery("""
                            DELETE FROM entente_notice n USING unnest(string_to_array(:ids, ',')) AS heard(id)
                            WHERE n.id = heard.id AND n.realm = :realm""")
                    .setParameter("ids", String.join(",", ids))
                    .setParameter("realm", session.getContext().getRealm().getId())
                    .executeUpdate();
        }
        return kept;
    }

    private static List<Kept> found(KeycloakSession session, String column, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Object[]> rows = Database.of(session)
                .createNativeQuery(
                        "SELECT n.person, n.notice FROM unnest(string_to_array(:ids, ',')) AS wanted(id) JOIN entente_notice n ON "
                                + column + " = wanted.id WHERE n.realm = :realm ORDER BY n.made_at, n.id",
                        Object[].class)
                .setParameter("ids", String.join(",", ids))
                .setParameter("realm", session.getContext().getRealm().getId())
                .getResultList();
        return rows.stream()
                .map(row -> new Kept((String) row[0], Json.read((String) row[1], Notice.class)))
                .toList();
    }
}
