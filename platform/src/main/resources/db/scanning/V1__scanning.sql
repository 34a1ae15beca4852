-- What the antivirus says of contents, one row for each content however many files have it.
CREATE TABLE scanning.content (
    content    uuid PRIMARY KEY,                    -- in the room storage
    member     uuid NOT NULL,
    size       bigint NOT NULL,
    -- waiting: not scanned yet; found: a virus; large: more than the antivirus takes; failed: it came to no end with it;
    -- released: found, and an administrator of the member says that it is none
    state      text NOT NULL CHECK (state IN ('waiting', 'clean', 'found', 'large', 'failed', 'released')),
    virus      text,
    signatures text,                                -- of the antivirus when it said so
    scanned_at timestamptz,
    made_at    timestamptz NOT NULL DEFAULT now(),
    attempts   integer NOT NULL DEFAULT 0,
    rank       smallint NOT NULL DEFAULT 0,         -- which go first: 0 what is new or asked for, 1 what was there before, 2 what is scanned again
    due        timestamptz,                         -- when one may try next; NULL: it is not to be scanned
    CHECK ((state IN ('found', 'released')) = (virus IS NOT NULL)),
    CHECK (state <> 'waiting' OR due IS NOT NULL)
);
CREATE INDEX content_due ON scanning.content (rank, due) WHERE due IS NOT NULL;
CREATE INDEX content_held ON scanning.content (member, state) WHERE state NOT IN ('waiting', 'clean');
CREATE INDEX content_recent ON scanning.content (made_at);

-- The antivirus as it was last seen by any node; no row before that.
CREATE TABLE scanning.antivirus (
    one        boolean PRIMARY KEY DEFAULT true CHECK (one),
    signatures text NOT NULL,
    since      timestamptz NOT NULL                 -- these signatures
);

-- For the rooms above.
CREATE VIEW scanning.v_content AS SELECT content, member, state, virus, scanned_at FROM scanning.content;
