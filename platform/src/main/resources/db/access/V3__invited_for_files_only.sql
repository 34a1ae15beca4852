-- As before; but a capacity that an invitation to a space made is for files, and for signing in to them.
CREATE OR REPLACE VIEW access.v_raw AS
SELECT a.person, a.id AS affiliation, a.member, s.id AS service, s.roles[1] AS role, NULL::uuid AS subscription
FROM directory.v_affiliation a JOIN catalog.v_service s ON s.everyone AND a.kind = ANY (s.suits)
WHERE a.phase = 'current' AND (a.source <> 'invitation' OR s.id IN ('files', 'sign-in'))
UNION ALL
SELECT a.person, a.id, a.member, s.id, p.role, sub.id
FROM directory.v_affiliation a
JOIN access.subscription sub ON sub.member = a.member
JOIN catalog.v_service s ON s.id = sub.service AND a.kind = ANY (s.suits)
JOIN access.population p ON p.subscription = sub.id AND p.role = ANY (s.roles)
LEFT JOIN directory.v_unit u ON u.id = a.unit
WHERE a.phase = 'current'
  AND (a.source <> 'invitation' OR s.id IN ('files', 'sign-in'))
  AND (p.kinds = '{}' OR a.kind = ANY (p.kinds))
  AND (p.groups = '{}' OR a.groups && p.groups)
  AND (p.units = '{}' OR u.path && p.units);
