-- The applications that a capacity gave when it ended, and how each could be told then: descriptions change.
CREATE TABLE provisioning.departure_app (
    departure  uuid NOT NULL REFERENCES provisioning.departure,
    service    text NOT NULL,
    way        text NOT NULL,
    PRIMARY KEY (departure, service)
);

-- What an application is told of a session that ended with the capacity. The id is the sign-in engine's.
CREATE TABLE provisioning.departure_notice (
    id               uuid PRIMARY KEY,
    departure        uuid NOT NULL REFERENCES provisioning.departure,
    service          text NOT NULL,
    means            text NOT NULL CHECK (means IN ('oidc_back_channel', 'saml_soap', 'cas_logout', 'none')),
    state            text NOT NULL CHECK (state IN ('waiting', 'answered', 'refused', 'silent', 'gone', 'untold')),
    notice           jsonb,        -- what is needed to say it again; NULL once it is over
    made_at          timestamptz NOT NULL,
    at               timestamptz,  -- when it was over
    attempts         integer NOT NULL DEFAULT 0,
    detail           text NOT NULL DEFAULT '',
    next_attempt_at  timestamptz NOT NULL,
    CHECK ((state = 'waiting') = (notice IS NOT NULL AND at IS NULL))
);
CREATE INDEX ON provisioning.departure_notice (departure);
CREATE INDEX ON provisioning.departure_notice (next_attempt_at) WHERE state = 'waiting';
