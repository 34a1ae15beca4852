package org.entente.sources.ldap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.base.Sealed;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the settings of each member's directory and how its last reading went. The password leaves it for the directory only. */
@Component
class LdapBook {

    private static final String PURPOSE = "ldap reader";

    private static final int LONGEST_PASSWORD = 500;

    /** How the last reading ended, well or not. */
    record Last(
            String state,
            @Nullable Instant at,
            @Nullable String error,
            List<String> errorArgs,
            @Nullable Integer entries,
            @Nullable UUID run) {}

    record Kept(
            MemberId member,
            LdapSettings settings,
            @Nullable Instant nextAt,
            int version,
            Last last,
            SignIn signIn) {}

    /**
     * Whether its people sign in with its password.
     *
     * @param state {@code off}, {@code trial} or {@code on}
     * @param trouble what kept it from answering the last time, when something did
     */
    record SignIn(
            String state,
            boolean passwordsToo,
            @Nullable String trouble,
            List<String> troubleArgs,
            @Nullable Instant troubleAt) {

        boolean off() {
            return state.equals("off");
        }
    }

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Sealed sealed;
    private final Ledger ledger;
    private final Clock clock;

    LdapBook(JdbcClient jdbc, JsonMapper json, Sealed sealed, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.sealed = sealed;
        this.ledger = ledger;
        this.clock = clock;
    }

    Optional<Kept> find(MemberId member) {
        return jdbc.sql("SELECT * FROM sources.ldap WHERE member = ?")
                .param(member.value())
                .query((row, n) -> kept(row))
                .optional();
    }

    Kept get(MemberId member) {
        return find(member).orElseThrow(() -> Refusal.notFound("ldap.none"));
    }

    /** The one given, else the one that is kept, as long as it would go to the same server under the same name: nobody is handed a password they do not know. */
    String password(MemberId member, LdapSettings settings, @Nullable String given) {
        if (given != null && !given.isEmpty()) {
            if (given.length() > LONGEST_PASSWORD) {
                throw Refusal.invalidField("password", "field.long", "password", LONGEST_PASSWORD);
            }
            return given;
        }
        Kept kept = find(member).orElseThrow(() -> Refusal.invalidField("password", "ldap.password"));
        if (!kept.settings().sameTarget(settings)) {
            throw Refusal.invalidField("password", "ldap.password.again");
        }
        return sealed.open(
                PURPOSE,
                jdbc.sql("SELECT password FROM sources.ldap WHERE member = ?")
                        .param(member.value())
                        .query(byte[].class)
                        .single());
    }

    @Transactional
    public void set(MemberId member, LdapSettings settings, @Nullable String given, @Nullable Integer seen, Author by) {
        jdbc.sql("SELECT member FROM sources.ldap WHERE member = ? FOR UPDATE")
                .param(member.value())
                .query(UUID.class)
                .optional();
        Optional<Kept> before = find(member);
        if (before.isPresent() && seen != null && seen != before.get().version()) {
            throw Refusal.conflict("changed.meanwhile");
        }
        boolean samePeople = before.isPresent() && before.get().settings().samePeople(settings);
        byte[] password = sealed.seal(PURPOSE, password(member, settings, given));
        jdbc.sql("""
                INSERT INTO sources.ldap (member, url, bind_dn, password, base_dn, filter, attributes, ca, nightly, next_at)
                VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
                ON CONFLICT (member) DO UPDATE SET url = excluded.url, bind_dn = excluded.bind_dn, password = excluded.password, base_dn = excluded.base_dn,
                    filter = excluded.filter, attributes = excluded.attributes, ca = excluded.ca, nightly = excluded.nightly, next_at = excluded.next_at,
                    version = ldap.version + 1
                """)
                .params(Arrays.asList(
                        member.value(),
                        settings.url(),
                        settings.bindDn(),
                        password,
                        settings.baseDn(),
                        settings.filter(),
                        json.writeValueAsString(settings.attributes()),
                        settings.ca(),
                        settings.nightly(),
                        next(settings.nightly())))
                .update();
        if (!samePeople || !before.get().settings().sameTarget(settings)) {
            jdbc.sql("UPDATE sources.ldap SET sign_in = 'trial' WHERE member = ? AND sign_in = 'on'")
                    .param(member.value())
                    .update();
        }
        if (!samePeople) {
            jdbc.sql("UPDATE sources.ldap SET entries = NULL WHERE member = ?")
                    .param(member.value())
                    .update();
        }
        Map<String, Object> was = before.map(k -> shown(k.settings())).orElseGet(Map::of);
        Map<String, Object> is = shown(settings);
        if (given != null && !given.isEmpty()) {
            is.put("password", "•••");
        }
        record("ldap.set", member, settings.url(), settings.url(), was, is, by);
    }

    /** The caller's transaction ends only once the sign-in engine knows it too. */
    @Transactional
    public void signIn(MemberId member, String state, boolean passwordsToo, @Nullable Integer seen, Author by) {
        Kept before = get(member);
        int changed = jdbc.sql(
                        "UPDATE sources.ldap SET sign_in = ?, passwords_too = ?, version = version + 1 WHERE member = ? AND version = ?")
                .params(state, passwordsToo, member.value(), seen == null ? before.version() : seen)
                .update();
        if (changed == 0) {
            throw Refusal.conflict("changed.meanwhile");
        }
        record(
                "ldap.sign-in",
                member,
                before.settings().url(),
                before.settings().host(),
                Map.of(
                        "state", before.signIn().state(),
                        "passwordsToo", before.signIn().passwordsToo()),
                Map.of("state", state, "passwordsToo", passwordsToo),
                by);
    }

    @Transactional
    public void remove(MemberId member, Author by) {
        Kept kept = get(member);
        jdbc.sql("DELETE FROM sources.ldap WHERE member = ?")
                .param(member.value())
                .update();
        record(
                "ldap.removed",
                member,
                kept.settings().url(),
                kept.settings().url(),
                shown(kept.settings()),
                Map.of(),
                by);
    }

    /** Those whose hour has come; each is given its next hour at once, so that no other node reads it too, and an outage is tried again the next night. */
    @Transactional
    public List<MemberId> due() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        List<Kept> found = jdbc.sql("""
                SELECT l.* FROM sources.ldap l JOIN directory.v_member m ON m.id = l.member
                WHERE l.next_at <= ? AND m.status <> 'left' ORDER BY l.next_at, l.member FOR UPDATE OF l SKIP LOCKED
                """).param(now).query((row, n) -> kept(row)).list();
        for (Kept kept : found) {
            jdbc.sql("UPDATE sources.ldap SET next_at = ? WHERE member = ?")
                    .params(Arrays.asList(
                            next(kept.settings().nightly()), kept.member().value()))
                    .update();
        }
        return found.stream().map(Kept::member).toList();
    }

    @Transactional
    public void tell(String act, MemberId member, String subject, String label) {
        record(act, member, subject, label, Map.of(), Map.of(), LdapReadings.JOB);
    }

    private @Nullable OffsetDateTime next(@Nullable Integer hour) {
        if (hour == null) {
            return null;
        }
        ZonedDateTime now = ZonedDateTime.now(clock);
        ZonedDateTime today = now.truncatedTo(ChronoUnit.DAYS).withHour(hour);
        return (today.isAfter(now) ? today : today.plusDays(1)).toOffsetDateTime();
    }

    private void record(
            String act,
            MemberId member,
            String subject,
            String label,
            Map<String, Object> was,
            Map<String, Object> is,
            Author by) {
        ledger.record(new Entry(by, act, member.value(), "ldap", subject, label, was, is));
    }

    private static Map<String, Object> shown(LdapSettings settings) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("url", settings.url());
        shown.put("bindDn", settings.bindDn());
        shown.put("baseDn", settings.baseDn());
        shown.put("filter", settings.filter());
        shown.put("attributes", settings.attributes());
        shown.put("ca", settings.ca() == null ? "" : "PEM");
        shown.put("nightly", settings.nightly() == null ? "" : settings.nightly());
        return shown;
    }

    private Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                new MemberId(row.getObject("member", UUID.class)),
                new LdapSettings(
                        row.getString("url"),
                        row.getString("bind_dn"),
                        row.getString("base_dn"),
                        row.getString("filter"),
                        json.readValue(row.getString("attributes"), new TypeReference<Map<String, String>>() {}),
                        row.getString("ca"),
                        row.getObject("nightly", Integer.class)),
                instant(row, "next_at"),
                row.getInt("version"),
                new Last(
                        row.getString("state"),
                        instant(row, "read_at"),
                        row.getString("error"),
                        List.of((String[]) row.getArray("error_args").getArray()),
                        row.getObject("entries", Integer.class),
                        row.getObject("last_import", UUID.class)),
                new SignIn(
                        row.getString("sign_in"),
                        row.getBoolean("passwords_too"),
                        row.getString("trouble"),
                        List.of((String[]) row.getArray("trouble_args").getArray()),
                        instant(row, "trouble_at")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime found = row.getObject(column, OffsetDateTime.class);
        return found == null ? null : found.toInstant();
    }
}
