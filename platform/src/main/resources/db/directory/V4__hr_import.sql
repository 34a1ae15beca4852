-- A dry run of an HR file: its lines as read, what each means for the directory, and what a human decided about the doubtful ones.
CREATE TABLE directory.import (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    member     uuid NOT NULL REFERENCES directory.member,
    file_name  text NOT NULL,
    state      text NOT NULL CHECK (state IN ('analysing', 'analysed', 'applying', 'applied', 'failed')),
    progress   integer NOT NULL DEFAULT 0,
    error      text,                          -- code of a refusal
    at         timestamptz NOT NULL,
    author     jsonb NOT NULL,
    encoding   text NOT NULL,
    separator  text NOT NULL,
    headers    text[] NOT NULL,
    columns    jsonb NOT NULL DEFAULT '{}',   -- field -> header
    digest     text,                          -- of the dry run: what apply must find again
    touched    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON directory.import (member, at);
CREATE UNIQUE INDEX import_one_at_a_time ON directory.import (member) WHERE state = 'applying';

CREATE TABLE directory.import_line (
    import  uuid NOT NULL REFERENCES directory.import ON DELETE CASCADE,
    line    integer NOT NULL,
    cells   text[] NOT NULL,
    PRIMARY KEY (import, line)
);
CREATE TABLE directory.import_row (
    import      uuid NOT NULL REFERENCES directory.import ON DELETE CASCADE,
    line        integer NOT NULL,             -- negative: a departure, which has no line
    reference   text, given_name text, usual_name text, birth_name text, birth_date date, address text, function text, unit_name text,
    phone       text, share integer, kind text, since timestamptz, until timestamptz,
    error       text, error_arg text,
    g text GENERATED ALWAYS AS (trim(base.plain(given_name))) STORED,
    u text GENERATED ALWAYS AS (trim(base.plain(usual_name))) STORED,
    b text GENERATED ALWAYS AS (trim(base.plain(birth_name))) STORED,
    what        text CHECK (what IN ('arrival', 'change', 'departure', 'doubt', 'error', 'unchanged')),
    affiliation uuid, person uuid, note text,
    is_new      boolean NOT NULL DEFAULT false,
    changes     jsonb NOT NULL DEFAULT '[]',
    candidates  jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (import, line)
);
CREATE TABLE directory.import_decision (
    import    uuid NOT NULL REFERENCES directory.import ON DELETE CASCADE,
    line      integer NOT NULL,
    decision  text NOT NULL CHECK (decision IN ('same', 'new', 'skip')),
    person    uuid,
    PRIMARY KEY (import, line)
);
-- How a member's files name their columns, learnt from the last one applied.
CREATE TABLE directory.import_mapping (
    member   uuid PRIMARY KEY REFERENCES directory.member,
    columns  jsonb NOT NULL
);
