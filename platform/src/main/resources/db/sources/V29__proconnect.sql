-- ProConnect, by which members' partners sign in: the territory is one client of it. The secret is closed: org.entente.base.Sealed.
CREATE TABLE sources.proconnect (
    only_one        boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    state           text NOT NULL DEFAULT 'off' CHECK (state IN ('off', 'trial', 'on')),
    trusts_factors  boolean NOT NULL DEFAULT true,
    settings        jsonb,  -- null until it is described
    secret          bytea,
    changed_at      timestamptz NOT NULL DEFAULT now(),
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT described CHECK (state = 'off' OR (settings IS NOT NULL AND secret IS NOT NULL))
);
INSERT INTO sources.proconnect DEFAULT VALUES;

-- The organisation for which a member invites one of its partners to come by ProConnect; who and until when is said by the affiliation.
CREATE TABLE sources.proconnect_partner (
    affiliation  uuid PRIMARY KEY,
    member       uuid NOT NULL,
    siret        char(14) NOT NULL,
    invited_at   timestamptz NOT NULL
);
CREATE INDEX ON sources.proconnect_partner (member);
CREATE INDEX ON sources.proconnect_partner (siret);

-- Members whose own agents and élus may come by ProConnect too, for the member's own establishments.
CREATE TABLE sources.proconnect_member (member uuid PRIMARY KEY);

-- What ProConnect calls somebody here (sub; another for each client and each identity provider of it). The affiliation in which it was linked says whose it is,
-- so that it follows when two entries of one person become one.
CREATE TABLE sources.proconnect_account (
    subject      text PRIMARY KEY CHECK (length(subject) BETWEEN 1 AND 255),
    affiliation  uuid NOT NULL,
    linked_at    timestamptz NOT NULL,
    last_at      timestamptz NOT NULL,
    address      text CHECK (length(address) <= 254), -- as ProConnect said it the last time
    siret        char(14) NOT NULL
);
CREATE INDEX ON sources.proconnect_account (affiliation);

-- Who came and was not let in, for the admins whom it concerns; without a member it is the operator's, and of those who invited the organisation.
CREATE TABLE sources.proconnect_refusal (
    member   uuid,
    reason   text NOT NULL,
    address  text CHECK (length(address) <= 254),
    siret    text CHECK (length(siret) <= 14),
    last_at  timestamptz NOT NULL,
    times    integer NOT NULL DEFAULT 1,
    UNIQUE NULLS NOT DISTINCT (member, reason, address, siret)
);
CREATE INDEX ON sources.proconnect_refusal (last_at);
