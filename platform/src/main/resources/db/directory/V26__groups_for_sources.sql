-- The groups of an affiliation, for the software of a member that keeps them.
CREATE OR REPLACE VIEW directory.v_source AS
SELECT a.id, a.person, a.member, a.kind, a.function, a.address, a.phone, a.phase, a.source, a.reference, u.name AS unit_name, a.end_reason, a.groups
FROM directory.affiliation a LEFT JOIN directory.unit u ON u.id = a.unit;
