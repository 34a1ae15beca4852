-- Office documents as PDF, made when somebody first looks at one: one row for each content however many files have it. The PDF is a content of the same member, closed with
-- the same keys, and goes with what it was made of.
CREATE TABLE reading.preview (
    content  uuid PRIMARY KEY,                    -- in the room storage
    member   uuid NOT NULL,
    kind     text NOT NULL,                       -- the ending by which the program knows what it is
    size     bigint NOT NULL,
    state    text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'made', 'refused')),
    reason   text CHECK (reason IN ('large', 'broken', 'slow', 'died', 'withheld')),
    attempts integer NOT NULL DEFAULT 0,
    due      timestamptz NOT NULL DEFAULT now(),  -- when one may try next
    pdf      uuid,                                -- in the room storage
    pdf_size bigint,
    asked_at timestamptz NOT NULL DEFAULT now(),  -- when somebody last looked at it, to the day
    CHECK ((state = 'refused') = (reason IS NOT NULL)),
    CHECK ((state = 'made') = (pdf IS NOT NULL)),
    CHECK ((pdf IS NULL) = (pdf_size IS NULL))
);
CREATE INDEX preview_due ON reading.preview (due) WHERE state = 'waiting';
CREATE INDEX preview_asked ON reading.preview (asked_at);
