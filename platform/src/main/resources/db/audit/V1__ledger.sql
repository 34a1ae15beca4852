-- The ledger. An act is written to audit.entry in the transaction of the act; the sealer chains committed entries in audit.seal.
-- Both are append-only. docs/operators/ledger.md says exactly which bytes are hashed.

-- Which ledger this is: the chain starts from this id, so that no other territory's chain can take its place.
CREATE TABLE audit.ledger (
    id       uuid NOT NULL DEFAULT gen_random_uuid(),
    made_at  timestamptz NOT NULL DEFAULT now(),
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one)
);
INSERT INTO audit.ledger DEFAULT VALUES;

CREATE TABLE audit.entry (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at             timestamptz NOT NULL,
    person         uuid,            -- NULL: the platform itself
    capacity       uuid,
    author         text NOT NULL,
    address        text,
    act            text NOT NULL,
    member         uuid,            -- whose people may read it; NULL: the territory only
    subject_type   text NOT NULL,
    subject        text NOT NULL,
    subject_label  text NOT NULL,
    before         text NOT NULL CHECK (before IS JSON OBJECT), -- text, not jsonb: the hash is over these very bytes
    after          text NOT NULL CHECK (after IS JSON OBJECT)
);
CREATE INDEX ON audit.entry (at, id);
CREATE INDEX ON audit.entry (member, at, id);
CREATE INDEX ON audit.entry (act, at, id);
CREATE INDEX ON audit.entry USING gin (base.plain(author || ' ' || subject_label) public.gin_trgm_ops);

CREATE TABLE audit.seal (
    position  bigint PRIMARY KEY CHECK (position >= 1), -- 1, 2, 3 … without gaps, given by the sealer alone
    entry     bigint NOT NULL UNIQUE REFERENCES audit.entry,
    hash      bytea NOT NULL CHECK (length(hash) = 32)
);

-- What waits for the sealer. Written by the trigger below in the transaction of the act, so an entry that commits late, with a
-- lower id than entries already sealed, is sealed like any other: nothing is found by comparing ids or times.
CREATE TABLE audit.waiting (entry bigint PRIMARY KEY);

-- Heads of the chain, kept once more outside of this database.
CREATE TABLE audit.anchor (
    position   bigint PRIMARY KEY,
    hash       bytea NOT NULL CHECK (length(hash) = 32),
    at         timestamptz NOT NULL,
    key_id     text,
    signature  bytea
);

CREATE FUNCTION audit.enqueue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit.waiting SELECT id FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER enqueue AFTER INSERT ON audit.entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION audit.enqueue();

CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on audit.% is refused: the ledger is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- ALWAYS: also when session_replication_role would switch ordinary triggers off. The verifier reports a trigger that is missing or off.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.ledger FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.seal FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.anchor FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
ALTER TABLE audit.ledger ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER enqueue;
ALTER TABLE audit.seal ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE audit.anchor ENABLE ALWAYS TRIGGER append_only;

-- For other rooms: the trace of an act, for example to show who asked for something.
CREATE VIEW audit.v_entry AS
SELECT s.position, e.id, e.at, e.person, e.capacity, e.author, e.address, e.act, e.member, e.subject_type, e.subject, e.subject_label, e.before, e.after
FROM audit.entry e LEFT JOIN audit.seal s ON s.entry = e.id;
