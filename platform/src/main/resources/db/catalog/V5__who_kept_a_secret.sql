-- A secret goes where a description sends it: elsewhere only by whoever has just typed it, or had it made.
ALTER TABLE catalog.kept_secret
    ADD COLUMN kept_by uuid,
    ADD COLUMN kept_by_name text,
    ADD COLUMN fresh boolean NOT NULL DEFAULT false; -- typed, and no description has sent it anywhere new since
