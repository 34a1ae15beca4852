-- By what a member's people sign in, beside the password of the territory. The id is the name Keycloak knows it by, and part of
-- the address that the member's own provider sends people back to.
CREATE TABLE sources.identity_source (
    id                uuid PRIMARY KEY DEFAULT uuidv7(),
    member            uuid NOT NULL,
    kind              text NOT NULL CHECK (kind IN ('oidc', 'saml')),
    label             text NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
    state             text NOT NULL DEFAULT 'off' CHECK (state IN ('off', 'trial', 'on')),
    domains           text[] NOT NULL DEFAULT '{}',
    passwords_too     boolean NOT NULL DEFAULT false,
    trusts_addresses  boolean NOT NULL DEFAULT false,
    trusts_factors    boolean NOT NULL DEFAULT true,
    settings          jsonb,  -- null until its provider is described
    secret            bytea,  -- closed: org.entente.base.Sealed
    made_at           timestamptz NOT NULL,
    changed_at        timestamptz NOT NULL,
    version           integer NOT NULL DEFAULT 1,
    CONSTRAINT described CHECK (state = 'off' OR settings IS NOT NULL),
    UNIQUE (member, label)
);
