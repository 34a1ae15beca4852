-- From where somebody came in by the password of their directory before: whoever tries it in vain from elsewhere uses up only a part of the tries, so that no
-- stranger shuts them out of where they work. The place is kept as a hash, with whom it is of: it tells no address.
CREATE TABLE sources.ldap_place (
    affiliation  uuid NOT NULL,
    place        bytea NOT NULL CHECK (length(place) = 32),
    last_at      timestamptz NOT NULL,
    PRIMARY KEY (affiliation, place)
);
CREATE INDEX ON sources.ldap_place (last_at);
ALTER TABLE sources.ldap_try ADD COLUMN strange integer NOT NULL DEFAULT 0; -- of the failures, those from places that were not known
