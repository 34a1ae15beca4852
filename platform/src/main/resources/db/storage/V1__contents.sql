-- With what a member's bytes are enciphered. Sealed by the platform's secret, which is not in the database; without its keys what a member kept is noise.
CREATE TABLE storage.member_key (
    id      uuid PRIMARY KEY DEFAULT uuidv7(),
    member  uuid NOT NULL,
    sealed  bytea,                                          -- null once it was dropped
    current boolean NOT NULL DEFAULT true,
    made_at timestamptz NOT NULL DEFAULT now()
);
-- What is kept from now on is kept with this one; the former ones open what they closed.
CREATE UNIQUE INDEX member_key_current ON storage.member_key (member) WHERE current;
CREATE INDEX ON storage.member_key (member);

-- One object in S3 each, named by its id. Written and committed before the object is put, deleted after the object is: no object is ever without a row.
CREATE TABLE storage.chunk (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    member     uuid NOT NULL,
    hash       bytea NOT NULL CHECK (length(hash) = 32),    -- SHA-256 of the plain bytes
    size       integer NOT NULL CHECK (size > 0),           -- of the plain bytes
    key        uuid NOT NULL REFERENCES storage.member_key,
    -- pending: its object may be there; stored: it is; going: it is being removed, and nothing can refer to it again
    state      text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'stored', 'going')),
    -- since when no content has it, as far as is known; while some has, null
    idle_since timestamptz DEFAULT now()
);
-- One that is going is out of the way: the same bytes are kept anew beside it, under another name.
CREATE UNIQUE INDEX chunk_bytes ON storage.chunk (member, hash) WHERE state <> 'going';
CREATE INDEX ON storage.chunk (idle_since) WHERE idle_since IS NOT NULL;
CREATE INDEX ON storage.chunk (id) WHERE state = 'going';
CREATE INDEX ON storage.chunk (key);

CREATE TABLE storage.content (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    member     uuid NOT NULL,
    sha256     bytea NOT NULL CHECK (length(sha256) = 32),
    size       bigint NOT NULL CHECK (size >= 0),
    sealed     bytea,                                       -- all of it when it is small; else it has pieces
    key        uuid REFERENCES storage.member_key,          -- of what is sealed
    uses       bigint NOT NULL DEFAULT 0 CHECK (uses >= 0),
    idle_since timestamptz DEFAULT now(),                   -- since when there is no use; null while there is one
    CHECK ((sealed IS NULL) = (key IS NULL)),
    CHECK ((uses = 0) = (idle_since IS NOT NULL)),
    UNIQUE (member, sha256)
);
-- What is enciphered does not get smaller.
ALTER TABLE storage.content ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX ON storage.content (idle_since) WHERE idle_since IS NOT NULL;
CREATE INDEX ON storage.content (key);

CREATE TABLE storage.piece (
    content uuid NOT NULL REFERENCES storage.content ON DELETE CASCADE,
    start   bigint NOT NULL CHECK (start >= 0),             -- the first byte's place in the content
    chunk   uuid NOT NULL REFERENCES storage.chunk,
    PRIMARY KEY (content, start)
);
CREATE INDEX ON storage.piece (chunk);
