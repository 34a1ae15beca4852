-- Where "forgotten password" is sent decides who may become a person. An address that was given or changed while the person had something that whoever
-- gave it could not give them (another member's post, a role) is held: nothing that opens an account goes there until the person says that it is theirs.
-- By whatever door it came: a screen, a file, a directory, SCIM.
ALTER TABLE directory.affiliation ADD COLUMN mail_held boolean NOT NULL DEFAULT false;

CREATE FUNCTION directory.more_than(one uuid, whose uuid, at uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM directory.affiliation o WHERE o.person = whose AND o.phase <> 'ended'
        AND (o.member <> at OR EXISTS (SELECT FROM directory.role_grant g WHERE g.affiliation = o.id)))
        OR EXISTS (SELECT FROM directory.role_grant g WHERE g.affiliation = one)
$$;

CREATE FUNCTION directory.hold_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.mail_held := NEW.address IS NOT NULL AND directory.more_than(NEW.id, NEW.person, NEW.member)
        AND NOT EXISTS (SELECT FROM directory.affiliation o
            WHERE o.person = NEW.person AND o.address = NEW.address AND o.id <> NEW.id AND NOT o.mail_held AND o.phase <> 'ended');
    RETURN NEW;
END
$$;
CREATE TRIGGER hold_mail_of_newcomers BEFORE INSERT ON directory.affiliation FOR EACH ROW EXECUTE FUNCTION directory.hold_mail();
CREATE TRIGGER hold_changed_mail BEFORE UPDATE OF address ON directory.affiliation FOR EACH ROW
    WHEN (NEW.address IS DISTINCT FROM OLD.address) EXECUTE FUNCTION directory.hold_mail();

-- Who by now has nothing but what one member gave is that member's to help.
CREATE VIEW directory.v_held_mail AS
SELECT a.id, a.person, a.address FROM directory.affiliation a
WHERE a.mail_held AND a.phase <> 'ended' AND directory.more_than(a.id, a.person, a.member);
