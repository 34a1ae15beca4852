-- Files on their way from a browser, in parts. A part is in use (storage) from the moment its row is there, so that no broken line loses one.
CREATE TABLE files.upload (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    capacity    uuid NOT NULL,                      -- whose it is: nobody else sees it
    space       uuid NOT NULL,
    member      uuid NOT NULL,                      -- with whose keys its parts are kept
    folder      uuid NOT NULL,                      -- where it is to be; it may have gone when the time comes
    name        text NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 1024),
    media_type  text CHECK (length(media_type) <= 255),
    modified_at timestamptz,
    size        bigint NOT NULL CHECK (size >= 0),
    received    bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND size),
    parts       integer NOT NULL DEFAULT 0,
    made_at     timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    node        uuid                                -- what it has become; kept a while for a browser that did not hear so
);
CREATE INDEX ON files.upload (capacity);
CREATE INDEX ON files.upload (space) WHERE node IS NULL;
CREATE INDEX ON files.upload (expires_at);

CREATE TABLE files.upload_part (
    upload  uuid NOT NULL REFERENCES files.upload ON DELETE CASCADE,
    start   bigint NOT NULL CHECK (start >= 0),
    content uuid NOT NULL,                          -- in the room storage
    PRIMARY KEY (upload, start)
);
