-- Where a unit stands is kept with it. Walking the whole tree of the territory at each reading cost every page that shows a unit as much as
-- there are units; they change seldom.
ALTER TABLE directory.unit
    ADD COLUMN path      uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN full_name text NOT NULL DEFAULT '';

CREATE FUNCTION directory.place_units() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Its own writing ends here too, once it finds nothing left to do.
    IF NOT EXISTS (SELECT FROM changed) THEN
        RETURN NULL;
    END IF;
    -- One writer of a member's tree at a time: what is put under a unit that is just being renamed must see the new name.
    PERFORM pg_advisory_xact_lock(hashtextextended('unit ' || m.member, 0)) FROM (SELECT DISTINCT member FROM changed ORDER BY member) m;
    WITH RECURSIVE tree AS (
        SELECT id, ARRAY[id] AS path, name AS full_name FROM directory.unit
        WHERE parent IS NULL AND member IN (SELECT member FROM changed)
        UNION ALL
        SELECT u.id, t.path || u.id, t.full_name || ' / ' || u.name FROM directory.unit u JOIN tree t ON u.parent = t.id)
    UPDATE directory.unit u SET path = t.path, full_name = t.full_name FROM tree t
    WHERE u.id = t.id AND (u.path, u.full_name) IS DISTINCT FROM (t.path, t.full_name);
    RETURN NULL;
END $$;
CREATE TRIGGER placed_new AFTER INSERT ON directory.unit REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION directory.place_units();
CREATE TRIGGER placed_again AFTER UPDATE ON directory.unit REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION directory.place_units();
UPDATE directory.unit SET name = name;
CREATE INDEX ON directory.unit (parent) WHERE parent IS NOT NULL;

CREATE OR REPLACE VIEW directory.v_unit AS SELECT id, member, parent, name, path, full_name FROM directory.unit;
ANALYZE directory.unit;
