-- Search as you type reads search_entry alone: whom a short word finds are thousands, and joining each of them with the affiliation and the
-- person, only to see whether they are there now and where they stand in the alphabet, took longer than finding them.
ALTER TABLE directory.search_entry
    ADD COLUMN current boolean NOT NULL DEFAULT false,
    ADD COLUMN sorted  text NOT NULL DEFAULT '';

CREATE OR REPLACE FUNCTION directory.search_rows(ids uuid[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO directory.search_entry AS s (affiliation, person, member, names, words, current, sorted)
    SELECT a.id, a.person, a.member, ' ' || base.plain(concat_ws(' ', p.usual_name, p.birth_name, p.given_name)),
           ' ' || base.plain(concat_ws(' ', p.usual_name, p.birth_name, p.given_name, a.function, u.name, m.name, a.address)),
           a.phase = 'current', p.plain_usual || chr(1) || p.plain_given
    FROM directory.affiliation a JOIN directory.person p ON p.id = a.person JOIN directory.member m ON m.id = a.member
         LEFT JOIN directory.unit u ON u.id = a.unit
    WHERE a.id = ANY (ids)
    ON CONFLICT (affiliation) DO UPDATE SET names = excluded.names, words = excluded.words, current = excluded.current, sorted = excluded.sorted
    WHERE (s.names, s.words, s.current, s.sorted) IS DISTINCT FROM (excluded.names, excluded.words, excluded.current, excluded.sorted)
$$;
UPDATE directory.affiliation SET version = version;
ANALYZE directory.search_entry;
