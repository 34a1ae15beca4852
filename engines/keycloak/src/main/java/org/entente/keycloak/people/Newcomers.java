package org.entente.keycloak.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.keycloak.Database;
import org.entente.keycloak.Json;
import org.entente.keycloak.people.PersonState.Sent;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Makes many users in four statements: Keycloak's own door asks and flushes several times for each, which is most of the time
 * when a whole territory arrives. The rows are those that its {@code addUser} leaves; no cache knows people whom nobody has
 * seen. What is read back in the connector's contract comes through Keycloak's own door, and so proves that they are right.
 */
final class Newcomers {

    /** A longer value has a column of its own, and is found by its hashes. */
    private static final int SHORT = 255;

    private final EntityManager rows;
    private final RealmModel realm;

    Newcomers(KeycloakSession session, RealmModel realm) {
        this.rows = Database.of(session);
        this.realm = realm;
    }

    /** @param people whom the realm does not have, each once */
    void make(List<Sent> people) {
        if (people.isEmpty()) {
            return;
        }
        rows.createNativeQuery("""
                        INSERT INTO user_entity (id, username, realm_id, enabled, first_name, last_name, email, email_verified,
                            email_constraint, created_timestamp, last_modified_timestamp, not_before)
                        SELECT id, id, :realm, enabled, given, family, email, email IS NOT NULL, mark, :now, :now, 0
                        FROM jsonb_to_recordset(CAST(:users AS jsonb))
                            AS u (id text, enabled boolean, given text, family text, email text, mark text)""")
                .setParameter("realm", realm.getId())
                .setParameter("now", Time.currentTimeMillis())
                .setParameter(
                        "users", Json.write(people.stream().map(this::user).toList()))
                .executeUpdate();
        rows.createNativeQuery("""
                        INSERT INTO user_attribute
                            (id, user_id, name, value, long_value, long_value_hash, long_value_hash_lower_case)
                        SELECT id, person, name, value, longer, decode(hash, 'hex'), decode(lower_hash, 'hex')
                        FROM jsonb_to_recordset(CAST(:attributes AS jsonb))
                            AS a (id text, person text, name text, value text, longer text, hash text, lower_hash text)""")
                .setParameter(
                        "attributes",
                        Json.write(
                                people.stream().flatMap(Newcomers::attributes).toList()))
                .executeUpdate();
        String ids = people.stream().map(Sent::person).collect(Collectors.joining(","));
        rows.createNativeQuery("""
                        INSERT INTO user_role_mapping (user_id, role_id)
                        SELECT id, :role FROM unnest(string_to_array(:ids, ',')) AS id""")
                .setParameter("role", realm.getDefaultRole().getId())
                .setParameter("ids", ids)
                .executeUpdate();
        rows.createNativeQuery("""
                        INSERT INTO user_group_membership (user_id, group_id, membership_type)
                        SELECT id, g.group_id, 'UNMANAGED'
                        FROM unnest(string_to_array(:ids, ',')) AS id, realm_default_groups g WHERE g.realm_id = :realm""")
                .setParameter("realm", realm.getId())
                .setParameter("ids", ids)
                .executeUpdate();
    }

    private User user(Sent sent) {
        PersonState state = sent.state();
        String email = state.email();
        // Where people may share an address, Keycloak marks each row with something else that is unique.
        String mark = email == null || realm.isDuplicateEmailsAllowed()
                ? UUID.randomUUID().toString()
                : email;
        return new User(state.person(), state.enabled(), state.givenName(), state.familyName(), email, mark);
    }

    private static Stream<Attribute> attributes(Sent sent) {
        return sent.state().attributes(sent.revision()).entrySet().stream()
                .flatMap(attribute -> attribute.getValue().stream()
                        .map(value -> Attribute.of(sent.person(), attribute.getKey(), value)));
    }

    private record User(
            String id,
            boolean enabled,
            String given,
            String family,
            @Nullable String email,
            String mark) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Attribute(
            String id,
            String person,
            String name,
            @Nullable String value,
            @Nullable String longer,
            @Nullable String hash,
            @JsonProperty("lower_hash") @Nullable String lowerHash) {

        static Attribute of(String person, String name, String value) {
            String id = UUID.randomUUID().toString();
            return value.length() <= SHORT
                    ? new Attribute(id, person, name, value, null, null, null)
                    : new Attribute(
                            id, person, name, null, value, sha512(value), sha512(value.toLowerCase(Locale.ENGLISH)));
        }
    }

    private static String sha512(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-512").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
