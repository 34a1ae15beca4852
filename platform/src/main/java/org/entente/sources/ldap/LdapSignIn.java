package org.entente.sources.ldap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.identity.SignInDirectories;
import org.entente.identity.SignInDirectories.Directory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * People of a member sign in with the password of its directory. Which entry is theirs, their affiliation says: the key with which it was read from that very
 * directory. The password goes to the directory and nowhere else.
 */
@Service
class LdapSignIn {

    private static final int LONGEST_PASSWORD = 500;
    private static final Set<String> STATES = Set.of("off", "trial", "on");

    /** Of one member at the same time on one node: a directory that hangs holds up nobody else. */
    private static final int AT_ONCE = 16;

    private static final long WAIT_MS = 2_000;

    private record Held(UUID affiliation, LdapBind.Whose whose) {}

    private final LdapBook book;
    private final LdapOutcomes outcomes;
    private final LdapBind bind;
    private final LdapTries tries;
    private final SignInDirectories engine;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Environment environment;
    private final String door;
    private final Duration pause;
    private final Map<MemberId, Semaphore> atOnce = new ConcurrentHashMap<>();
    private final Map<MemberId, Instant> pausedUntil = new ConcurrentHashMap<>();

    LdapSignIn(
            LdapBook book,
            LdapOutcomes outcomes,
            LdapBind bind,
            LdapTries tries,
            SignInDirectories engine,
            JdbcClient jdbc,
            Clock clock,
            Environment environment,
            @Value("${entente.sources.ldap.sign-in.door:}") String door,
            @Value("${entente.sources.ldap.sign-in.pause:15s}") Duration pause) {
        this.book = book;
        this.outcomes = outcomes;
        this.bind = bind;
        this.tries = tries;
        this.engine = engine;
        this.jdbc = jdbc;
        this.clock = clock;
        this.environment = environment;
        this.door = door;
        this.pause = pause;
    }

    @Transactional
    public void set(
            MemberId member, @Nullable String state, boolean passwordsToo, @Nullable Integer seen, Actor actor) {
        if (state == null || !STATES.contains(state)) {
            throw Refusal.invalidField("state", "ldap.sign-in.state");
        }
        if (state.equals("on") && domains(member).isEmpty()) {
            throw Refusal.invalidField("state", "source.no-domain");
        }
        book.signIn(member, state, passwordsToo, seen, actor.author());
        // Last: when the engine does not take it, nothing is kept here either.
        put();
    }

    /** The sign-in follows the directory: one that is now elsewhere is on trial again, and whoever confirmed the other confirms anew. */
    @Transactional
    public void describe(
            MemberId member, LdapSettings settings, @Nullable String password, @Nullable Integer seen, Actor actor) {
        book.set(member, settings, password, seen, actor.author());
        if (!book.get(member).signIn().off()) {
            put();
        }
    }

    @Transactional
    public void remove(MemberId member, Actor actor) {
        boolean off = book.get(member).signIn().off();
        book.remove(member, actor.author());
        if (!off) {
            put();
        }
    }

    /** Brings the engine to what is kept here. */
    void put() {
        String at = door.isBlank()
                ? "http://127.0.0.1:"
                        + environment.getProperty("local.server.port", environment.getProperty("server.port", "8400"))
                : door;
        List<Directory> directories = jdbc.sql("""
                SELECT l.member, m.name, l.sign_in, l.passwords_too,
                    encode(sha256(convert_to(jsonb_build_array(l.url, l.base_dn, l.attributes, l.ca)::text, 'UTF8')), 'hex') AS target,
                    array(SELECT d.domain FROM directory.v_mail_domain d WHERE d.member = l.member AND d.verified_at IS NOT NULL ORDER BY 1) AS domains
                FROM sources.ldap l JOIN directory.v_member m ON m.id = l.member WHERE l.sign_in <> 'off' AND m.status <> 'left' ORDER BY l.member
                """)
                .query((row, n) -> new Directory(
                        new MemberId(row.getObject("member", UUID.class)),
                        shown(row.getString("name")),
                        Arrays.asList((String[]) row.getArray("domains").getArray()),
                        row.getString("sign_in"),
                        row.getString("target"),
                        row.getBoolean("passwords_too")))
                .list();
        engine.put(at + LdapDoor.PATH, directories);
    }

    /**
     * Whether this is the password, in the member's directory, of who holds this capacity.
     *
     * @param capacity null asks for nobody, and takes as long
     * @param from the address from which somebody signs in, where it is known
     */
    LdapSaid ask(MemberId member, @Nullable UUID capacity, @Nullable String typed, @Nullable String from) {
        LdapBook.Kept kept = book.find(member).orElse(null);
        if (kept == null || kept.signIn().off()) {
            return LdapSaid.WRONG;
        }
        // Nobody is looked up like somebody, so that the time it takes tells of no one whether they are there.
        return look(kept, held(member, capacity == null ? member.value() : capacity), typed, from);
    }

    /** An admin tries with their own account; whether people sign in that way yet does not matter. */
    LdapSaid own(MemberId member, Actor actor, @Nullable String typed) {
        LdapBook.Kept kept = book.get(member);
        Held mine =
                actor.member().equals(member) ? held(member, actor.capacity().value()) : null;
        if (mine == null) {
            throw Refusal.conflict("ldap.sign-in.not-held");
        }
        if (typed == null || typed.isEmpty()) {
            throw Refusal.invalidField("password", "field.missing", "password");
        }
        return look(kept, mine, typed, actor.address());
    }

    private LdapSaid look(LdapBook.Kept kept, @Nullable Held held, @Nullable String typed, @Nullable String from) {
        boolean usable = typed != null && !typed.isEmpty() && typed.length() <= LONGEST_PASSWORD;
        Instant until = pausedUntil.get(kept.member());
        if (until != null && clock.instant().isBefore(until)) {
            return LdapSaid.AWAY;
        }
        // Who has failed too often is looked for in vain, like nobody; and nobody is counted, under the member's own
        // id.
        Held wanted = usable ? held : null;
        LdapTries.Try made = tries.begin(wanted == null ? kept.member().value() : wanted.affiliation(), from);
        Held asked = made.isLetThrough() ? wanted : null;
        LdapSaid said = bounded(kept, asked, asked == null || typed == null ? "" : typed);
        if (asked != null && said == LdapSaid.RIGHT) {
            tries.succeeded(made);
        } else if (made.isLetThrough() && said == LdapSaid.AWAY) {
            tries.notMade(made);
        }
        return said;
    }

    private LdapSaid bounded(LdapBook.Kept kept, @Nullable Held held, String typed) {
        Semaphore places = atOnce.computeIfAbsent(kept.member(), member -> new Semaphore(AT_ONCE));
        boolean placed = false;
        try {
            placed = places.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS);
            return placed ? asked(kept, held, typed) : LdapSaid.AWAY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LdapSaid.AWAY;
        } finally {
            if (placed) {
                places.release();
            }
        }
    }

    private LdapSaid asked(LdapBook.Kept kept, @Nullable Held held, String typed) {
        try {
            LdapSettings settings = kept.settings();
            String reader = book.password(kept.member(), settings, null);
            LdapSaid said = bind.ask(settings, reader, held == null ? null : held.whose(), typed);
            pausedUntil.remove(kept.member());
            return said;
        } catch (Refusal why) {
            outcomes.trouble(kept.member(), why);
            if (why.kind() == Refusal.Kind.CONFLICT) {
                return LdapSaid.WRONG;
            }
            pausedUntil.put(kept.member(), clock.instant().plus(pause));
            return LdapSaid.AWAY;
        }
    }

    private @Nullable Held held(MemberId member, UUID capacity) {
        return jdbc.sql("""
                SELECT id, source_key, address FROM directory.v_source_key
                WHERE id = ? AND member = ? AND source = 'ldap' AND phase = 'current'
                """)
                .params(capacity, member.value())
                .query((row, n) -> new Held(
                        row.getObject("id", UUID.class),
                        new LdapBind.Whose(row.getString("source_key"), row.getString("address"))))
                .optional()
                .orElse(null);
    }

    /** It is shown on pages of the sign-in engine: a name, and nothing that a page could take for more. */
    private static String shown(String name) {
        return name.replaceAll("[<>{}$\\p{Cntrl}]+", " ").strip();
    }

    private List<String> domains(MemberId member) {
        return jdbc.sql("SELECT domain FROM directory.v_mail_domain WHERE member = ? AND verified_at IS NOT NULL")
                .param(member.value())
                .query(String.class)
                .list();
    }
}
