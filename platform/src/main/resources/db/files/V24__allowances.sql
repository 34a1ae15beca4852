-- What a member may keep in all comes from its agreements; the room that knows them is asked, and its answer is kept here for every writing to see.
ALTER TABLE files.allowance RENAME COLUMN total TO agreed;

CREATE VIEW files.v_kept AS
SELECT member, used AS bytes FROM files.allowance WHERE member <> '00000000-0000-0000-0000-000000000000';
