-- A convened meeting may be called off, and whoever asked may take the request back: both stay, with why, for those who were told of them.
ALTER TABLE pooling.meeting DROP CONSTRAINT meeting_state_check;
ALTER TABLE pooling.meeting ADD CONSTRAINT meeting_state_check CHECK (state IN ('draft', 'convened', 'closed', 'cancelled'));
ALTER TABLE pooling.meeting ADD COLUMN reason text CHECK (length(reason) BETWEEN 1 AND 500);
ALTER TABLE pooling.meeting ADD CONSTRAINT meeting_cancelled_with_reason CHECK ((state = 'cancelled') = (reason IS NOT NULL));

ALTER TABLE pooling.request DROP CONSTRAINT request_state_check;
ALTER TABLE pooling.request ADD CONSTRAINT request_state_check CHECK (state IN ('idea', 'studied', 'accepted', 'building', 'live', 'declined', 'withdrawn'));
DROP INDEX pooling.request_once;
CREATE UNIQUE INDEX request_once ON pooling.request (member, asked) WHERE asked IS NOT NULL AND state NOT IN ('live', 'declined', 'withdrawn');

-- What belonged to a point or a draft that is thrown away is shown to nobody; the row stays until the object store has let go of the file.
ALTER TABLE pooling.document ADD COLUMN gone boolean NOT NULL DEFAULT false;
CREATE INDEX ON pooling.document (id) WHERE gone;
