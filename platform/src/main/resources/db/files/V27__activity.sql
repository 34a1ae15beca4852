-- What was done with a file or folder, for those who see it now. Of each act where it happened, so that nobody learns what was done where they see nothing.
CREATE TABLE files.act (
    id      uuid PRIMARY KEY DEFAULT uuidv7(),
    node    uuid NOT NULL REFERENCES files.node ON DELETE CASCADE,
    space   uuid NOT NULL,
    folder  uuid,                                   -- it was in; NULL: the root of a space
    what    text NOT NULL CHECK (what IN ('put', 'made', 'copied', 'changed', 'renamed', 'moved', 'left', 'restored', 'binned', 'taken-back',
        'shared', 'unshared', 'linked', 'unlinked', 'invited', 'uninvited')),
    name    text NOT NULL,                          -- as it was called from then on
    former  text,                                   -- renamed: as it was called before
    to_key  text,                                   -- shared: as in files.share
    by      uuid NOT NULL,                          -- a capacity
    by_link boolean NOT NULL DEFAULT false,         -- by somebody who came with a link of that capacity's
    at      timestamptz NOT NULL
);
CREATE INDEX act_of_node ON files.act (node, at DESC, id DESC);
CREATE INDEX act_in_folder ON files.act (folder, at DESC, id DESC);
CREATE INDEX act_by ON files.act (by, at DESC);
CREATE INDEX act_old ON files.act USING brin (at);

-- What a capacity marked, to find it again.
CREATE TABLE files.favourite (
    capacity uuid NOT NULL,
    node     uuid NOT NULL REFERENCES files.node ON DELETE CASCADE,
    at       timestamptz NOT NULL,
    PRIMARY KEY (capacity, node)
);
CREATE INDEX ON files.favourite (node);

-- What a capacity opened last in the browser.
CREATE TABLE files.opened (
    capacity uuid NOT NULL,
    node     uuid NOT NULL REFERENCES files.node ON DELETE CASCADE,
    at       timestamptz NOT NULL,
    PRIMARY KEY (capacity, node)
);
CREATE INDEX opened_by ON files.opened (capacity, at DESC);
CREATE INDEX ON files.opened (node);
