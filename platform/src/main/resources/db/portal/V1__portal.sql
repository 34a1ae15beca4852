-- Notices: a kind and its facts; the sentence is made when it is read, in the reader's language.
CREATE TABLE portal.notice (
    id       uuid PRIMARY KEY DEFAULT uuidv7(),
    person   uuid NOT NULL,
    kind     text NOT NULL,
    facts    jsonb NOT NULL,
    link     text,                 -- a page of the browser application
    at       timestamptz NOT NULL,
    read_at  timestamptz
);
CREATE INDEX ON portal.notice (person, at DESC, id DESC);
CREATE INDEX ON portal.notice (person) WHERE read_at IS NULL;
CREATE INDEX ON portal.notice (at);

-- What each person was told they may use, to tell what comes and goes. Followed a few seconds behind access.v_entitlement.
CREATE TABLE portal.known_service (
    person   uuid,
    service  text,
    PRIMARY KEY (person, service)
);

-- Computations of entitlements that are still to be told. A change set is told once, however often its rights are computed anew.
CREATE TABLE portal.stirred (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_set  uuid UNIQUE,
    member      uuid,
    waiting     boolean NOT NULL DEFAULT true,
    told        boolean NOT NULL DEFAULT false,
    at          timestamptz NOT NULL
);
CREATE INDEX ON portal.stirred (id) WHERE waiting;

-- Up to which position of the ledger acts were turned into notices.
CREATE TABLE portal.followed (
    only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    position  bigint NOT NULL
);
INSERT INTO portal.followed (position) SELECT coalesce(max(position), 0) FROM audit.v_entry;

-- How much a service is used: counted per day and member, never per person.
CREATE TABLE portal.opening (
    day      date,
    member   uuid,
    service  text,
    count    bigint NOT NULL,
    PRIMARY KEY (day, member, service)
);
CREATE VIEW portal.v_opening AS SELECT day, member, service, count FROM portal.opening;
