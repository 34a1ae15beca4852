-- Nothing that opens an account is sent to an address that its person has not said to be theirs (directory). Said only of these, so that no other account changes.
CREATE OR REPLACE VIEW provisioning.v_capacity AS
SELECT a.person, a.id AS affiliation, a.member, a.phase = 'current' AS current,
       jsonb_build_object('id', a.id, 'member', a.member, 'siren', m.siren, 'siret', m.siret, 'memberName', m.name, 'kind', a.kind,
           'function', a.function, 'unit', u.full_name, 'address', a.address, 'phone', a.phone,
           'needsSecondFactor', m.second_factor = 'everyone' OR EXISTS (SELECT FROM directory.v_role_grant g WHERE g.affiliation = a.id),
           'services', coalesce((SELECT jsonb_object_agg(e.service, e.roles) FROM (
               SELECT service, jsonb_agg(role ORDER BY role) AS roles FROM access.v_entitlement WHERE affiliation = a.id GROUP BY service) e),
               '{}'))
           || CASE WHEN k.source = 'ldap' THEN '{"keptBy": "ldap"}' ELSE '{}' END::jsonb
           || CASE WHEN EXISTS (SELECT FROM directory.v_held_mail h WHERE h.id = a.id) THEN '{"mailHeld": true}' ELSE '{}' END::jsonb AS card
FROM directory.v_affiliation a
JOIN directory.v_member m ON m.id = a.member
LEFT JOIN directory.v_unit u ON u.id = a.unit
LEFT JOIN directory.v_source_key k ON k.id = a.id;
