-- What the operator's office server last said of itself (its discovery), kept for when it does not answer, and for every node.
CREATE TABLE wopi.server (
    url        text PRIMARY KEY,
    discovery  text NOT NULL,                       -- XML
    fetched_at timestamptz NOT NULL,
    called_at  timestamptz                          -- when it last called us, and was believed
);

-- One opening of a file by one person: what the office server shows at each call. It says less than the session and the rights of that moment, never more.
CREATE TABLE wopi.token (
    secret     bytea PRIMARY KEY,                   -- SHA-256
    person     uuid NOT NULL,
    capacity   uuid NOT NULL,
    member     uuid NOT NULL,
    session    uuid NOT NULL,
    node       uuid NOT NULL,
    writes     boolean NOT NULL,
    made_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX ON wopi.token (expires_at);
CREATE INDEX ON wopi.token (person);

-- By what name an office server knows a lock of the room files. Whether the lock still holds is said there.
CREATE TABLE wopi.lock (
    token      uuid PRIMARY KEY,                    -- files.lock
    node       uuid NOT NULL,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 1024),
    expires_at timestamptz NOT NULL
);
CREATE INDEX ON wopi.lock (node);
CREATE INDEX ON wopi.lock (expires_at);
