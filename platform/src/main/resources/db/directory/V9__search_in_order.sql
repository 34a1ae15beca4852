-- What most people type begins many words: the first few are then found soonest by walking the alphabet, without reading the table.
CREATE INDEX search_entry_in_order ON directory.search_entry (sorted, person) INCLUDE (names, words) WHERE current;
-- How many hold a function is counted without reading whole affiliations.
CREATE INDEX affiliation_functions ON directory.affiliation (plain_function, person) INCLUDE (function) WHERE phase = 'current';
