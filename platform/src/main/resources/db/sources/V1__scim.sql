-- Software of a member that keeps its people here by SCIM. The token is shown once; what is kept cannot be turned back into it.
CREATE TABLE sources.scim_client (
    id            uuid PRIMARY KEY DEFAULT uuidv7(),
    member        uuid NOT NULL,
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    token_hash    bytea NOT NULL UNIQUE,
    made_at       timestamptz NOT NULL,
    made_by       text NOT NULL,
    last_used_at  timestamptz,
    UNIQUE (member, name)
);
-- What such software knows of an affiliation beyond what the directory keeps; the user of SCIM is the affiliation.
CREATE TABLE sources.scim_user (
    affiliation  uuid PRIMARY KEY,
    member       uuid NOT NULL,
    user_name    text NOT NULL CHECK (length(user_name) BETWEEN 1 AND 254),
    lower_name   text GENERATED ALWAYS AS (lower(user_name)) STORED, -- unique without regard to case (RFC 7643, 4.1)
    external_id  text CHECK (length(external_id) <= 254),
    made_at      timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    CONSTRAINT scim_user_name UNIQUE (member, lower_name)
);
CREATE INDEX ON sources.scim_user (member, affiliation);
CREATE INDEX ON sources.scim_user (member, external_id);
