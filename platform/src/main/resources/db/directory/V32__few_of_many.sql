-- Most change sets hold one or two affiliations, a few hold tens of thousands. Sampling sees the few and makes a plan for thousands of everything one
-- arrival asks for; said here is what is usual, and a statement on a large set says so itself.
ALTER TABLE directory.change ALTER COLUMN change_set SET (n_distinct = -0.5);
ANALYZE directory.change;

-- The clock asks every second whose last day has come, among those who wait and those who are there.
DROP INDEX directory.affiliation_valid_until_idx;
CREATE INDEX affiliation_ends ON directory.affiliation (valid_until) WHERE phase IN ('planned', 'current');
