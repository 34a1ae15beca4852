-- A source takes back its own ends only: what an administrator ended stays ended.
CREATE OR REPLACE VIEW directory.v_source AS
SELECT a.id, a.person, a.member, a.kind, a.function, a.address, a.phone, a.phase, a.source, a.reference, u.name AS unit_name, a.end_reason
FROM directory.affiliation a LEFT JOIN directory.unit u ON u.id = a.unit;
