package org.entente.wopi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.base.Fetch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The operator's office server, as it last described itself. The description is fetched anew twice a day, and when a call is signed by a key that is not known;
 * while the server does not answer, the one that is kept stays good.
 */
@Component
class WopiServer {

    static final String DISCOVERY = "/hosting/discovery";

    private static final Logger log = LoggerFactory.getLogger(WopiServer.class);
    private static final Duration GOOD_FOR = Duration.ofHours(12);
    /** Another node may have fetched it meanwhile. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private static final Duration CALLED_EVERY = Duration.ofMinutes(1);
    private static final int OK = 200;

    private final WopiSettings settings;
    private final Fetch fetch;
    private final JdbcClient jdbc;
    private final Clock clock;
    /** Calls that nobody signed must not become as many fetches. */
    private final Duration tryAgain;

    private volatile @Nullable Known known;
    private volatile Instant tried = Instant.EPOCH;

    WopiServer(
            WopiSettings settings,
            Fetch fetch,
            JdbcClient jdbc,
            Clock clock,
            @Value("${entente.wopi.try-again:1m}") Duration tryAgain) {
        this.tryAgain = tryAgain;
        this.settings = settings;
        this.fetch = fetch;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Known(Discovery discovery, Instant fetchedAt, Instant lookedAt) {}

    record Kept(String discovery, OffsetDateTime fetchedAt) {}

    /** Empty when there is no office server, or it never described itself. Nobody waits for it but who asks first of all. */
    Optional<Discovery> discovery() {
        Optional<String> url = settings.server();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        Known now = look(url.get());
        return now == null ? again() : Optional.of(now.discovery());
    }

    @Scheduled(fixedDelayString = "${entente.wopi.every:PT30M}", initialDelayString = "PT1M")
    @SchedulerLock(name = "wopi-discovery", lockAtMostFor = "PT5M")
    public void tend() {
        settings.server().ifPresent(url -> {
            Known now = look(url);
            if (now == null || now.fetchedAt().isBefore(clock.instant().minus(GOOD_FOR))) {
                again();
            }
        });
    }

    /** Fetched now, unless that was tried a moment ago or does not work. */
    Optional<Discovery> again() {
        Instant now = clock.instant();
        synchronized (this) {
            if (tried.isAfter(now.minus(tryAgain))) {
                return Optional.empty();
            }
            tried = now;
        }
        try {
            return Optional.of(fetchNow());
        } catch (Fetch.Unanswered e) {
            log.warn("The office server does not describe itself: {} {}", e.code(), e.args());
            return Optional.empty();
        }
    }

    /** Fetched and kept. Beside the codes of {@link Fetch}: {@code none}, {@code status} and {@code unreadable}. */
    Discovery fetchNow() throws Fetch.Unanswered {
        String url = settings.server().orElseThrow(() -> new Fetch.Unanswered("none"));
        Fetch.Answer answer = fetch.get(url + DISCOVERY);
        if (answer.status() != OK) {
            throw new Fetch.Unanswered("status", url + DISCOVERY, answer.status());
        }
        Discovery discovery;
        try {
            discovery = read(url, answer.body());
        } catch (DiscoveryXml.Unreadable e) {
            throw new Fetch.Unanswered("unreadable", url + DISCOVERY, String.valueOf(e.getMessage()));
        }
        Instant now = clock.instant();
        jdbc.sql("""
                        INSERT INTO wopi.server (url, discovery, fetched_at) VALUES (?, ?, ?)
                        ON CONFLICT (url) DO UPDATE SET discovery = excluded.discovery, fetched_at = excluded.fetched_at""").params(url, answer.body(), OffsetDateTime.now(clock)).update();
        known = new Known(discovery, now, now);
        return discovery;
    }

    private @Nullable Known look(String url) {
        Known before = known;
        Instant now = clock.instant();
        if (before != null && before.lookedAt().isAfter(now.minus(LOOK_AGAIN))) {
            return before;
        }
        Kept kept = jdbc.sql("SELECT discovery, fetched_at FROM wopi.server WHERE url = ?")
                .param(url)
                .query(Kept.class)
                .optional()
                .orElse(null);
        if (kept == null) {
            return null;
        }
        try {
            Known read = new Known(read(url, kept.discovery()), kept.fetchedAt().toInstant(), now);
            known = read;
            return read;
        } catch (DiscoveryXml.Unreadable e) {
            return null;
        }
    }

    private static Discovery read(String url, String xml) throws DiscoveryXml.Unreadable {
        return DiscoveryXml.read(xml, WopiSettings.origin(url).orElse(url));
    }

    /** That it called us and was believed, for whoever looks whether it can. */
    void called() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("UPDATE wopi.server SET called_at = ? WHERE url = ? AND (called_at IS NULL OR called_at < ?)")
                .params(now, settings.server().orElse(""), now.minus(CALLED_EVERY))
                .update();
    }

    /** @param fetchedAt null before the first description @param calledAt null when it never called */
    record State(
            @Nullable OffsetDateTime fetchedAt, @Nullable OffsetDateTime calledAt) {}

    State state() {
        return jdbc.sql("SELECT fetched_at, called_at FROM wopi.server WHERE url = ?")
                .param(settings.server().orElse(""))
                .query(State.class)
                .optional()
                .orElseGet(() -> new State(null, null));
    }
}
