-- Grows with every change of what the rules say (subscriptions, descriptors). A change set that was computed under an older version
-- is computed once more: two transactions that could not see each other never leave a right out.
CREATE TABLE access.policy (
    single   boolean PRIMARY KEY DEFAULT true CHECK (single),
    version  bigint NOT NULL DEFAULT 1
);
INSERT INTO access.policy DEFAULT VALUES;

CREATE TABLE access.computed (
    change_set  uuid PRIMARY KEY,
    version     bigint NOT NULL
);

CREATE TABLE access.subscription (
    id       uuid PRIMARY KEY DEFAULT uuidv7(),
    member   uuid NOT NULL,
    service  text NOT NULL,
    since    timestamptz NOT NULL,
    UNIQUE (member, service)
);

-- An empty list sets no bound; a unit stands for all units below it.
CREATE TABLE access.population (
    subscription  uuid NOT NULL REFERENCES access.subscription ON DELETE CASCADE,
    position      integer NOT NULL,
    kinds         text[] NOT NULL,
    units         uuid[] NOT NULL,
    groups        text[] NOT NULL,
    role          text NOT NULL,
    PRIMARY KEY (subscription, position)
);

-- Computed, never edited: access.bring() is the only one that writes here.
CREATE TABLE access.entitlement (
    affiliation   uuid NOT NULL,
    service       text NOT NULL,
    role          text NOT NULL,
    person        uuid NOT NULL,
    member        uuid NOT NULL,
    subscription  uuid,             -- NULL: given to everyone by rule
    since         timestamptz NOT NULL,
    PRIMARY KEY (affiliation, service, role)
);
CREATE INDEX ON access.entitlement (person);
CREATE INDEX ON access.entitlement (member, service);

CREATE VIEW access.v_entitlement AS
SELECT person, affiliation, member, service, role, subscription, since FROM access.entitlement;

-- What the rules alone say for each current affiliation, before what a service needs is looked at.
CREATE VIEW access.v_raw AS
SELECT a.person, a.id AS affiliation, a.member, s.id AS service, s.roles[1] AS role, NULL::uuid AS subscription
FROM directory.v_affiliation a JOIN catalog.v_service s ON s.everyone AND a.kind = ANY (s.suits)
WHERE a.phase = 'current'
UNION ALL
SELECT a.person, a.id, a.member, s.id, p.role, sub.id
FROM directory.v_affiliation a
JOIN access.subscription sub ON sub.member = a.member
JOIN catalog.v_service s ON s.id = sub.service AND a.kind = ANY (s.suits)
JOIN access.population p ON p.subscription = sub.id AND p.role = ANY (s.roles)
LEFT JOIN directory.v_unit u ON u.id = a.unit
WHERE a.phase = 'current'
  AND (p.kinds = '{}' OR a.kind = ANY (p.kinds))
  AND (p.groups = '{}' OR a.groups && p.groups)
  AND (p.units = '{}' OR u.path && p.units);
