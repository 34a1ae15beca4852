package org.entente.identity.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.RateLimits;
import org.entente.base.Refusal;
import org.entente.base.Secret;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.DeviceRequests;
import org.entente.identity.Door;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what devices ask until it is answered, for 20 minutes. */
@Component
class DeviceBook implements DeviceRequests {

    /** The page of the web application on which a person answers. */
    static final String PAGE = "/connect/";

    static final Duration OPEN = Duration.ofMinutes(20);
    private static final int LONGEST = 100;

    private final JdbcClient jdbc;
    private final DevicePasswords passwords;
    private final SignInSettings settings;
    private final Ledger ledger;
    private final Clock clock;
    private final RateLimits begun = new RateLimits(30, Duration.ofMinutes(1));
    /** A program asks every second, and a whole town hall may call from one address. */
    private final RateLimits unanswered = new RateLimits(3000, Duration.ofMinutes(1));

    DeviceBook(JdbcClient jdbc, DevicePasswords passwords, SignInSettings settings, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.settings = settings;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** As the person who is to answer it sees it. */
    record Asked(String client, String address, Instant at) {}

    @Override
    public Begun begin(@Nullable String client, String address) {
        if (begun.exhausted(address)) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "device-request.often");
        }
        begun.take(address);
        String page = Secret.random();
        String secret = Secret.random();
        Instant now = clock.instant();
        jdbc.sql("""
                        INSERT INTO identity.device_request (page, poll, client, address, made_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)""")
                .params(
                        Secret.kept(page),
                        Secret.kept(secret),
                        name(client),
                        address,
                        SessionStore.at(now),
                        SessionStore.at(now.plus(OPEN)))
                .update();
        return new Begun(settings.at(PAGE + page), secret);
    }

    @Override
    @Transactional
    public Optional<Given> poll(String secret, String address) {
        if (unanswered.exhausted(address)) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "device-request.often");
        }
        // Whoever is first takes it; only while the capacity is live, and for an address by which its person signs in.
        Optional<Granted> granted = jdbc.sql("""
                        DELETE FROM identity.device_request r USING directory.v_affiliation a, directory.v_person p
                        WHERE r.poll = ? AND r.expires_at > ? AND a.id = r.capacity AND a.person = r.person AND a.live AND p.id = r.person
                        RETURNING r.client, r.person, r.capacity, a.member, p.given_name || ' ' || p.usual_name AS name, coalesce(a.address,
                            (SELECT o.address FROM directory.v_affiliation o WHERE o.person = r.person AND o.live AND o.address IS NOT NULL
                                ORDER BY o.valid_from, o.id LIMIT 1)) AS address""")
                .params(Secret.kept(secret), SessionStore.at(clock.instant()))
                .query(DeviceBook::granted)
                .optional();
        if (granted.isEmpty()) {
            unanswered.take(address);
        }
        return granted.filter(one -> one.address() != null).map(one -> given(one, address));
    }

    private Given given(Granted granted, String from) {
        DevicePasswords.Made made = passwords.make(granted.person(), granted.capacity(), granted.client(), Door.FILES);
        ledger.record(new Entry(
                new Author(granted.person().value(), granted.capacity().value(), granted.name(), from),
                "app-password.made",
                granted.member(),
                "app-password",
                made.id().toString(),
                granted.client(),
                Map.of(),
                Map.of("label", granted.client(), "door", Door.FILES.text())));
        return new Given(String.valueOf(granted.address()), made.secret());
    }

    /** What waits for an answer at this page. */
    Optional<Asked> find(String page) {
        return jdbc.sql("""
                        SELECT client, address, made_at FROM identity.device_request WHERE page = ? AND expires_at > ? AND person IS NULL""")
                .params(Secret.kept(page), SessionStore.at(clock.instant()))
                .query((row, n) -> new Asked(
                        row.getString("client"),
                        row.getString("address"),
                        row.getObject("made_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Whether it was still waiting for an answer. */
    boolean grant(String page, PersonId person, AffiliationId capacity) {
        return jdbc.sql("""
                        UPDATE identity.device_request SET person = ?, capacity = ? WHERE page = ? AND expires_at > ? AND person IS NULL""")
                        .params(person.value(), capacity.value(), Secret.kept(page), SessionStore.at(clock.instant()))
                        .update()
                == 1;
    }

    /** Nobody hears of it any more: neither the program, nor who opens the page again. */
    boolean deny(String page) {
        return jdbc.sql("DELETE FROM identity.device_request WHERE page = ? AND expires_at > ? AND person IS NULL")
                        .params(Secret.kept(page), SessionStore.at(clock.instant()))
                        .update()
                == 1;
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void forget() {
        jdbc.sql("DELETE FROM identity.device_request WHERE expires_at <= ?")
                .param(SessionStore.at(clock.instant()))
                .update();
    }

    private record Granted(
            String client,
            PersonId person,
            AffiliationId capacity,
            UUID member,
            String name,
            @Nullable String address) {}

    private static Granted granted(ResultSet row, int number) throws SQLException {
        return new Granted(
                row.getString("client"),
                new PersonId(row.getObject("person", UUID.class)),
                new AffiliationId(row.getObject("capacity", UUID.class)),
                row.getObject("member", UUID.class),
                row.getString("name"),
                row.getString("address"));
    }

    /** What somebody else wrote, and a person reads before saying yes: nothing in it may look like something else than a name. */
    static String name(@Nullable String client) {
        String name =
                client == null ? "" : client.replaceAll("[\\p{C}\\p{Z}]+", " ").strip();
        if (name.isEmpty()) {
            return "?";
        }
        int[] points = name.codePoints().limit(LONGEST).toArray();
        return new String(points, 0, points.length).strip();
    }
}
