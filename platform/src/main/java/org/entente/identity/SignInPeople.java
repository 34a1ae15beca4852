package org.entente.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The people who can sign in, as Keycloak holds them: written in batches by the connector that keeps them. */
public interface SignInPeople {

    /** The most people one {@link #write} takes. */
    int MOST = 100;

    /**
     * Writes people in one transaction; what a vanished capacity held is cut in it.
     *
     * @throws org.springframework.web.client.RestClientException when Keycloak does not answer or says no
     */
    List<Written> write(List<Person> people);

    /** What Keycloak really holds, ordered by person. */
    List<Held> list(String after, int limit);

    /** What {@link Held#fingerprint} is when Keycloak holds exactly this. */
    String fingerprint(Person person);

    /** One person. */
    record Person(
            UUID person,
            long revision,
            boolean enabled,
            String givenName,
            String familyName,
            @Nullable String locale,
            @Nullable String email,
            List<String> addresses,
            boolean needsSecondFactor,
            List<Capacity> capacities) {}

    /**
     * One live capacity.
     *
     * @param keptBy {@code ldap} for who is in the member's own directory
     * @param services which services it gives, and in which roles
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Capacity(
            UUID id,
            UUID member,
            @Nullable String siren,
            @Nullable String siret,
            String memberName,
            String kind,
            String function,
            @Nullable String unit,
            @Nullable String address,
            @Nullable String phone,
            @Nullable String keptBy,
            SortedMap<String, SortedSet<String>> services) {}

    /**
     * What became of one person, and how much ended with the capacities that vanished.
     *
     * @param notices what applications are being told of sessions that ended with them, now or some minutes ago
     */
    record Written(
            UUID person,
            @Nullable String userId,
            String outcome,
            @Nullable String error,
            Cut cut,
            List<LogoutNotices.Notice> notices) {

        public Written {
            notices = notices == null ? List.of() : List.copyOf(notices);
        }

        public boolean failed() {
            return outcome.equals("failed");
        }
    }

    /** Sessions of the browser, of apps, and of apps offline that ended. */
    record Cut(int sessions, int clientSessions, int offlineSessions) {}

    /** One person as Keycloak holds them. */
    record Held(UUID person, String userId, boolean enabled, long revision, String fingerprint) {}
}
