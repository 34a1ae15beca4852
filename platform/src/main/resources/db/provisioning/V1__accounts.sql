-- One row a person, locked by whatever plans accounts of theirs: plans of one person follow one another, and an engine that is sent
-- a revision knows whether it is older than what it holds.
CREATE TABLE provisioning.person (
    person    uuid PRIMARY KEY,
    revision  bigint NOT NULL
);

CREATE TABLE provisioning.account (
    id               uuid PRIMARY KEY DEFAULT uuidv7(),
    service          text NOT NULL,
    connector        text NOT NULL,
    affiliation      uuid NOT NULL,
    person           uuid NOT NULL,
    member           uuid NOT NULL,
    state            text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'active', 'suspended', 'closed')),
    desired          text NOT NULL CHECK (desired IN ('active', 'suspended', 'closed')),
    roles            text[] NOT NULL,
    content          text NOT NULL,                -- hash of what the engine is to be told
    revision         bigint NOT NULL,              -- of the person, when this account last had to change
    applied          bigint NOT NULL DEFAULT 0,    -- the revision the engine holds
    urgent           boolean NOT NULL DEFAULT false, -- a cut: has a lane of its own
    external_id      text,
    since            timestamptz NOT NULL,         -- in this state
    attempts         integer NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz NOT NULL,
    claim            uuid,
    claimed_until    timestamptz,
    error            text,
    detail           text NOT NULL DEFAULT '',
    UNIQUE (service, affiliation)
);
CREATE INDEX ON provisioning.account (service, urgent, next_attempt_at) WHERE revision > applied;
CREATE INDEX ON provisioning.account (person);
CREATE INDEX ON provisioning.account (affiliation);
CREATE INDEX ON provisioning.account (since) WHERE state = 'suspended' AND desired = 'suspended';

-- The circuit of each engine, known to every node.
CREATE TABLE provisioning.engine (
    service     text PRIMARY KEY,
    failures    integer NOT NULL DEFAULT 0,
    open_until  timestamptz,
    since       timestamptz NOT NULL,
    error       text
);

CREATE TABLE provisioning.reconciliation (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    service      text NOT NULL,
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    checked      integer NOT NULL DEFAULT 0,
    missing      integer NOT NULL DEFAULT 0,
    reactivated  integer NOT NULL DEFAULT 0,  -- active there though they should not be: cut again
    changed      integer NOT NULL DEFAULT 0,
    orphans      text[] NOT NULL DEFAULT '{}',
    error        text
);
CREATE INDEX ON provisioning.reconciliation (service, started_at DESC);

-- What an engine may know of a capacity, as JSON that is a connector's CapacityCard.
CREATE VIEW provisioning.v_capacity AS
SELECT a.person, a.id AS affiliation, a.member, a.phase = 'current' AS current,
       jsonb_build_object('id', a.id, 'member', a.member, 'siren', m.siren, 'siret', m.siret, 'memberName', m.name, 'kind', a.kind,
           'function', a.function, 'unit', u.full_name, 'address', a.address,
           'needsSecondFactor', m.second_factor = 'everyone' OR EXISTS (SELECT FROM directory.v_role_grant g WHERE g.affiliation = a.id),
           'services', coalesce((SELECT jsonb_object_agg(e.service, e.roles) FROM (
               SELECT service, jsonb_agg(role ORDER BY role) AS roles FROM access.v_entitlement WHERE affiliation = a.id GROUP BY service) e),
               '{}')) AS card
FROM directory.v_affiliation a
JOIN directory.v_member m ON m.id = a.member
LEFT JOIN directory.v_unit u ON u.id = a.unit;

CREATE VIEW provisioning.v_account AS
SELECT id, service, affiliation, person, member, state, desired, external_id, since FROM provisioning.account;
