-- An agreement may be proposed first: it covers nothing and costs nothing until a decision adopts it.
ALTER TABLE pooling.agreement ADD COLUMN proposed boolean NOT NULL DEFAULT false;
-- Two decisions may change one agreement from the same day: the later number holds.
ALTER TABLE pooling.amendment DROP CONSTRAINT amendment_agreement_effective_on_key;
DROP FUNCTION pooling.cover_at(date);
DROP FUNCTION pooling.terms_at(date);
CREATE FUNCTION pooling.terms_at(day date)
    RETURNS TABLE (agreement uuid, amendment integer, number text, starts_on date, title text, ends_on date, notice_months integer, renewal text,
                   cost_key uuid, last_on date, version integer, proposed boolean)
    LANGUAGE sql STABLE AS $$
    SELECT DISTINCT ON (a.id) a.id, t.number, a.number, a.starts_on, t.title, t.ends_on, t.notice_months, t.renewal, t.cost_key,
           least(a.ended_on, CASE WHEN t.renewal <> 'tacit' THEN t.ends_on END), a.version, a.proposed
    FROM pooling.agreement a JOIN pooling.amendment t ON t.agreement = a.id AND t.effective_on <= greatest(day, a.starts_on)
    ORDER BY a.id, t.effective_on DESC, t.number DESC
$$;
CREATE FUNCTION pooling.cover_at(day date)
    RETURNS TABLE (member uuid, service text, agreement uuid, number text, quota bigint, since date)
    LANGUAGE sql STABLE AS $$
    SELECT p.member, s.service, t.agreement, t.number, s.quota, greatest(p.since, t.starts_on)
    FROM pooling.terms_at(day) t
    JOIN pooling.amendment_service s ON s.agreement = t.agreement AND s.number = t.amendment
    JOIN pooling.party p ON p.agreement = t.agreement
    WHERE NOT t.proposed AND day BETWEEN greatest(p.since, t.starts_on) AND coalesce(least(p.until, t.last_on), 'infinity')
$$;

-- A budget that was adopted is only amended, with a reason.
CREATE TABLE pooling.budget_year (
    year        integer PRIMARY KEY,
    adopted_on  date NOT NULL
);

CREATE TABLE pooling.body (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    name            text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
    purpose         text NOT NULL CHECK (length(purpose) <= 2000),
    quorum_percent  integer NOT NULL CHECK (quorum_percent BETWEEN 0 AND 100),
    majority        text NOT NULL CHECK (majority IN ('simple', 'absolute', 'two-thirds')),
    version         integer NOT NULL DEFAULT 0
);
CREATE TABLE pooling.seat (
    id      uuid PRIMARY KEY DEFAULT uuidv7(),
    body    uuid NOT NULL REFERENCES pooling.body,
    member  uuid NOT NULL,
    weight  integer NOT NULL CHECK (weight BETWEEN 1 AND 1000),
    UNIQUE (body, member)
);
CREATE TABLE pooling.delegate (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    seat         uuid NOT NULL REFERENCES pooling.seat ON DELETE CASCADE,
    affiliation  uuid NOT NULL,
    substitute   boolean NOT NULL,
    UNIQUE (seat, affiliation)
);
CREATE INDEX ON pooling.delegate (affiliation);

CREATE TABLE pooling.meeting (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    body       uuid NOT NULL REFERENCES pooling.body,
    title      text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    at         timestamptz NOT NULL,
    place      text NOT NULL CHECK (length(place) <= 200),
    state      text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'convened', 'closed')),
    closed_at  timestamptz
);
CREATE TABLE pooling.item (
    id        uuid PRIMARY KEY DEFAULT uuidv7(),
    meeting   uuid NOT NULL REFERENCES pooling.meeting,
    position  integer NOT NULL,
    title     text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    text      text NOT NULL CHECK (length(text) <= 10000)
);
CREATE INDEX ON pooling.item (meeting);
CREATE TABLE pooling.proxy (
    meeting    uuid NOT NULL REFERENCES pooling.meeting,
    from_seat  uuid NOT NULL,
    to_seat    uuid NOT NULL,
    by_name    text NOT NULL,
    PRIMARY KEY (meeting, from_seat),
    UNIQUE (meeting, to_seat), -- a seat carries one proxy
    CHECK (from_seat <> to_seat)
);

CREATE TABLE pooling.ballot (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    item            uuid NOT NULL UNIQUE REFERENCES pooling.item ON DELETE CASCADE,
    question        text NOT NULL CHECK (length(question) BETWEEN 1 AND 500),
    secret          boolean NOT NULL,
    majority        text NOT NULL CHECK (majority IN ('simple', 'absolute', 'two-thirds')),
    quorum_percent  integer NOT NULL,
    state           text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'open', 'closed')),
    opened_at       timestamptz,
    closes_at       timestamptz,
    closed_at       timestamptz,
    adopted         boolean,
    CHECK ((state = 'closed') = (adopted IS NOT NULL))
);
-- Who may vote, frozen when the ballot opens, and who has: never what.
CREATE TABLE pooling.ballot_seat (
    ballot  uuid NOT NULL REFERENCES pooling.ballot ON DELETE CASCADE,
    seat    uuid NOT NULL,
    member  uuid NOT NULL,
    weight  integer NOT NULL,
    voted   boolean NOT NULL DEFAULT false,
    PRIMARY KEY (ballot, seat)
);
-- Open ballots: one vote a seat, which may be changed until the ballot closes.
CREATE TABLE pooling.vote (
    ballot    uuid NOT NULL REFERENCES pooling.ballot ON DELETE CASCADE,
    seat      uuid NOT NULL,
    choice    text NOT NULL CHECK (choice IN ('for', 'against', 'abstain')),
    by_name   text NOT NULL,
    by_proxy  uuid, -- the seat that voted for it
    at        timestamptz NOT NULL,
    PRIMARY KEY (ballot, seat)
);
-- Secret ballots: one box, one paper for each unit of weight, always sorted. One row, written anew by each vote, so that no row, order,
-- time or transaction belongs to a voter; the tally is counted again from it at any time.
CREATE TABLE pooling.ballot_box (
    ballot  uuid PRIMARY KEY REFERENCES pooling.ballot ON DELETE CASCADE,
    papers  text[] NOT NULL DEFAULT '{}'
);
CREATE TABLE pooling.effect (
    ballot        uuid PRIMARY KEY REFERENCES pooling.ballot ON DELETE CASCADE,
    kind          text NOT NULL CHECK (kind IN ('key', 'agreement', 'budget', 'service')),
    cost_key      uuid,
    agreement     uuid,
    service       text,
    year          integer,
    effective_on  date NOT NULL,
    state         text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'waiting', 'done', 'failed', 'dropped')),
    done_at       timestamptz,
    error         text
);
CREATE INDEX ON pooling.effect (effective_on) WHERE state = 'waiting';

-- Whom an act about something here concerns, for notices.
CREATE VIEW pooling.v_concerned AS
SELECT m.id::text AS subject, a.person FROM pooling.meeting m JOIN pooling.seat s ON s.body = m.body JOIN pooling.delegate d ON d.seat = s.id
JOIN directory.v_affiliation a ON a.id = d.affiliation AND a.live
UNION
SELECT b.id::text, a.person FROM pooling.ballot b JOIN pooling.item i ON i.id = b.item JOIN pooling.meeting m ON m.id = i.meeting
JOIN pooling.seat s ON s.body = m.body JOIN pooling.delegate d ON d.seat = s.id JOIN directory.v_affiliation a ON a.id = d.affiliation AND a.live;
