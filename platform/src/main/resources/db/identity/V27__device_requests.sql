-- A program on a device asks, without a password, to be let in to files; a person who is signed in to the portal says yes in one of their capacities; the program,
-- which asks again and again, is then given an app password, once. Nothing here opens anything: both secrets are kept as fingerprints, and the app password
-- is made at the moment at which it is fetched.
CREATE TABLE identity.device_request (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    page       bytea NOT NULL UNIQUE CHECK (length(page) = 32), -- SHA-256 of what is in the address that the person opens
    poll       bytea NOT NULL UNIQUE CHECK (length(poll) = 32), -- SHA-256 of what the program asks with
    client     text NOT NULL CHECK (length(client) BETWEEN 1 AND 100), -- as the program calls itself
    address    text NOT NULL,                                   -- where it called from
    made_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    person     uuid,                                            -- who said yes
    capacity   uuid,
    CHECK ((person IS NULL) = (capacity IS NULL))
);
CREATE INDEX ON identity.device_request (expires_at);
CREATE INDEX ON identity.device_request (capacity);
