-- Secrets lie closed: a copy of the database alone does not give them away. Those of before are closed when they are next read.
ALTER TABLE identity.keycloak_client ALTER COLUMN secret DROP NOT NULL, ADD COLUMN sealed bytea;
ALTER TABLE identity.keycloak_client ADD CONSTRAINT one_of_both CHECK ((secret IS NULL) <> (sealed IS NULL));
