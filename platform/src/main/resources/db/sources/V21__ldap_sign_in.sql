-- Whether the people of a member sign in with the password of its directory, and what was in the way the last time.
ALTER TABLE sources.ldap
    ADD COLUMN sign_in text NOT NULL DEFAULT 'off' CHECK (sign_in IN ('off', 'trial', 'on')),
    ADD COLUMN passwords_too boolean NOT NULL DEFAULT false, -- who is in the directory may use the territory's password as well
    ADD COLUMN trouble text,                                 -- code of a refusal, and its arguments
    ADD COLUMN trouble_args text[] NOT NULL DEFAULT '{}',
    ADD COLUMN trouble_at timestamptz;
-- Wrong passwords of late: the directory is left alone before it would lock the account (how many: org.entente.sources.ldap.LdapTries).
CREATE TABLE sources.ldap_try (
    affiliation  uuid PRIMARY KEY,
    failures     integer NOT NULL,
    last_at      timestamptz NOT NULL
);
