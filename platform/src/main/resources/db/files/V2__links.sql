-- An address that opens a file or folder to whoever has it, or lets them put files into a folder, in the name of the capacity that made it: it ends with
-- that capacity, and with its right to manage the node.
CREATE TABLE files.link (
    id        uuid PRIMARY KEY DEFAULT uuidv7(),
    secret    bytea NOT NULL UNIQUE CHECK (length(secret) = 32), -- SHA-256 of 256 random bits
    node      uuid NOT NULL REFERENCES files.node ON DELETE CASCADE,
    upload    boolean NOT NULL,
    password  text,                                             -- hashed
    until     timestamptz,
    downloads integer CHECK (downloads > 0),                    -- how many at most
    used      integer NOT NULL DEFAULT 0,
    made_by   uuid NOT NULL,
    made_at   timestamptz NOT NULL,
    CHECK (downloads IS NULL OR used <= downloads)
);
CREATE INDEX ON files.link (node);
CREATE INDEX ON files.link (made_by);
