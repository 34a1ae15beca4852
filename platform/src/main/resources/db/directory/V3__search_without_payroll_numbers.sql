-- Who's who is for everybody: typing a payroll number must not find its holder there. Who keeps a member's people finds it exactly.
CREATE OR REPLACE FUNCTION directory.search_rows(ids uuid[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO directory.search_entry (affiliation, person, member, names, words)
    SELECT a.id, a.person, a.member, ' ' || base.plain(concat_ws(' ', p.usual_name, p.birth_name, p.given_name)),
           ' ' || base.plain(concat_ws(' ', p.usual_name, p.birth_name, p.given_name, a.function, u.name, m.name, a.address))
    FROM directory.affiliation a JOIN directory.person p ON p.id = a.person JOIN directory.member m ON m.id = a.member
         LEFT JOIN directory.unit u ON u.id = a.unit
    WHERE a.id = ANY (ids)
    ON CONFLICT (affiliation) DO UPDATE SET names = excluded.names, words = excluded.words
    WHERE search_entry.words <> excluded.words
$$;
UPDATE directory.affiliation SET version = version;
