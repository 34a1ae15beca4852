-- Secrets of our own Keycloak clients and of the catalogue's OIDC services: generated once, then kept, whatever becomes of the realm.
CREATE TABLE identity.keycloak_client (
    client_id  text PRIMARY KEY CHECK (length(client_id) BETWEEN 1 AND 255),
    secret     text NOT NULL CHECK (length(secret) >= 32),
    made_at    timestamptz NOT NULL DEFAULT now()
);
