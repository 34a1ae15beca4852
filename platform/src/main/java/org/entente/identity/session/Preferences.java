package org.entente.identity.session;

import java.util.Map;
import java.util.Set;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a person chose for themselves: language, density, and the capacity used last. */
@Component
class Preferences {

    private static final Map<String, Set<String>> CHOICES =
            Map.of("language", Set.of("fr", "en"), "density", Set.of("comfortable", "compact"));

    private final JdbcClient jdbc;

    Preferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Null leaves as it is. */
    record Change(@Nullable String language, @Nullable String density) {
        Change {
            check("language", language);
            check("density", density);
        }

        private static void check(String field, @Nullable String value) {
            if (value != null && !CHOICES.getOrDefault(field, Set.of()).contains(value)) {
                throw Refusal.invalidField(field, "preference.choice");
            }
        }
    }

    record Chosen(String language, String density) {}

    /** A person and what they chose. */
    record Profile(String givenName, String usualName, Chosen chosen) {}

    Profile of(PersonId person) {
        return jdbc.sql("""
                        SELECT p.given_name, p.usual_name, coalesce(f.language, p.language) AS language, coalesce(f.density, 'comfortable') AS density
                        FROM directory.v_person p LEFT JOIN identity.preference f ON f.person = p.id WHERE p.id = ?""")
                .param(person.value())
                .query((row, number) -> new Profile(
                        row.getString("given_name"),
                        row.getString("usual_name"),
                        new Chosen(row.getString("language"), row.getString("density"))))
                .single();
    }

    void change(PersonId person, Change change) {
        jdbc.sql("""
                        INSERT INTO identity.preference (person, language, density) VALUES (:person, :language, coalesce(:density, 'comfortable'))
                        ON CONFLICT (person) DO UPDATE SET language = coalesce(:language, preference.language),
                            density = coalesce(:density, preference.density)""")
                .param("person", person.value())
                .param("language", change.language())
                .param("density", change.density())
                .update();
    }

    void used(PersonId person, AffiliationId capacity) {
        jdbc.sql("""
                        INSERT INTO identity.preference (person, last_capacity) VALUES (?, ?)
                        ON CONFLICT (person) DO UPDATE SET last_capacity = excluded.last_capacity""").params(person.value(), capacity.value()).update();
    }
}
