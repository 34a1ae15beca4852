-- No token of Keycloak is kept: a sign-out names the session ("sid"), which is all it takes.
ALTER TABLE identity.session DROP COLUMN id_token;
ALTER TABLE identity.session ADD COLUMN subject text; -- Keycloak's name of the person: a back-channel logout may name it alone
CREATE INDEX ON identity.session (subject);

-- A sign-in under way at Keycloak: used once, by the browser that began it.
CREATE TABLE identity.sign_in (
    state      bytea PRIMARY KEY CHECK (length(state) = 32),
    browser    bytea NOT NULL CHECK (length(browser) = 32),
    nonce      text NOT NULL,
    verifier   text NOT NULL,                           -- PKCE
    target     text NOT NULL,                           -- where to go then, inside the portal
    expires_at timestamptz NOT NULL
);
CREATE INDEX ON identity.sign_in (expires_at);

CREATE TABLE identity.app_password (
    id             uuid PRIMARY KEY DEFAULT uuidv7(),
    person         uuid NOT NULL,
    capacity       uuid NOT NULL,
    label          text NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
    secret         bytea NOT NULL UNIQUE CHECK (length(secret) = 32), -- SHA-256 of 140 random bits
    made_at        timestamptz NOT NULL,
    last_used_at   timestamptz,
    last_used_from text,
    revoked_at     timestamptz,
    revoked_by     text CHECK (revoked_by IN ('person', 'cut')),      -- an undo gives back only what the cut took
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX ON identity.app_password (person);
CREATE INDEX ON identity.app_password (capacity);

CREATE VIEW identity.v_session AS
SELECT id, person, acting AS capacity, started_at, seen_at FROM identity.session WHERE expires_at > now();

CREATE VIEW identity.v_app_password AS
SELECT id, person, capacity, label, made_at, last_used_at, revoked_at FROM identity.app_password;
