-- The professional telephone goes along: applications that speak ProConnect's words ask for it as "phone".
CREATE OR REPLACE VIEW provisioning.v_capacity AS
SELECT a.person, a.id AS affiliation, a.member, a.phase = 'current' AS current,
       jsonb_build_object('id', a.id, 'member', a.member, 'siren', m.siren, 'siret', m.siret, 'memberName', m.name, 'kind', a.kind,
           'function', a.function, 'unit', u.full_name, 'address', a.address, 'phone', a.phone,
           'needsSecondFactor', m.second_factor = 'everyone' OR EXISTS (SELECT FROM directory.v_role_grant g WHERE g.affiliation = a.id),
           'services', coalesce((SELECT jsonb_object_agg(e.service, e.roles) FROM (
               SELECT service, jsonb_agg(role ORDER BY role) AS roles FROM access.v_entitlement WHERE affiliation = a.id GROUP BY service) e),
               '{}')) AS card
FROM directory.v_affiliation a
JOIN directory.v_member m ON m.id = a.member
LEFT JOIN directory.v_unit u ON u.id = a.unit;
