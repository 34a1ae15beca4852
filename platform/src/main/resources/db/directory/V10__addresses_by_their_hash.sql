-- The same promise, an address is one person's, over eight bytes of the address and not over its letters: a GiST index compares and splits whole texts, which
-- was a third of the time that thousands of arrivals took. Two addresses with the same 64 bits are not expected within any territory.
ALTER TABLE directory.affiliation DROP CONSTRAINT address_is_one_persons;
ALTER TABLE directory.affiliation ADD CONSTRAINT address_is_one_persons EXCLUDE USING gist
    (hashtextextended(address, 0) WITH =, person WITH <>, tstzrange(valid_from, valid_until) WITH &&) WHERE (address IS NOT NULL);
