-- Whether a member's people may invite outside partners to their spaces, and for how many days at most; what is not said is as the settings of the territory.
CREATE TABLE files.invite_rule (
    member  uuid PRIMARY KEY,
    allowed boolean NOT NULL,
    days    integer NOT NULL CHECK (days BETWEEN 1 AND 3650)
);

-- Outside partners who were invited to a space. Whether the territory knew somebody by that address before is told to nobody who invites.
CREATE TABLE files.invitation (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    space        uuid NOT NULL REFERENCES files.space ON DELETE CASCADE,
    member       uuid NOT NULL,                     -- that answers for them: the space's
    address      text NOT NULL,
    given_name   text NOT NULL,                     -- as whoever invites says
    usual_name   text NOT NULL,
    organisation text NOT NULL,
    reason       text NOT NULL,
    role         text NOT NULL CHECK (role IN ('read', 'edit')),
    capacity     uuid NOT NULL,
    made         boolean NOT NULL,                  -- the capacity is one of a partner that came by an invitation of this member
    by           uuid NOT NULL,                     -- a capacity
    made_at      timestamptz NOT NULL,
    until        timestamptz NOT NULL,
    ended_at     timestamptz,                       -- taken back
    mailed_at    timestamptz,                       -- the way in was sent to the address
    mail_tried   timestamptz
);
CREATE UNIQUE INDEX invitation_live ON files.invitation (space, address) WHERE ended_at IS NULL;
CREATE INDEX ON files.invitation (member, id DESC);
CREATE INDEX ON files.invitation (capacity);
CREATE INDEX ON files.invitation (by);
CREATE INDEX invitation_unsent ON files.invitation (mail_tried) WHERE made AND mailed_at IS NULL AND ended_at IS NULL;

ALTER TABLE files.share ADD COLUMN invitation uuid REFERENCES files.invitation ON DELETE CASCADE;
CREATE INDEX ON files.share (invitation) WHERE invitation IS NOT NULL;
