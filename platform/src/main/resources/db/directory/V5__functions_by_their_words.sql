-- Search as you type finds functions too: their plain text is kept, since folding it for every row at every key costs more than all the rest.
ALTER TABLE directory.affiliation ADD COLUMN plain_function text GENERATED ALWAYS AS (' ' || base.plain(function)) STORED;
CREATE INDEX affiliation_function_words ON directory.affiliation USING gin (plain_function public.gin_trgm_ops);
ANALYZE directory.affiliation;
