-- The directory in which a member keeps its people, and how its last reading went. The password is sealed (base.Sealed).
CREATE TABLE sources.ldap (
    member        uuid PRIMARY KEY,
    url           text NOT NULL CHECK (length(url) <= 300),
    bind_dn       text NOT NULL CHECK (length(bind_dn) <= 500),
    password      bytea NOT NULL,
    base_dn       text NOT NULL CHECK (length(base_dn) <= 500),
    filter        text NOT NULL CHECK (length(filter) <= 2000),
    attributes    jsonb NOT NULL,             -- field of the import -> attribute
    ca            text,                       -- PEM, when the certificate is not one that everybody trusts
    nightly       integer CHECK (nightly BETWEEN 0 AND 23), -- the hour at which it is read by itself; null: by hand only
    next_at       timestamptz,
    version       integer NOT NULL DEFAULT 0,
    read_at       timestamptz,                -- the last reading, well or badly ended
    state         text NOT NULL DEFAULT 'never' CHECK (state IN ('never', 'read', 'unchanged', 'applied', 'waiting', 'failed')),
    error         text,                       -- code of a refusal, and its arguments
    error_args    text[] NOT NULL DEFAULT '{}',
    entries       integer,                    -- how many people the last good reading found: far fewer are not believed
    last_import   uuid
);
CREATE INDEX ON sources.ldap (next_at) WHERE next_at IS NOT NULL;
