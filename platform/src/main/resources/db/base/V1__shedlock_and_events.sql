-- Locks of scheduled jobs (ShedLock) and Modulith's event publication registry: shared plumbing of all rooms.
CREATE TABLE base.shedlock (
    name       varchar(64) PRIMARY KEY,
    lock_until timestamptz NOT NULL,
    locked_at  timestamptz NOT NULL,
    locked_by  varchar(255) NOT NULL
);

-- French search without accents: unaccent is not immutable by itself, an index needs it to be.
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;

CREATE FUNCTION base.plain(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, $1)), '[^a-z0-9@._]+', ' ', 'g');
COMMENT ON FUNCTION base.plain(text) IS 'Lower case, no accents, hyphens and apostrophes as spaces: how names are compared and searched';
