CREATE TABLE directory.member (
    id                 uuid PRIMARY KEY DEFAULT uuidv7(),
    siren              char(9) UNIQUE,               -- NULL: not known, and shown as such
    siret              char(14),                     -- seat establishment, when known; never made up
    insee              varchar(5),
    kind               text NOT NULL CHECK (kind IN ('commune', 'epci', 'metropole', 'syndicat', 'departement', 'region', 'ccas', 'other')),
    name               text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    population         integer CHECK (population >= 0),
    population_source  text,
    population_date    date,
    parent             uuid REFERENCES directory.member,
    is_operator        boolean NOT NULL DEFAULT false,
    colour             text NOT NULL DEFAULT 'river', -- one of the twelve of the web's tokens
    status             text NOT NULL DEFAULT 'active' CHECK (status IN ('invited', 'active', 'left')),
    joined_on          date NOT NULL DEFAULT current_date,
    left_on            date,
    departure_limit    integer NOT NULL DEFAULT 10 CHECK (departure_limit BETWEEN 0 AND 100), -- percent of affiliations one import may end without asking
    second_factor      text NOT NULL DEFAULT 'admins' CHECK (second_factor IN ('admins', 'everyone')),
    made_at            timestamptz NOT NULL DEFAULT now(),
    version            integer NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX ON directory.member (is_operator) WHERE is_operator;

CREATE TABLE directory.mail_domain (
    domain       text PRIMARY KEY CHECK (domain = lower(domain) AND domain ~ '^[a-z0-9.-]+\.[a-z]{2,}$'),
    member       uuid NOT NULL REFERENCES directory.member,
    token        text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''), -- to be published as a DNS TXT record
    verified_at  timestamptz
);

CREATE TABLE directory.unit (
    id      uuid PRIMARY KEY DEFAULT uuidv7(),
    member  uuid NOT NULL REFERENCES directory.member,
    parent  uuid,
    code    text,
    name    text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    closed  boolean NOT NULL DEFAULT false,
    UNIQUE (member, id),
    FOREIGN KEY (member, parent) REFERENCES directory.unit (member, id)
);
CREATE UNIQUE INDEX ON directory.unit (member, code) WHERE code IS NOT NULL;

CREATE TABLE directory.person (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    usual_name   text NOT NULL CHECK (length(usual_name) BETWEEN 1 AND 100), -- nom d'usage
    birth_name   text CHECK (length(birth_name) <= 100),
    given_name   text NOT NULL CHECK (length(given_name) BETWEEN 1 AND 100),
    birth_date   date,
    language     text NOT NULL DEFAULT 'fr',
    made_at      timestamptz NOT NULL DEFAULT now(),
    version      integer NOT NULL DEFAULT 0
);

-- One row an affiliation. Period is [valid_from, valid_until): an end date of HR is the start of the next day, territory time.
-- phase is moved exactly once by the act or by the clock, so starts and ends are carried out exactly once.
CREATE TABLE directory.affiliation (
    id            uuid PRIMARY KEY DEFAULT uuidv7(),
    person        uuid NOT NULL REFERENCES directory.person,
    member        uuid NOT NULL REFERENCES directory.member,
    kind          text NOT NULL CHECK (kind IN ('agent', 'elu', 'partner', 'trainee')),
    function      text NOT NULL CHECK (length(function) BETWEEN 1 AND 200),
    unit          uuid,
    address       text CHECK (address = lower(address) AND length(address) <= 254), -- professional mail address
    phone         text CHECK (length(phone) <= 40),
    weekly_share  integer CHECK (weekly_share BETWEEN 1 AND 100), -- percent of a full week
    valid_from    timestamptz NOT NULL,
    valid_until   timestamptz,
    phase         text NOT NULL DEFAULT 'planned' CHECK (phase IN ('planned', 'current', 'ended')),
    end_reason    text,
    source        text NOT NULL DEFAULT 'manual', -- manual, hr, demo; later scim, ldap
    reference     text,                           -- the source's own key (matricule)
    groups        text[] NOT NULL DEFAULT '{}',   -- free groups of the member, for subscriptions
    made_at       timestamptz NOT NULL DEFAULT now(),
    version       integer NOT NULL DEFAULT 0,
    CHECK (valid_until IS NULL OR valid_until >= valid_from),
    FOREIGN KEY (member, unit) REFERENCES directory.unit (member, id),
    -- At any time an address is one person's; the same person may keep it across two posts.
    CONSTRAINT address_is_one_persons EXCLUDE USING gist
        (address WITH =, person WITH <>, tstzrange(valid_from, valid_until) WITH &&) WHERE (address IS NOT NULL)
);
CREATE INDEX ON directory.affiliation (person);
CREATE INDEX ON directory.affiliation (member, phase);
CREATE INDEX ON directory.affiliation (address);
CREATE INDEX ON directory.affiliation (unit);
CREATE UNIQUE INDEX ON directory.affiliation (member, source, reference) WHERE reference IS NOT NULL AND phase <> 'ended';
CREATE INDEX ON directory.affiliation (valid_from) WHERE phase = 'planned';
CREATE INDEX ON directory.affiliation (valid_until) WHERE phase = 'current';

CREATE TABLE directory.role_grant (
    affiliation  uuid NOT NULL REFERENCES directory.affiliation,
    role         text NOT NULL CHECK (role IN ('operator_admin', 'member_admin', 'member_hr', 'auditor')),
    granted_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (affiliation, role)
);

CREATE TABLE directory.change_set (
    id       uuid PRIMARY KEY DEFAULT uuidv7(),
    made_at  timestamptz NOT NULL DEFAULT now(),
    cause    text NOT NULL, -- manual, import, clock, demo, undo
    author   jsonb NOT NULL
);
CREATE TABLE directory.change (
    change_set   uuid NOT NULL REFERENCES directory.change_set ON DELETE CASCADE,
    affiliation  uuid NOT NULL REFERENCES directory.affiliation,
    what         text NOT NULL CHECK (what IN ('planned', 'started', 'changed', 'ended', 'reopened')),
    PRIMARY KEY (change_set, affiliation)
);

-- The published views: what other rooms may read.
CREATE VIEW directory.v_member AS
SELECT id, siren, siret, insee, kind, name, population, parent, is_operator, colour, status, second_factor FROM directory.member;

CREATE VIEW directory.v_unit AS
WITH RECURSIVE tree AS (
    SELECT id, member, parent, name, ARRAY[id] AS path, name AS full_name FROM directory.unit WHERE parent IS NULL
    UNION ALL
    SELECT u.id, u.member, u.parent, u.name, t.path || u.id, t.full_name || ' / ' || u.name FROM directory.unit u JOIN tree t ON u.parent = t.id)
SELECT id, member, parent, name, path, full_name FROM tree;
COMMENT ON COLUMN directory.v_unit.path IS 'From the root to this unit: a subscription to a unit holds for all units below it';

CREATE VIEW directory.v_person AS
SELECT id, usual_name, birth_name, given_name, language FROM directory.person;

CREATE VIEW directory.v_affiliation AS
SELECT a.id, a.person, a.member, a.kind, a.function, a.unit, a.address, a.phone, a.weekly_share, a.valid_from, a.valid_until, a.phase, a.groups,
       a.phase = 'current' AND a.valid_from <= now() AND (a.valid_until IS NULL OR a.valid_until > now()) AS live
FROM directory.affiliation a;
COMMENT ON COLUMN directory.v_affiliation.live IS 'Usable as a capacity at this very moment, even if the clock job is late';

CREATE VIEW directory.v_role_grant AS SELECT affiliation, role FROM directory.role_grant;

CREATE VIEW directory.v_change AS
SELECT c.change_set, c.affiliation, a.person, a.member, c.what, s.cause, s.made_at, s.author
FROM directory.change c JOIN directory.change_set s ON s.id = c.change_set JOIN directory.affiliation a ON a.id = c.affiliation;
