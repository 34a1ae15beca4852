package org.entente.provisioning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.directory.PersonId;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.CapacityCard;
import org.entente.provisioning.spi.DesiredAccount.PersonCard;
import org.entente.provisioning.spi.DesiredAccount.State;
import org.entente.provisioning.spi.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Accounts on their way to an engine: claimed, loaded, and what became of them. */
@Repository
class AccountStore {

    /** Longer than any connector may take for a batch; a node that dies gives its claims back after it. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** An account its engine refuses for good is tried again now and then all the same: somebody may mend the cause. */
    private static final Duration REFUSED = Duration.ofHours(6);

    /** After this many tries it is no hiccup: somebody is told. */
    private static final int OFTEN = 5;

    private static final Author PROVISIONING = Author.system("provisioning");

    private static final String LOAD = """
            WITH batch AS MATERIALIZED (SELECT * FROM provisioning.account WHERE id = ANY (?::uuid[])),
            capacity AS MATERIALIZED (
                SELECT v.person, v.affiliation, v.current, v.card FROM provisioning.v_capacity v
                WHERE v.person = ANY (ARRAY(SELECT person FROM batch)))
            SELECT a.id, a.external_id, a.desired, a.roles, a.revision AS planned, p.revision, a.person, d.given_name, d.usual_name, d.language,
                c.card, coalesce((SELECT jsonb_agg(o.card ORDER BY o.affiliation) FROM capacity o
                    WHERE o.person = a.person AND o.current), '[]') AS cards
            FROM batch a
            JOIN provisioning.person p ON p.person = a.person
            JOIN directory.v_person d ON d.id = a.person
            JOIN capacity c ON c.affiliation = a.affiliation""";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Ledger ledger;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();

    AccountStore(JdbcClient jdbc, JsonMapper json, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A desired account, with the planned revision that is done with once the engine holds it. */
    record Claimed(DesiredAccount desired, long planned) {}

    /** Services that have accounts due now, with the lane. */
    List<AccountPlanner.AccountsPlanned> due() {
        return jdbc.sql("""
                        SELECT DISTINCT service, urgent FROM provisioning.account
                        WHERE revision > applied AND next_attempt_at <= :now AND (claimed_until IS NULL OR claimed_until < :now)
                        ORDER BY urgent DESC""")
                .param("now", now())
                .query(AccountPlanner.AccountsPlanned.class)
                .list();
    }

    /** The kind of connector that keeps the accounts of a service. */
    Optional<String> connectorOf(String service) {
        return jdbc.sql("SELECT connector FROM catalog.v_service WHERE id = :service UNION ALL "
                        + "(SELECT connector FROM provisioning.account WHERE service = :service LIMIT 1) LIMIT 1")
                .param("service", service)
                .query(String.class)
                .optional();
    }

    /**
     * Takes up to {@code most} due accounts of one lane; no other worker, on any node, has them meanwhile. Who leaves goes before those from whom a service is
     * taken, who may be all people of a member.
     */
    List<Claimed> claim(String service, boolean urgent, int most, UUID claim) {
        List<UUID> taken = jdbc.sql("""
                        UPDATE provisioning.account SET claim = :claim, claimed_until = :until WHERE id IN (
                            SELECT id FROM provisioning.account
                            WHERE revision > applied AND service = :service AND urgent = :urgent AND next_attempt_at <= :now
                                AND (claimed_until IS NULL OR claimed_until < :now)
                            ORDER BY %s next_attempt_at LIMIT :most FOR UPDATE SKIP LOCKED)
                        RETURNING id""".formatted(urgent ? "desired = 'active'," : ""))
                .param("claim", claim)
                .param("until", now().plus(LEASE))
                .param("service", service)
                .param("urgent", urgent)
                .param("now", now())
                .param("most", most)
                .query(UUID.class)
                .list();
        return taken.isEmpty() ? List.of() : load(taken);
    }

    /** These accounts as they should be at this moment. */
    List<Claimed> load(List<UUID> ids) {
        return jdbc.sql(LOAD)
                .param(ids.stream().map(UUID::toString).toArray(String[]::new))
                .query(this::claimed)
                .list();
    }

    /** Writes what the engine answered, for the accounts this claim still holds. */
    void record(UUID claim, List<Claimed> batch, List<Outcome> outcomes) {
        int n = outcomes.size();
        String[] ids = new String[n];
        String[] states = new String[n];
        Long[] planned = new Long[n];
        String[] external = new String[n];
        String[] details = new String[n];
        Boolean[] done = new Boolean[n];
        Boolean[] lasting = new Boolean[n];
        for (int i = 0; i < n; i++) {
            Outcome outcome = outcomes.get(i);
            ids[i] = outcome.account().toString();
            states[i] = batch.get(i).desired().state().name().toLowerCase(Locale.ROOT);
            planned[i] = batch.get(i).planned();
            external[i] = outcome.externalId();
            details[i] = shortened(outcome.detail());
            done[i] = outcome.done();
            lasting[i] = outcome.lasting();
        }
        jdbc.sql("""
                        UPDATE provisioning.account a SET
                            applied = CASE WHEN o.done THEN o.planned ELSE a.applied END,
                            since = CASE WHEN o.done AND a.state <> o.state THEN :now ELSE a.since END,
                            state = CASE WHEN o.done THEN o.state ELSE a.state END,
                            external_id = CASE WHEN o.done AND o.state = 'closed' THEN NULL ELSE coalesce(o.external, a.external_id) END,
                            attempts = CASE WHEN o.done THEN 0 ELSE a.attempts + 1 END,
                            error = CASE WHEN o.done THEN NULL ELSE o.detail END,
                            detail = CASE WHEN o.done THEN o.detail ELSE a.detail END,
                            next_attempt_at = CASE WHEN o.done THEN :now WHEN o.lasting THEN :refused
                                ELSE :now + make_interval(secs => least(:most, :first * 2 ^ least(a.attempts, 20)) * (0.5 + :random / 2)) END,
                            told_at = CASE WHEN o.done THEN NULL ELSE a.told_at END,
                            claim = NULL, claimed_until = NULL
                        FROM unnest(:ids::uuid[], :states::text[], :planned::bigint[], :external::text[], :details::text[], :done::boolean[],
                            :lasting::boolean[]) AS o(id, state, planned, external, detail, done, lasting)
                        WHERE a.id = o.id AND a.claim = :claim""")
                .param("now", now())
                .param("refused", now().plus(REFUSED))
                .param("first", (double) Backoff.ACCOUNT.first().toSeconds())
                .param("most", (double) Backoff.ACCOUNT.most().toSeconds())
                .param("random", random.nextDouble())
                .param("ids", ids)
                .param("states", states)
                .param("planned", planned)
                .param("external", external)
                .param("details", details)
                .param("done", done)
                .param("lasting", lasting)
                .param("claim", claim)
                .update();
        ledger.record(failing(outcomes));
    }

    /** Accounts that are now known to fail: once, by the ledger, from which their admins get a notice. */
    private List<Entry> failing(List<Outcome> outcomes) {
        List<Outcome> failed =
                outcomes.stream().filter(outcome -> !outcome.done()).toList();
        if (failed.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        UPDATE provisioning.account a SET told_at = :now FROM directory.v_person p
                        WHERE p.id = a.person AND a.id = ANY (:failed::uuid[]) AND a.told_at IS NULL AND a.error IS NOT NULL
                            AND (a.attempts >= :often OR a.id = ANY (:lasting::uuid[]))
                        RETURNING a.id, a.member, a.service, a.error, p.given_name || ' ' || p.usual_name AS name""")
                .param("now", now())
                .param("often", OFTEN)
                .param("failed", ids(failed))
                .param("lasting", ids(failed.stream().filter(Outcome::lasting).toList()))
                .query((row, n) -> new Entry(
                        PROVISIONING,
                        "account.failing",
                        row.getObject("member", UUID.class),
                        "account",
                        row.getString("id"),
                        row.getString("name"),
                        Map.of(),
                        Map.of("service", row.getString("service"), "error", row.getString("error"))))
                .list();
    }

    private static String[] ids(List<Outcome> outcomes) {
        return outcomes.stream().map(outcome -> outcome.account().toString()).toArray(String[]::new);
    }

    /** Gives the accounts of a claim back untouched: their engine did not answer. */
    void giveBack(UUID claim, OffsetDateTime again, String why) {
        jdbc.sql("""
                        UPDATE provisioning.account SET claim = NULL, claimed_until = NULL, attempts = attempts + 1, next_attempt_at = ?, error = ?
                        WHERE claim = ?""").param(again).param(shortened(why)).param(claim).update();
    }

    /** Closes what has been suspended for longer than it is kept. */
    List<String> closeSuspendedBefore(OffsetDateTime limit) {
        return jdbc.sql("""
                        UPDATE provisioning.account SET desired = 'closed', revision = revision + 1, urgent = false, attempts = 0, next_attempt_at = :now
                        WHERE state = 'suspended' AND desired = 'suspended' AND since < :limit AND revision = applied RETURNING service""").param("now", now()).param("limit", limit).query(String.class).list().stream()
                .distinct()
                .toList();
    }

    private Claimed claimed(ResultSet row, int n) throws SQLException {
        DesiredAccount desired = new DesiredAccount(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                State.valueOf(row.getString("desired").toUpperCase(Locale.ROOT)),
                new PersonCard(
                        new PersonId(row.getObject("person", UUID.class)),
                        row.getString("given_name"),
                        row.getString("usual_name"),
                        row.getString("language")),
                json.readValue(row.getString("card"), CapacityCard.class),
                new LinkedHashSet<>(
                        Arrays.asList((String[]) row.getArray("roles").getArray())),
                Arrays.asList(json.readValue(row.getString("cards"), CapacityCard[].class)),
                row.getLong("revision"));
        return new Claimed(desired, row.getLong("planned"));
    }

    private static String shortened(String text) {
        return text.length() > 500 ? text.substring(0, 500) : text;
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
