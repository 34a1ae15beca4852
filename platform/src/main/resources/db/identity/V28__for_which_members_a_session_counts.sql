-- A sign-in through a member's own provider or directory counts for that member alone until the person has confirmed it by their own password.
ALTER TABLE identity.session
    ADD COLUMN by_source    boolean NOT NULL DEFAULT false, -- whether it began by the word of such a source, confirmed or not
    ADD COLUMN only_members uuid[];                         -- NULL: it counts for every capacity of the person

CREATE OR REPLACE VIEW identity.v_session AS
SELECT id, person, acting AS capacity, started_at, seen_at, only_members FROM identity.session WHERE expires_at > now();
