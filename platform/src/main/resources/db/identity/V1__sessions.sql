-- Portal sessions. The cookie holds 256 random bits; only their SHA-256 is kept, so a copy of this table opens nothing.
-- A session that ends is a row that goes: nothing to forget later.
CREATE TABLE identity.session (
    id               uuid PRIMARY KEY DEFAULT uuidv7(),  -- public: how it is listed and revoked
    secret           bytea NOT NULL UNIQUE CHECK (length(secret) = 32),
    person           uuid NOT NULL,
    acting           uuid,                               -- the capacity; NULL: it ended, another must be chosen
    keycloak_session text,                               -- "sid": what a back-channel logout names
    id_token         text,                               -- only to say to Keycloak which session a sign-out ends
    device           text NOT NULL DEFAULT '',
    address          text,
    started_at       timestamptz NOT NULL,
    seen_at          timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL                -- whatever its use
);
CREATE INDEX ON identity.session (person);
CREATE INDEX ON identity.session (acting);
CREATE INDEX ON identity.session (keycloak_session);
CREATE INDEX ON identity.session (expires_at);
CREATE INDEX ON identity.session (seen_at);

-- What a person chose for themselves.
CREATE TABLE identity.preference (
    person        uuid PRIMARY KEY,
    language      text CHECK (language IN ('fr', 'en')), -- NULL: the directory's
    density       text NOT NULL DEFAULT 'comfortable' CHECK (density IN ('comfortable', 'compact')),
    last_capacity uuid
);
