package org.entente.sources.ldap;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How often one person's password was tried at their directory in vain. Directories lock an account for everything after a number of them, five at the
 * strictest that are usual, within half an hour of each other: fewer than that are let through, whoever tries, so that nobody is locked out of their
 * computer from here. Half of them are kept for the places from which the person came in before: a stranger who tries shuts nobody out of where they work.
 */
@Component
class LdapTries {

    private static final Duration REMEMBERED = Duration.ofDays(90);

    /** An IPv6 network of one subscriber: its machines change the rest of their addresses every day. */
    private static final int NETWORK_BYTES = 8;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final int most;
    private final Duration apart;

    LdapTries(
            JdbcClient jdbc,
            Clock clock,
            @Value("${entente.sources.ldap.sign-in.tries:4}") int most,
            @Value("${entente.sources.ldap.sign-in.apart:30m}") Duration apart) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.most = most;
        this.apart = apart;
    }

    /**
     * A try that is being made.
     *
     * @param isLetThrough false when there were enough
     * @param isStrange whether it comes from a place that is not known for this person
     */
    record Try(UUID affiliation, byte @Nullable [] place, boolean isLetThrough, boolean isStrange) {}

    private record Places(boolean any, boolean here) {}

    /**
     * Counts one as failed before it is made, so that many at the same time are counted too.
     *
     * @param from the address from which somebody signs in, where it is known
     */
    Try begin(UUID affiliation, @Nullable String from) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        byte[] place = from == null ? null : place(affiliation, from);
        Places known = jdbc.sql("""
                        SELECT count(*) > 0 AS any, coalesce(bool_or(place = ?::bytea), false) AS here FROM sources.ldap_place
                        WHERE affiliation = ? AND last_at > ?""")
                .params(Arrays.asList(place, affiliation, now.minus(REMEMBERED)))
                .query(Places.class)
                .single();
        int strangers = known.any() ? most - most / 2 : most;
        boolean counted = jdbc.sql("""
                        INSERT INTO sources.ldap_try AS t (affiliation, failures, strange, last_at) VALUES (:affiliation, 1, :strange, :now)
                        ON CONFLICT (affiliation) DO UPDATE
                        SET failures = CASE WHEN t.last_at < :before THEN 1 ELSE t.failures + 1 END,
                            strange = CASE WHEN t.last_at < :before THEN 0 ELSE t.strange END + EXCLUDED.strange, last_at = :now
                        WHERE t.last_at < :before OR (t.failures < :most AND (EXCLUDED.strange = 0 OR t.strange < :strangers))
                        """)
                        .param("affiliation", affiliation)
                        .param("strange", known.here() ? 0 : 1)
                        .param("strangers", strangers)
                        .param("now", now)
                        .param("before", now.minus(apart))
                        .param("most", most)
                        .update()
                == 1;
        return new Try(affiliation, place, counted, !known.here());
    }

    /** The password was right. */
    void succeeded(Try made) {
        jdbc.sql("DELETE FROM sources.ldap_try WHERE affiliation = ?")
                .param(made.affiliation())
                .update();
        if (made.place() != null) {
            jdbc.sql("""
                            INSERT INTO sources.ldap_place AS p (affiliation, place, last_at) VALUES (?, ?, ?)
                            ON CONFLICT (affiliation, place) DO UPDATE SET last_at = EXCLUDED.last_at""")
                    .params(made.affiliation(), made.place(), OffsetDateTime.now(clock))
                    .update();
        }
    }

    /** The directory never got to see it. */
    void notMade(Try made) {
        jdbc.sql("""
                        UPDATE sources.ldap_try SET failures = greatest(failures - 1, 0), strange = greatest(strange - ?, 0)
                        WHERE affiliation = ?""").params(made.isStrange() ? 1 : 0, made.affiliation()).update();
    }

    void forgetOld() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("DELETE FROM sources.ldap_try WHERE last_at < ?")
                .param(now.minus(apart))
                .update();
        jdbc.sql("DELETE FROM sources.ldap_place WHERE last_at < ?")
                .param(now.minus(REMEMBERED))
                .update();
    }

    private static byte @Nullable [] place(UUID affiliation, String from) {
        try {
            InetAddress address = InetAddress.ofLiteral(from);
            byte[] bytes = address.getAddress();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES * 2)
                    .putLong(affiliation.getMostSignificantBits())
                    .putLong(affiliation.getLeastSignificantBits())
                    .array());
            return digest.digest(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
