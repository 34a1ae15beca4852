-- Files on their way in parts that come by a link. They count against what the link may receive from the moment they are announced. No foreign key: a link ends
-- before what comes by it is forgotten, and its parts have to be released one by one.
ALTER TABLE files.upload
    ADD COLUMN link         uuid,                   -- null: of whoever has the capacity
    ADD COLUMN finishing_at timestamptz,            -- since when somebody makes the file of it: only one does
    ADD COLUMN given_up     boolean NOT NULL DEFAULT false; -- what came of it counts for its link until it expires: as long as it may lie in the store
CREATE INDEX ON files.upload (link) WHERE link IS NOT NULL;
