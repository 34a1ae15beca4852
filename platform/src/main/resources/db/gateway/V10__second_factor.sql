-- Sessions of the portal that began with several factors. What is not here began with one, or before this was kept.
CREATE TABLE gateway.proof (
    portal_session uuid PRIMARY KEY,
    proved_at      timestamptz NOT NULL
);

-- As before, and not below what the service asks for, from the moment it asks.
CREATE OR REPLACE VIEW gateway.visit AS
SELECT g.id, g.secret, g.service, g.portal_session, s.seen_at, g.started_at, a.person, a.id AS capacity, a.kind, a.address, a.phone,
       p.given_name, p.usual_name, m.siren, m.siret, u.full_name AS unit,
       ARRAY(SELECT e.role FROM access.v_entitlement e WHERE e.affiliation = a.id AND e.service = g.service ORDER BY e.role) AS roles
FROM gateway.session g
JOIN identity.v_session s ON s.id = g.portal_session
JOIN directory.v_affiliation a ON a.id = g.capacity AND a.person = s.person AND a.live
JOIN directory.v_person p ON p.id = a.person
JOIN directory.v_member m ON m.id = a.member
LEFT JOIN directory.v_unit u ON u.id = a.unit
WHERE EXISTS (SELECT FROM access.v_entitlement e WHERE e.affiliation = a.id AND e.service = g.service)
  AND EXISTS (SELECT FROM catalog.v_service c WHERE c.id = g.service
              AND (NOT c.second_factor OR EXISTS (SELECT FROM gateway.proof f WHERE f.portal_session = g.portal_session)));
