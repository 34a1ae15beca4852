-- The tree that applications which know nothing but LDAP read: one row an active account of such a service, gone with its right.
CREATE TABLE provisioning.ldap_entry (
    service            text NOT NULL,
    account            uuid NOT NULL,
    capacity           uuid NOT NULL,
    organisation       text NOT NULL,   -- SIREN of the member, or its id where it has none
    organisation_name  text NOT NULL,
    mail               text,            -- in lower case: what people type as their name
    attributes         text NOT NULL,   -- JSON: attribute → values
    roles              text[] NOT NULL,
    unit               text,
    revision           bigint NOT NULL,
    PRIMARY KEY (service, account)
);
CREATE INDEX ON provisioning.ldap_entry (service, mail);
CREATE INDEX ON provisioning.ldap_entry (service, capacity);
