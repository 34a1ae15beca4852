-- Descriptors that the operator wrote on the screen, and the secrets that only these may refer to (sealed: base.Sealed).
CREATE TABLE catalog.written (
    id         text PRIMARY KEY,
    yaml       text NOT NULL CHECK (length(yaml) <= 65536),
    revision   integer NOT NULL DEFAULT 1,
    written_at timestamptz NOT NULL,
    written_by text NOT NULL
);

CREATE TABLE catalog.kept_secret (
    name    text PRIMARY KEY CHECK (name ~ '^kept\.[a-z0-9][a-z0-9.-]{0,69}$'),
    sealed  bytea NOT NULL,
    kept_at timestamptz NOT NULL
);

-- Counts the changes of either: a node whose catalogue is of an older count reads again.
CREATE TABLE catalog.written_change (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    count bigint NOT NULL
);
INSERT INTO catalog.written_change (count) VALUES (0);
