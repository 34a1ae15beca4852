-- What was read in contents of files, one row for each content however many files have it. No word is kept as it is: each is a number that only the
-- key of the content's member can make (storage.WordSeal), so that a copy of these tables says no more than a copy of the objects.
CREATE TABLE reading.content (
    content    uuid PRIMARY KEY,                    -- in the room storage
    member     uuid NOT NULL,
    media_type text NOT NULL,
    size       bigint NOT NULL,
    -- waiting: to be read; read: its words are here; nothing: it has none, as a picture; refused: for that reason
    state      text NOT NULL CHECK (state IN ('waiting', 'read', 'nothing', 'refused')),
    reason     text CHECK (reason IN ('large', 'bomb', 'closed', 'broken', 'slow', 'memory', 'died')),
    attempts   integer NOT NULL DEFAULT 0,
    due        timestamptz NOT NULL DEFAULT now(),  -- when one may try next
    key        uuid,                                -- that made the words
    words      bigint[],
    CHECK ((state = 'refused') = (reason IS NOT NULL)),
    CHECK ((state = 'read') = (words IS NOT NULL)),
    CHECK ((words IS NULL) = (key IS NULL))
);
-- Numbers out of a cipher do not get smaller.
ALTER TABLE reading.content ALTER COLUMN words SET STORAGE EXTERNAL;
CREATE INDEX content_due ON reading.content (due) WHERE state = 'waiting';
CREATE INDEX content_words ON reading.content USING gin (words) WHERE words IS NOT NULL;
CREATE INDEX ON reading.content (member);

-- Members that do not want what their files say to be searched.
CREATE TABLE reading.silence (
    member uuid PRIMARY KEY
);

-- For the rooms above: what has been asked for, and the words of what was read.
CREATE VIEW reading.v_content AS SELECT content, member, state, reason, words FROM reading.content;
CREATE VIEW reading.v_silence AS SELECT member FROM reading.silence;
