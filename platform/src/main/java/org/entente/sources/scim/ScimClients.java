package org.entente.sources.scim;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.base.Secret;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The software that a member lets keep its people, each with a bearer token (RFC 6750) of its own. */
@Service
class ScimClients {

    private static final String PREFIX = "scim-";
    private static final int MOST_EACH = 20;

    /** Use is noted to the minute, so that a busy client does not write a row at every request. */
    private static final int NOTED_SECONDS = 60;

    record ScimClient(
            UUID id,
            String name,
            Instant madeAt,
            String madeBy,
            @Nullable Instant lastUsedAt,
            boolean makesUnits) {}

    /**
     * Who calls: which software, for which member.
     *
     * @param noted whether it is known already that it was used of late
     */
    record Caller(UUID client, String name, MemberId member, boolean makesUnits, boolean noted) {}

    record Made(ScimClient client, String token) {}

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;

    ScimClients(JdbcClient jdbc, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
    }

    List<ScimClient> of(MemberId member) {
        return jdbc.sql("SELECT * FROM sources.scim_client WHERE member = ? ORDER BY made_at, id")
                .param(member.value())
                .query((row, n) -> new ScimClient(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getObject("made_at", OffsetDateTime.class).toInstant(),
                        row.getString("made_by"),
                        Optional.ofNullable(row.getObject("last_used_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null),
                        row.getBoolean("makes_units")))
                .list();
    }

    @Transactional
    Made make(MemberId member, @Nullable String asked, Actor actor) {
        String name = asked == null ? "" : asked.strip();
        if (name.isEmpty() || name.length() > 100) {
            throw Refusal.invalidField("name", "scim.client.name", 100);
        }
        if (of(member).size() >= MOST_EACH) {
            throw Refusal.conflict("scim.client.many", MOST_EACH);
        }
        String token = PREFIX + Secret.random();
        UUID id;
        try {
            id = jdbc.sql("""
                    INSERT INTO sources.scim_client (member, name, token_hash, made_at, made_by) VALUES (?, ?, ?, ?, ?) RETURNING id
                    """)
                    .params(member.value(), name, Secret.kept(token), OffsetDateTime.now(clock), actor.name())
                    .query(UUID.class)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("scim.client.taken", name);
        }
        record("scim-client.made", id, name, member, actor);
        ScimClient made =
                of(member).stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
        return new Made(made, token);
    }

    /** Whether the units that it names and the member does not have are made, from now on. */
    @Transactional
    void letMakeUnits(MemberId member, UUID id, boolean makes, Actor actor) {
        String name = jdbc.sql(
                        "UPDATE sources.scim_client SET makes_units = ? WHERE id = ? AND member = ? RETURNING name")
                .params(makes, id, member.value())
                .query(String.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("scim.client.unknown"));
        ledger.record(new Entry(
                actor.author(),
                "scim-client.changed",
                member.value(),
                "scim-client",
                id.toString(),
                name,
                Map.of(),
                Map.of("makesUnits", makes)));
    }

    /** Its people stay; it no longer changes them. */
    @Transactional
    void revoke(MemberId member, UUID id, Actor actor) {
        String name = jdbc.sql("DELETE FROM sources.scim_client WHERE id = ? AND member = ? RETURNING name")
                .params(id, member.value())
                .query(String.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("scim.client.unknown"));
        record("scim-client.revoked", id, name, member, actor);
    }

    /** In whose name it is called; a token that is not of the member with that SIREN is answered like none. */
    @Transactional
    ScimCall call(String siren, HttpServletRequest request) {
        Caller caller = caller(siren, request.getHeader(HttpHeaders.AUTHORIZATION))
                .orElseThrow(() -> Refusal.of(Refusal.Kind.UNAUTHENTICATED, "scim.token"));
        Author author = new Author(null, null, "SCIM · " + caller.name(), request.getRemoteAddr());
        return new ScimCall(caller.member(), ScimClientsController.base(siren), author, caller.makesUnits());
    }

    /** Whose token this is, when it is one of the member with that SIREN. */
    @Transactional
    Optional<Caller> caller(String siren, @Nullable String authorization) {
        if (authorization == null
                || authorization.length() > 200
                || !authorization.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
            return Optional.empty();
        }
        byte[] hash = Secret.kept(authorization.substring("Bearer ".length()).strip());
        OffsetDateTime recently = OffsetDateTime.now(clock).minusSeconds(NOTED_SECONDS);
        Optional<Caller> caller = jdbc.sql("""
                SELECT c.id, c.name, c.member, c.makes_units, c.last_used_at > ? AS noted FROM sources.scim_client c JOIN directory.v_member m ON m.id = c.member
                WHERE c.token_hash = ? AND m.siren = ? AND m.status <> 'left'
                """)
                .params(recently, hash, siren)
                .query((row, n) -> new Caller(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        new MemberId(row.getObject(3, UUID.class)),
                        row.getBoolean(4),
                        row.getBoolean(5)))
                .optional();
        caller.filter(c -> !c.noted())
                .ifPresent(c -> jdbc.sql("UPDATE sources.scim_client SET last_used_at = ? WHERE id = ?")
                        .params(OffsetDateTime.now(clock), c.client())
                        .update());
        return caller;
    }

    private void record(String act, UUID id, String name, MemberId member, Actor actor) {
        ledger.record(
                new Entry(actor.author(), act, member.value(), "scim-client", id.toString(), name, Map.of(), Map.of()));
    }
}
