-- Words are folded once, when an entry is written: a search that finds many rows must not fold each of them again.
ALTER TABLE audit.entry ADD COLUMN words text GENERATED ALWAYS AS (base.plain(author || ' ' || subject_label)) STORED;
DO $$
DECLARE old regclass;
BEGIN
    SELECT i.indexrelid::regclass INTO old FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE i.indrelid = 'audit.entry'::regclass AND a.amname = 'gin';
    EXECUTE 'DROP INDEX ' || old;
END $$;
CREATE INDEX entry_words ON audit.entry USING gin (words public.gin_trgm_ops);
