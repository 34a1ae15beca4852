package org.entente.identity.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.RateLimits;
import org.entente.base.Refusal;
import org.entente.base.Secret;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.identity.AppPasswords;
import org.entente.identity.Door;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** App passwords: made by us, 140 random bits in seven groups that can be read aloud; see {@link Secret} on why SHA-256 keeps them. */
@Component
class DevicePasswords implements AppPasswords {

    static final int MOST = 50;

    /** Crockford's letters: none that is taken for another. */
    private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int GROUPS = 7;
    private static final int LETTERS_A_GROUP = 4;
    private static final Duration USED_EVERY = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final RateLimits failuresOfPlace = new RateLimits(60, Duration.ofMinutes(1));
    private final RateLimits failuresOfAddress = new RateLimits(10, Duration.ofMinutes(1));
    private final Cache<Known, Boolean> wellKnown = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterAccess(Duration.ofDays(1))
            .build();

    DevicePasswords(JdbcClient jdbc, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A password that was right at this door. */
    private record Known(ByteBuffer kept, Door door) {}

    /** As its person sees it, without the secret. */
    record Kept(
            UUID id,
            String label,
            UUID capacity,
            List<String> doors,
            Instant madeAt,
            @Nullable Instant lastUsedAt,
            @Nullable String lastUsedFrom,
            @Nullable Instant revokedAt) {}

    /** @param secret told this once */
    record Made(UUID id, String secret) {}

    @Override
    public Optional<Granted> authenticate(String address, String secret, @Nullable String remoteAddress, Door door) {
        String mail = address.strip().toLowerCase(Locale.ROOT);
        byte[] kept = Secret.kept(plain(secret));
        String place = Objects.requireNonNullElse(remoteAddress, "");
        Known known = new Known(ByteBuffer.wrap(kept), door);
        // A password that was right before is looked at whatever others did from the same place.
        if (wellKnown.getIfPresent(known) == null
                && (failuresOfPlace.exhausted(place) || failuresOfAddress.exhausted(mail + " " + place))) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "app-password.often");
        }
        Optional<Granted> granted = find(mail, kept, place, door);
        if (granted.isPresent()) {
            wellKnown.put(known, true);
        } else {
            wellKnown.invalidate(known);
            failuresOfPlace.take(place);
            failuresOfAddress.take(mail + " " + place);
        }
        return granted;
    }

    private Optional<Granted> find(String mail, byte[] kept, String place, Door door) {
        record Found(
                UUID id,
                Granted granted,
                @Nullable Instant used,
                @Nullable String from) {}
        Optional<Found> found = jdbc.sql("""
                        SELECT w.id, w.person, p.given_name || ' ' || p.usual_name AS name, a.id AS capacity, a.member, w.last_used_at, w.last_used_from
                        FROM identity.app_password w
                        JOIN directory.v_affiliation a ON a.id = w.capacity AND a.person = w.person AND a.live
                        JOIN directory.v_person p ON p.id = w.person
                        WHERE w.secret = ? AND w.revoked_at IS NULL AND w.doors && ?::text[]
                          AND EXISTS (SELECT 1 FROM directory.v_affiliation o WHERE o.person = w.person AND o.live AND o.address = ?)""")
                .params(kept, opening(door), mail)
                .query((row, number) -> new Found(
                        row.getObject("id", UUID.class),
                        new Granted(
                                new PersonId(row.getObject("person", UUID.class)),
                                row.getString("name"),
                                new AffiliationId(row.getObject("capacity", UUID.class)),
                                new MemberId(row.getObject("member", UUID.class)),
                                mail),
                        instant(row, "last_used_at"),
                        row.getString("last_used_from")))
                .optional();
        Instant now = clock.instant();
        found.filter(f -> f.used() == null || f.used().isBefore(now.minus(USED_EVERY)) || !place.equals(f.from()))
                .ifPresent(f -> jdbc.sql(
                                "UPDATE identity.app_password SET last_used_at = ?, last_used_from = ? WHERE id = ?")
                        .params(SessionStore.at(now), place, f.id())
                        .update());
        return found.map(Found::granted);
    }

    @Override
    @Transactional
    public boolean revoke(String address, String secret, @Nullable String remoteAddress, Door door) {
        Optional<Granted> granted = authenticate(address, secret, remoteAddress, door);
        if (granted.isEmpty()) {
            return false;
        }
        record Revoked(UUID id, String label) {}
        Optional<Revoked> revoked = jdbc.sql("""
                        UPDATE identity.app_password SET revoked_at = ?, revoked_by = 'person' WHERE secret = ? AND revoked_at IS NULL RETURNING id, label""")
                .params(SessionStore.at(clock.instant()), Secret.kept(plain(secret)))
                .query((row, n) -> new Revoked(row.getObject("id", UUID.class), row.getString("label")))
                .optional();
        revoked.ifPresent(one -> ledger.record(new Entry(
                new Author(
                        granted.get().person().value(),
                        granted.get().capacity().value(),
                        granted.get().name(),
                        remoteAddress),
                "app-password.revoked",
                granted.get().member().value(),
                "app-password",
                one.id().toString(),
                one.label(),
                Map.of(),
                Map.of("label", one.label()))));
        return revoked.isPresent();
    }

    /** By what is kept: an app password of before doors were chosen opens every application that reads LDAP. */
    private static String[] opening(Door door) {
        return door.kind() == Door.Kind.LDAP ? new String[] {door.text(), "ldap"} : new String[] {door.text()};
    }

    /** Refuses when this person has as many as one may have. */
    void demandRoom(PersonId person) {
        long active = jdbc.sql("SELECT count(*) FROM identity.app_password WHERE person = ? AND revoked_at IS NULL")
                .param(person.value())
                .query(Long.class)
                .single();
        if (active >= MOST) {
            throw Refusal.conflict("app-password.many", MOST);
        }
    }

    Made make(PersonId person, AffiliationId capacity, String label, Door door) {
        demandRoom(person);
        String secret = random();
        UUID id = jdbc.sql("""
                        INSERT INTO identity.app_password (person, capacity, label, doors, secret, made_at)
                        VALUES (?, ?, ?, ?::text[], ?, ?) RETURNING id""")
                .params(
                        person.value(),
                        capacity.value(),
                        label,
                        new String[] {door.text()},
                        Secret.kept(plain(secret)),
                        SessionStore.at(clock.instant()))
                .query(UUID.class)
                .single();
        return new Made(id, secret);
    }

    List<Kept> of(PersonId person) {
        return jdbc.sql("SELECT * FROM identity.app_password WHERE person = ? ORDER BY made_at DESC, id LIMIT 200")
                .param(person.value())
                .query((row, number) -> new Kept(
                        row.getObject("id", UUID.class),
                        row.getString("label"),
                        row.getObject("capacity", UUID.class),
                        List.of((String[]) row.getArray("doors").getArray()),
                        Objects.requireNonNull(instant(row, "made_at")),
                        instant(row, "last_used_at"),
                        row.getString("last_used_from"),
                        instant(row, "revoked_at")))
                .list();
    }

    /** Whether there was one to revoke. */
    boolean revoke(PersonId person, UUID id) {
        return jdbc.sql("""
                        UPDATE identity.app_password SET revoked_at = ?, revoked_by = 'person'
                        WHERE id = ? AND person = ? AND revoked_at IS NULL""")
                        .params(SessionStore.at(clock.instant()), id, person.value())
                        .update()
                == 1;
    }

    private String random() {
        StringBuilder secret = new StringBuilder();
        for (int i = 0; i < GROUPS * LETTERS_A_GROUP; i++) {
            if (i > 0 && i % LETTERS_A_GROUP == 0) {
                secret.append('-');
            }
            secret.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return secret.toString();
    }

    /** As typed by a person: capitals, spaces, hyphens and look-alikes do not matter. */
    static String plain(String typed) {
        return typed.toLowerCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('o', '0')
                .replace('i', '1')
                .replace('l', '1');
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
