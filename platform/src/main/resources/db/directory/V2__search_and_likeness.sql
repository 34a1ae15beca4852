-- Who may be the same human being? One rule for the form (one person) and for the import (a file of them): names are compared without case,
-- accents and hyphens; the birth date weighs more than either name.

CREATE FUNCTION directory.words_within(one text, other text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN one <> '' AND other <> '' AND (' ' || one || ' ' LIKE '% ' || other || ' %' OR ' ' || other || ' ' LIKE '% ' || one || ' %');
COMMENT ON FUNCTION directory.words_within IS 'Compound names: "marie" and "marie claude", "dupont martin" and "martin"';

ALTER TABLE directory.person
    ADD COLUMN plain_given text GENERATED ALWAYS AS (trim(base.plain(given_name))) STORED,
    ADD COLUMN plain_usual text GENERATED ALWAYS AS (trim(base.plain(usual_name))) STORED,
    ADD COLUMN plain_birth text GENERATED ALWAYS AS (trim(base.plain(birth_name))) STORED;
CREATE INDEX ON directory.person (birth_date);
CREATE INDEX ON directory.person (plain_usual, plain_given);
CREATE INDEX ON directory.person (plain_birth, plain_given);

CREATE FUNCTION directory.likeness(given text, usual text, birth text, born date, p directory.person) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE
        WHEN born IS NOT NULL AND p.birth_date IS NOT NULL AND born <> p.birth_date THEN NULL
        WHEN given = p.plain_given AND usual = p.plain_usual
            THEN CASE WHEN born = p.birth_date THEN 'name-and-birth-date' ELSE 'name' END
        WHEN given = p.plain_given AND (usual = p.plain_birth OR birth = p.plain_usual OR birth = p.plain_birth)
            THEN CASE WHEN born = p.birth_date THEN 'swapped-names' ELSE 'name' END
        WHEN born = p.birth_date AND (given = p.plain_given OR directory.words_within(given, p.plain_given))
             AND (usual IN (p.plain_usual, p.plain_birth) OR directory.words_within(usual, p.plain_usual)
                  OR directory.words_within(birth, p.plain_usual) OR directory.words_within(usual, p.plain_birth))
            THEN 'similar-name'
        WHEN born = p.birth_date AND (given = p.plain_usual AND usual = p.plain_given) THEN 'swapped-names'
    END;

CREATE FUNCTION directory.candidates(given_name text, usual_name text, birth_name text, born date, mail text)
    RETURNS TABLE (person uuid, why text[])
    LANGUAGE sql STABLE AS $$
    WITH asked AS (SELECT trim(base.plain(given_name)) AS g, trim(base.plain(usual_name)) AS u, trim(base.plain(birth_name)) AS b),
    found AS (
        SELECT p.id, directory.likeness(q.g, q.u, q.b, born, p) AS why
        FROM asked q JOIN directory.person p ON p.birth_date = born OR (p.plain_usual = q.u AND p.plain_given = q.g)
             OR (p.plain_birth = q.u AND p.plain_given = q.g) OR (p.plain_usual = q.b AND p.plain_given = q.g)
        UNION
        SELECT a.person, 'address' FROM directory.affiliation a WHERE a.address = lower(mail) AND a.phase <> 'ended')
    SELECT f.id, array_agg(DISTINCT f.why ORDER BY f.why) FROM found f WHERE f.why IS NOT NULL GROUP BY f.id
$$;

-- Search as you type: one text an affiliation, every word with a space before it, so that LIKE '% ben%' finds words that begin so.
-- Kept true by the tables themselves, whoever writes them, a whole statement at a time.
CREATE TABLE directory.search_entry (
    affiliation  uuid PRIMARY KEY REFERENCES directory.affiliation ON DELETE CASCADE,
    person       uuid NOT NULL,
    member       uuid NOT NULL,
    names        text NOT NULL,
    words        text NOT NULL
);
CREATE INDEX search_entry_words ON directory.search_entry USING gin (words public.gin_trgm_ops);

CREATE FUNCTION directory.search_rows(ids uuid[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO directory.search_entry (affiliation, person, member, names, words)
    SELECT a.id, a.person, a.member, ' ' || base.plain(concat_ws(' ', p.usual_name, p.birth_name, p.given_name)),
           ' ' || base.plain(concat_ws(' ', p.usual_name, p.birth_name, p.given_name, a.function, u.name, m.name, a.address, a.reference))
    FROM directory.affiliation a JOIN directory.person p ON p.id = a.person JOIN directory.member m ON m.id = a.member
         LEFT JOIN directory.unit u ON u.id = a.unit
    WHERE a.id = ANY (ids)
    ON CONFLICT (affiliation) DO UPDATE SET names = excluded.names, words = excluded.words
    WHERE search_entry.words <> excluded.words
$$;

CREATE FUNCTION directory.search_after_affiliation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM directory.search_rows(ARRAY(SELECT id FROM changed));
    RETURN NULL;
END $$;
CREATE TRIGGER search_inserted AFTER INSERT ON directory.affiliation REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION directory.search_after_affiliation();
CREATE TRIGGER search_updated AFTER UPDATE ON directory.affiliation REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION directory.search_after_affiliation();

CREATE FUNCTION directory.search_after_related() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT directory.search_rows(ARRAY(SELECT a.id FROM directory.affiliation a JOIN changed c ON a.%I = c.id))', TG_ARGV[0]);
    RETURN NULL;
END $$;
CREATE TRIGGER search_person AFTER UPDATE ON directory.person REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION directory.search_after_related('person');
CREATE TRIGGER search_member AFTER UPDATE ON directory.member REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION directory.search_after_related('member');
CREATE TRIGGER search_unit AFTER UPDATE ON directory.unit REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION directory.search_after_related('unit');

-- The territory itself: one row once it has been made.
CREATE TABLE directory.territory (
    only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    name      text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    demo      boolean NOT NULL DEFAULT false,
    made_at   timestamptz NOT NULL DEFAULT now()
);
CREATE VIEW directory.v_territory AS SELECT name, demo FROM directory.territory;
