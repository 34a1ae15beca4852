-- What changed in a folder is found by number, whatever else the folder holds. A folder is found a little too early: were its own number kept in an index, each writing
-- beneath it would write it anew in every index of this table, where it now changes its row in place but once in 1,024 numbers of its space.
ALTER TABLE files.node ADD COLUMN told bigint NOT NULL
    GENERATED ALWAYS AS (CASE WHEN folder AND tree_seq > seq THEN tree_seq | 1023 ELSE greatest(seq, tree_seq) END) STORED; -- at least seq and tree_seq
CREATE INDEX node_told ON files.node (parent, told);
DROP INDEX files.node_parent_idx; -- the new one begins as it does
