-- Thirty thousand affiliations at once are joined with the list of their ids, not compared with it one by one: what the planner does with a list while it
-- knows nothing yet of rows written a moment ago.
CREATE OR REPLACE FUNCTION directory.search_rows(ids uuid[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO directory.search_entry AS s (affiliation, person, member, names, words, current, sorted)
    SELECT a.id, a.person, a.member, ' ' || base.plain(concat_ws(' ', p.usual_name, p.birth_name, p.given_name)),
           ' ' || base.plain(concat_ws(' ', p.usual_name, p.birth_name, p.given_name, a.function, u.name, m.name, a.address)),
           a.phase = 'current', p.plain_usual || chr(1) || p.plain_given
    FROM (SELECT DISTINCT id FROM unnest(ids) AS id) concerned JOIN directory.affiliation a ON a.id = concerned.id
         JOIN directory.person p ON p.id = a.person JOIN directory.member m ON m.id = a.member
         LEFT JOIN directory.unit u ON u.id = a.unit
    ON CONFLICT (affiliation) DO UPDATE SET names = excluded.names, words = excluded.words, current = excluded.current, sorted = excluded.sorted
    WHERE (s.names, s.words, s.current, s.sorted) IS DISTINCT FROM (excluded.names, excluded.words, excluded.current, excluded.sorted)
$$;
