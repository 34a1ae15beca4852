-- Files that come in parts, until they are whole.
CREATE TABLE dav.upload (
    id       uuid PRIMARY KEY DEFAULT uuidv7(),
    capacity uuid NOT NULL,
    name     text NOT NULL CHECK (length(name) BETWEEN 1 AND 200), -- as its client calls it
    made_at  timestamptz NOT NULL,
    used_at  timestamptz NOT NULL,
    UNIQUE (capacity, name)
);
CREATE INDEX ON dav.upload (used_at);

CREATE TABLE dav.part (
    upload  uuid NOT NULL REFERENCES dav.upload ON DELETE CASCADE,
    number  bigint NOT NULL,
    content uuid NOT NULL,                                        -- in the room storage
    size    bigint NOT NULL CHECK (size >= 0),
    PRIMARY KEY (upload, number)
);
