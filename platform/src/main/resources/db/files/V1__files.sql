-- A space is one tree of files with one owner who pays for it. Every writing takes the next number of its space while it holds the space's row, so
-- numbers are in the order of the commits: what has changed since a number can be asked (RFC 6578), and the quota is exact.
CREATE TABLE files.space (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    kind       text NOT NULL CHECK (kind IN ('mine', 'unit', 'member', 'shared', 'handed')),
    member     uuid NOT NULL,                       -- with whose keys its content is kept
    capacity   uuid,                                -- whose it is (mine) or was (handed)
    unit       uuid,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    root       uuid NOT NULL,
    seq        bigint NOT NULL DEFAULT 1,
    oldest_seq bigint NOT NULL DEFAULT 1,           -- what was known before this number must be read anew
    used       bigint NOT NULL DEFAULT 0 CHECK (used >= 0), -- bytes: what is there, its versions, and the bin
    quota      bigint CHECK (quota >= 0),           -- bytes; NULL: the setting of its member for such a space
    made_at    timestamptz NOT NULL DEFAULT now(),
    closed_at  timestamptz,
    CHECK ((kind IN ('mine', 'handed')) = (capacity IS NOT NULL)),
    CHECK ((kind = 'unit') <= (unit IS NOT NULL))
);
CREATE UNIQUE INDEX ON files.space (capacity) WHERE kind = 'mine';
CREATE INDEX ON files.space (capacity);
CREATE UNIQUE INDEX ON files.space (unit) WHERE kind = 'unit';
CREATE UNIQUE INDEX ON files.space (member) WHERE kind = 'member';
CREATE INDEX ON files.space (member);

CREATE UNIQUE INDEX ON files.space (root);

-- What a member keeps and may keep in all, and in each of its spaces of a kind, in bytes; NULL: the settings of the territory.
CREATE TABLE files.allowance (
    member       uuid PRIMARY KEY,
    used         bigint NOT NULL DEFAULT 0 CHECK (used >= 0),
    total        bigint CHECK (total >= 0),
    mine         bigint CHECK (mine >= 0),
    unit_space   bigint CHECK (unit_space >= 0),
    member_space bigint CHECK (member_space >= 0),
    shared_space bigint CHECK (shared_space >= 0)
);

CREATE TABLE files.node (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    space       uuid NOT NULL REFERENCES files.space,
    parent      uuid REFERENCES files.node,
    name        text NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 255), -- in NFC; of a root: its space's id
    sorted      text NOT NULL GENERATED ALWAYS AS (base.plain(name)) STORED,
    folder      boolean NOT NULL,
    content     uuid,                               -- in the room storage
    size        bigint NOT NULL DEFAULT 0 CHECK (size >= 0), -- of a folder: of all that is beneath it and not in the bin
    sha256      bytea CHECK (length(sha256) = 32),
    media_type  text,
    made_at     timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,               -- as the program that wrote it says
    changed_at  timestamptz NOT NULL,
    changed_by  uuid NOT NULL,                      -- a capacity
    seq         bigint NOT NULL,                    -- when its content, its name or its place changed
    tree_seq    bigint NOT NULL,                    -- of a file: when its content changed; of a folder: when anything beneath it did
    trashed_at  timestamptz,                        -- of the top of what was thrown away only
    trashed_by  uuid,
    CHECK (folder = (content IS NULL)),
    CHECK (folder OR sha256 IS NOT NULL)
);
CREATE UNIQUE INDEX node_name ON files.node (parent, name) WHERE trashed_at IS NULL;
CREATE INDEX node_listed ON files.node (parent, folder DESC, sorted, id) WHERE trashed_at IS NULL;
CREATE INDEX ON files.node (parent);
CREATE INDEX ON files.node (space, trashed_at) WHERE trashed_at IS NOT NULL;
ALTER TABLE files.space ADD FOREIGN KEY (root) REFERENCES files.node DEFERRABLE INITIALLY DEFERRED;

-- Who may do what, from a node downwards. The owner of a space, its unit or its member have theirs at its root: all rights are told by this table.
-- to_key: c: a capacity, u: a unit and those below it, x: a unit without those below it, m: a member's people (partners apart), g: a member's group, a: a member's administrators,
-- t: everyone of the territory (partners apart).
CREATE TABLE files.share (
    id      uuid PRIMARY KEY DEFAULT uuidv7(),
    node    uuid NOT NULL REFERENCES files.node ON DELETE CASCADE,
    to_key  text NOT NULL CHECK (to_key ~ '^([cuxma]:[0-9a-f-]{36}|g:[0-9a-f-]{36}:.+|t)$'),
    role    text NOT NULL CHECK (role IN ('read', 'edit', 'manage')),
    by      uuid,                                   -- the capacity that gave it; NULL: it comes with the space
    made_at timestamptz NOT NULL DEFAULT now(),
    until   timestamptz,
    UNIQUE (node, to_key)
);
CREATE INDEX ON files.share (to_key);
CREATE INDEX ON files.share (by);

CREATE TABLE files.version (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    node        uuid NOT NULL REFERENCES files.node ON DELETE CASCADE,
    content     uuid NOT NULL,
    size        bigint NOT NULL,
    sha256      bytea NOT NULL,
    media_type  text NOT NULL,
    modified_at timestamptz NOT NULL,
    made_at     timestamptz NOT NULL,               -- when it became the content
    made_by     uuid NOT NULL
);
CREATE INDEX ON files.version (node, made_at DESC);

-- What left a folder, for those who ask what has changed.
CREATE TABLE files.gone (
    parent uuid NOT NULL REFERENCES files.node ON DELETE CASCADE,
    seq    bigint NOT NULL,
    name   text NOT NULL,
    folder boolean NOT NULL,
    at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (parent, seq, name)
);
CREATE INDEX ON files.gone (at);

-- RFC 4918, 6 and 7.
CREATE TABLE files.lock (
    token      uuid PRIMARY KEY,
    space      uuid NOT NULL REFERENCES files.space,
    node       uuid NOT NULL REFERENCES files.node ON DELETE CASCADE,
    exclusive  boolean NOT NULL,
    deep       boolean NOT NULL,
    owner      text NOT NULL,                       -- as its holder says, XML
    holder     uuid NOT NULL,                       -- a capacity
    taken_at   timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX ON files.lock (space);
CREATE INDEX ON files.lock (node);
CREATE INDEX ON files.lock (expires_at);

-- Properties that programs keep with a file (RFC 4918, 4): ours only to keep.
CREATE TABLE files.property (
    node  uuid NOT NULL REFERENCES files.node ON DELETE CASCADE,
    space_name text NOT NULL,                       -- the XML namespace
    name  text NOT NULL,
    value text NOT NULL,                            -- XML
    PRIMARY KEY (node, space_name, name)
);

-- By which keys of files.share a capacity is known at this moment; none when it is over, or gives no right to the service.
CREATE FUNCTION files.keys(asked uuid) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY['c:' || a.id]
        || CASE WHEN a.kind = 'partner' THEN '{}' ELSE ARRAY['m:' || a.member, 't'] END
        || CASE WHEN a.kind = 'partner' OR a.unit IS NULL THEN '{}' ELSE ARRAY['x:' || a.unit] END
        || CASE WHEN a.kind = 'partner' THEN '{}' ELSE ARRAY(SELECT 'u:' || above FROM unnest(u.path) AS above) END
        || ARRAY(SELECT 'g:' || a.member || ':' || one FROM unnest(a.groups) AS one)
        || ARRAY(SELECT 'a:' || a.member FROM directory.v_role_grant r WHERE r.affiliation = a.id AND r.role = 'member_admin')
    FROM directory.v_affiliation a LEFT JOIN directory.v_unit u ON u.id = a.unit
    WHERE a.id = asked AND a.live AND EXISTS (SELECT FROM access.v_entitlement e WHERE e.affiliation = a.id AND e.service = 'files')
$$;

-- Higher is more.
CREATE FUNCTION files.rank(role text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE role WHEN 'manage' THEN 3 WHEN 'edit' THEN 2 WHEN 'read' THEN 1 ELSE 0 END
$$;

-- The territory's own allowances are those of no member.
INSERT INTO files.allowance (member, mine, unit_space, member_space, shared_space)
VALUES ('00000000-0000-0000-0000-000000000000', 10000000000, 100000000000, 100000000000, 100000000000);

-- How many bytes a space may hold; NULL for any number.
CREATE FUNCTION files.allowed(s files.space) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(s.quota, min(CASE s.kind WHEN 'unit' THEN a.unit_space WHEN 'member' THEN a.member_space WHEN 'shared' THEN a.shared_space ELSE a.mine END)
               FILTER (WHERE a.member = s.member),
           min(CASE s.kind WHEN 'unit' THEN a.unit_space WHEN 'member' THEN a.member_space WHEN 'shared' THEN a.shared_space ELSE a.mine END)
               FILTER (WHERE a.member <> s.member))
    FROM files.allowance a WHERE a.member IN (s.member, '00000000-0000-0000-0000-000000000000')
$$;

-- Search by beginnings of the words of a name.
CREATE INDEX node_words ON files.node USING gin ((' ' || sorted) public.gin_trgm_ops);

-- What an ended capacity owned, and who has it since: given back when the departure is undone.
CREATE TABLE files.handover (
    space    uuid NOT NULL REFERENCES files.space ON DELETE CASCADE,
    capacity uuid NOT NULL,                         -- that ended
    to_key   text NOT NULL,
    kind     text NOT NULL,                         -- what the space was
    name     text NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (space, capacity)
);
CREATE INDEX ON files.handover (capacity);
