-- In which unit an affiliation is, and how units are called, for the software of a member that says so.
CREATE OR REPLACE VIEW directory.v_source AS
SELECT a.id, a.person, a.member, a.kind, a.function, a.address, a.phone, a.phase, a.source, a.reference, u.name AS unit_name, a.end_reason, a.groups,
       a.unit
FROM directory.affiliation a LEFT JOIN directory.unit u ON u.id = a.unit;

CREATE VIEW directory.v_unit_name AS
SELECT id, member, parent, code, name, base.plain(name) AS plain, closed FROM directory.unit;
