CREATE TABLE provisioning.departure (
    id                uuid PRIMARY KEY DEFAULT uuidv7(),
    affiliation       uuid NOT NULL,
    person            uuid NOT NULL,
    member            uuid NOT NULL,
    state             text NOT NULL CHECK (state IN ('scheduled', 'cutting', 'complete', 'cancelled', 'undone')),
    at                timestamptz NOT NULL,   -- when the affiliation ends or ended
    former_until      timestamptz,            -- what cancelling gives back
    cause             text NOT NULL,          -- manual, import, clock
    reason            text NOT NULL,
    asked_by          jsonb NOT NULL,
    asked_at          timestamptz NOT NULL,
    successor_person  uuid,
    successor_unit    uuid,
    change_set        uuid,                   -- the one that ended the affiliation
    cut_at            timestamptz,
    undo_until        timestamptz,
    completed_at      timestamptz,
    undone_at         timestamptz,
    -- As things were called at that time: a certificate does not change when a town or a person is renamed.
    person_name       text NOT NULL,
    member_name       text NOT NULL,
    member_siren      text,
    capacity          jsonb NOT NULL,
    services          text[] NOT NULL DEFAULT '{}'
);
-- Two admins who end the same affiliation make one departure.
CREATE UNIQUE INDEX one_departure_at_a_time ON provisioning.departure (affiliation) WHERE state IN ('scheduled', 'cutting', 'complete');
CREATE INDEX ON provisioning.departure (member, state, at DESC);
CREATE INDEX ON provisioning.departure (change_set);
CREATE INDEX ON provisioning.departure (state) WHERE state IN ('cutting', 'complete');

CREATE TABLE provisioning.departure_act (
    departure  uuid NOT NULL REFERENCES provisioning.departure,
    position   integer NOT NULL,
    system     text NOT NULL,      -- entitlements, portal-sessions, app-passwords, or a service's id
    account    uuid REFERENCES provisioning.account,
    state      text NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
    at         timestamptz,
    amount     integer,            -- how many rights, sessions, app passwords
    detail     text NOT NULL DEFAULT '',
    PRIMARY KEY (departure, system)
);
CREATE INDEX ON provisioning.departure_act (account) WHERE account IS NOT NULL AND state <> 'done';

CREATE TABLE provisioning.certificate (
    departure   uuid PRIMARY KEY REFERENCES provisioning.departure,
    sha256      text NOT NULL UNIQUE,
    signed_at   timestamptz NOT NULL,
    object_key  text NOT NULL,
    stored_at   timestamptz,       -- NULL: the store did not answer yet, the document waits in pdf
    pdf         bytea
);

-- Made once at the territory's first start; PKCS #12, closed with the territory's secret.
CREATE TABLE provisioning.territory_key (
    single    boolean PRIMARY KEY DEFAULT true CHECK (single),
    pkcs12    bytea NOT NULL,
    made_at   timestamptz NOT NULL
);
