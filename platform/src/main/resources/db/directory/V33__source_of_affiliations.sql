-- What an invitation made is less than what a member's people are: rooms above tell them apart.
CREATE OR REPLACE VIEW directory.v_affiliation AS
SELECT a.id, a.person, a.member, a.kind, a.function, a.unit, a.address, a.phone, a.weekly_share, a.valid_from, a.valid_until, a.phase, a.groups,
       a.phase = 'current' AND a.valid_from <= now() AND (a.valid_until IS NULL OR a.valid_until > now()) AS live, a.source
FROM directory.affiliation a;
COMMENT ON COLUMN directory.v_affiliation.source IS 'Who keeps it: manual, hr, scim, ldap, proconnect, demo; invitation: made by an invitation to a space, for files only';
