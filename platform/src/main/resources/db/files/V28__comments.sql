-- What people say about a file or folder; it stays with it wherever it goes, and under the name of who wrote it for as long as the directory knows them.
CREATE TABLE files.comment (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    node       uuid NOT NULL REFERENCES files.node ON DELETE CASCADE,
    by         uuid NOT NULL,                       -- a capacity
    made_at    timestamptz NOT NULL,
    changed_at timestamptz,
    text       text NOT NULL CHECK (length(text) BETWEEN 1 AND 4000) -- plain, with line breaks
);
CREATE INDEX ON files.comment (node, id);
CREATE INDEX ON files.comment (by);

CREATE TABLE files.mention (
    comment  uuid NOT NULL REFERENCES files.comment ON DELETE CASCADE,
    capacity uuid NOT NULL,
    PRIMARY KEY (comment, capacity)
);
CREATE INDEX ON files.mention (capacity);

-- Whom a comment names, for those who tell them.
CREATE VIEW files.v_mention AS
SELECT m.comment, a.person FROM files.mention m JOIN directory.v_affiliation a ON a.id = m.capacity;
