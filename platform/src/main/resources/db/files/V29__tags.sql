-- Words by which a member sorts files: whoever may change a file chooses among them, and adds what is missing; the member's administrators keep the list.
CREATE TABLE files.tag (
    id      uuid PRIMARY KEY DEFAULT uuidv7(),
    member  uuid NOT NULL,
    name    text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX tag_name ON files.tag (member, lower(name));

CREATE TABLE files.node_tag (
    node uuid NOT NULL REFERENCES files.node ON DELETE CASCADE,
    tag  uuid NOT NULL REFERENCES files.tag ON DELETE CASCADE,
    PRIMARY KEY (node, tag)
);
CREATE INDEX ON files.node_tag (tag, node);
