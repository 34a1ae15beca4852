-- Which entry of its member's own directory an affiliation is: for who asks that directory about the person, never to find people by.
CREATE VIEW directory.v_source_key AS
SELECT a.id, a.person, a.member, a.source, a.source_key, a.address, a.phase FROM directory.affiliation a WHERE a.source_key IS NOT NULL;
