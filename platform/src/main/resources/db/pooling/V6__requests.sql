-- What members ask for together, from idea to live.
CREATE TABLE pooling.request (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    title      text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    need       text NOT NULL CHECK (length(need) BETWEEN 1 AND 5000),
    state      text NOT NULL DEFAULT 'idea' CHECK (state IN ('idea', 'studied', 'accepted', 'building', 'live', 'declined')),
    member     uuid NOT NULL,
    by_person  uuid NOT NULL,
    by_name    text NOT NULL,
    at         timestamptz NOT NULL,
    asked      text, -- the service of the catalogue that the member asks for
    service    text, -- the service by which the operator answers
    release    text CHECK (length(release) <= 100),
    expected   date,
    version    integer NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX request_once ON pooling.request (member, asked) WHERE asked IS NOT NULL AND state NOT IN ('live', 'declined');
CREATE TABLE pooling.backing (
    request    uuid NOT NULL REFERENCES pooling.request,
    member     uuid NOT NULL,
    weight     integer NOT NULL CHECK (weight BETWEEN 1 AND 3),
    budget     bigint CHECK (budget BETWEEN 0 AND 100000000000000),
    note       text CHECK (length(note) <= 500),
    by_person  uuid NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (request, member)
);
CREATE TABLE pooling.talk (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    request    uuid NOT NULL REFERENCES pooling.request,
    at         timestamptz NOT NULL,
    by_person  uuid NOT NULL,
    by_name    text NOT NULL,
    member     uuid NOT NULL,
    text       text NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
    answer     text -- the state to which the operator brought it with these words
);
CREATE INDEX ON pooling.talk (request, at);

CREATE OR REPLACE VIEW pooling.v_concerned AS
SELECT m.id::text AS subject, a.person FROM pooling.meeting m JOIN pooling.seat s ON s.body = m.body JOIN pooling.delegate d ON d.seat = s.id
JOIN directory.v_affiliation a ON a.id = d.affiliation AND a.live
UNION
SELECT b.id::text, a.person FROM pooling.ballot b JOIN pooling.item i ON i.id = b.item JOIN pooling.meeting m ON m.id = i.meeting
JOIN pooling.seat s ON s.body = m.body JOIN pooling.delegate d ON d.seat = s.id JOIN directory.v_affiliation a ON a.id = d.affiliation AND a.live
UNION
SELECT id::text, by_person FROM pooling.request
UNION
SELECT request::text, by_person FROM pooling.backing;
