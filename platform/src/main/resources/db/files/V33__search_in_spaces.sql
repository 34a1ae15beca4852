-- Names are looked up in the spaces of whoever looks: what all the others keep makes no search longer.
CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA public;
DROP INDEX files.node_words;
CREATE INDEX node_words ON files.node USING gin (space public.uuid_ops, (' ' || sorted) public.gin_trgm_ops);
