-- Rooms above change a person's names by their door, which asks for the version that was seen.
CREATE OR REPLACE VIEW directory.v_person AS
SELECT id, usual_name, birth_name, given_name, language, version, birth_date FROM directory.person;

-- What the source of an affiliation needs to know of it: a room above keeps it by the doors of this one.
CREATE VIEW directory.v_source AS
SELECT a.id, a.person, a.member, a.kind, a.function, a.address, a.phone, a.phase, a.source, a.reference, u.name AS unit_name
FROM directory.affiliation a LEFT JOIN directory.unit u ON u.id = a.unit;
