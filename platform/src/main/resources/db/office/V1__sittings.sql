-- People who write in one document together: what they write is kept here, entry by entry, until the file holds it.

CREATE TABLE office.sitting (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    node          uuid NOT NULL UNIQUE,              -- the file
    base          text NOT NULL,                     -- SHA-256 of the content it stems from, or was last saved as
    seq           bigint NOT NULL DEFAULT 0,         -- of its last entry; the row is held while one is added, so numbers follow commits
    seeded        boolean NOT NULL DEFAULT false,    -- whether its first entry is there: the file as it was
    saved_seq     bigint NOT NULL DEFAULT 0,         -- what the file holds: every entry up to this one
    saves         bigint NOT NULL DEFAULT 0,
    saved_at      timestamptz,
    saved_by      uuid,
    bytes         bigint NOT NULL DEFAULT 0,         -- of its entries
    seeding       uuid,                              -- who alone may seed it now
    seeding_until timestamptz,
    saving        uuid,                              -- who alone may save it now
    saving_until  timestamptz,
    saving_from   bigint,                            -- the last entry when the lease was given: what is saved holds it
    writing       text,                              -- SHA-256 of what is just being written to the file, and up to which entry
    writing_seq   bigint,
    made_at       timestamptz NOT NULL,
    written_at    timestamptz NOT NULL
);

-- Yjs updates in the order in which everybody gets them, sealed. A state in place of former entries is one too.
CREATE TABLE office.entry (
    sitting  uuid NOT NULL REFERENCES office.sitting ON DELETE CASCADE,
    seq      bigint NOT NULL,
    state    boolean NOT NULL DEFAULT false,
    body     bytea NOT NULL,
    by       uuid NOT NULL,                          -- in which capacity
    at       timestamptz NOT NULL,
    PRIMARY KEY (sitting, seq)
);
CREATE INDEX ON office.entry (by);

-- Who is there now, at whichever node of the platform, and where their cursor is. Worth nothing after a crash.
CREATE UNLOGGED TABLE office.presence (
    sitting  uuid NOT NULL REFERENCES office.sitting ON DELETE CASCADE,
    socket   uuid NOT NULL,
    node     uuid NOT NULL,                          -- of the platform
    person   uuid NOT NULL,
    client   bigint,                                 -- Yjs's number of the browser
    clock    bigint,
    state    text,
    at       timestamptz NOT NULL,
    PRIMARY KEY (sitting, socket)
);
CREATE INDEX ON office.presence (person);
