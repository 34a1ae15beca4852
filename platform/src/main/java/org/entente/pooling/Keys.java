package org.entente.pooling;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The workshop of cost keys: drafts are changed freely, an adopted key never changes and can only be retired. */
@Service
class Keys {

    /** A key as it is kept. */
    record StoredKey(
            UUID id,
            String name,
            CostKey formula,
            String status,
            @Nullable LocalDate adoptedOn,
            int version) {}

    private record Row(
            UUID id,
            String name,
            String formula,
            String status,
            @Nullable LocalDate adoptedOn,
            int version) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Ledger ledger;
    private final Clock clock;

    Keys(JdbcClient jdbc, JsonMapper json, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.ledger = ledger;
        this.clock = clock;
    }

    List<StoredKey> all() {
        return jdbc
                .sql("SELECT id, name, formula, status, adopted_on, version FROM pooling.cost_key ORDER BY name")
                .query(Row.class)
                .list()
                .stream()
                .map(this::stored)
                .toList();
    }

    StoredKey get(UUID id) {
        return jdbc.sql("SELECT id, name, formula, status, adopted_on, version FROM pooling.cost_key WHERE id = ?")
                .param(id)
                .query(Row.class)
                .optional()
                .map(this::stored)
                .orElseThrow(() -> Refusal.notFound("pooling.key.unknown"));
    }

    @Transactional
    StoredKey draft(String name, CostKey formula, Actor actor) {
        try {
            UUID id = jdbc.sql("INSERT INTO pooling.cost_key (name, formula) VALUES (?, ?::jsonb) RETURNING id")
                    .params(name, json.writeValueAsString(formula))
                    .query(UUID.class)
                    .single();
            StoredKey key = get(id);
            record("key.drafted", key, Map.of(), Map.of("formula", formula), actor.author());
            return key;
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("pooling.key.name-taken", name);
        }
    }

    @Transactional
    StoredKey change(UUID id, int version, CostKey formula, Actor actor) {
        StoredKey before = get(id);
        if (!before.status().equals("draft")) {
            throw Refusal.conflict("pooling.key.adopted", before.name());
        }
        int changed = jdbc.sql(
                        "UPDATE pooling.cost_key SET formula = ?::jsonb, version = version + 1 WHERE id = ? AND version = ? AND status = 'draft'")
                .params(json.writeValueAsString(formula), id, version)
                .update();
        if (changed == 0) {
            throw Refusal.conflict("pooling.changed-meanwhile");
        }
        record("key.changed", before, Map.of("formula", before.formula()), Map.of("formula", formula), actor.author());
        return get(id);
    }

    @Transactional
    StoredKey adopt(UUID id, Actor actor) {
        return adopt(id, actor.author());
    }

    @Transactional
    StoredKey adopt(UUID id, Author by) {
        return move(id, "draft", "adopted", "key.adopted", by);
    }

    @Transactional
    StoredKey retire(UUID id, Actor actor) {
        return move(id, "adopted", "retired", "key.retired", actor.author());
    }

    private StoredKey move(UUID id, String from, String to, String act, Author by) {
        StoredKey before = get(id);
        int moved = jdbc.sql("""
                UPDATE pooling.cost_key SET status = ?, adopted_on = coalesce(adopted_on, ?), version = version + 1
                WHERE id = ? AND status = ?
                """).params(to, LocalDate.now(clock), id, from).update();
        if (moved == 0) {
            throw Refusal.conflict("pooling.key.not-" + from, before.name());
        }
        record(act, before, Map.of("status", from), Map.of("status", to), by);
        return get(id);
    }

    private void record(String act, StoredKey key, Map<String, Object> before, Map<String, Object> after, Author by) {
        ledger.record(new Entry(by, act, null, "cost-key", key.id().toString(), key.name(), before, after));
    }

    private StoredKey stored(Row row) {
        return new StoredKey(
                row.id(),
                row.name(),
                json.readValue(row.formula(), CostKey.class),
                row.status(),
                row.adoptedOn(),
                row.version());
    }
}
