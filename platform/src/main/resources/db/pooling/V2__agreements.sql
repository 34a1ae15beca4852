-- The terms of an agreement are said anew by each amendment and hold from its day on; number 0 is the agreement as signed.
CREATE TABLE pooling.amendment (
    agreement      uuid NOT NULL REFERENCES pooling.agreement,
    number         integer NOT NULL CHECK (number >= 0),
    effective_on   date NOT NULL,
    signed_on      date,
    summary        text NOT NULL DEFAULT '' CHECK (length(summary) <= 500),
    title          text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    ends_on        date,
    notice_months  integer NOT NULL CHECK (notice_months BETWEEN 0 AND 60),
    renewal        text NOT NULL CHECK (renewal IN ('tacit', 'explicit', 'none')),
    cost_key       uuid REFERENCES pooling.cost_key,
    PRIMARY KEY (agreement, number),
    UNIQUE (agreement, effective_on),
    CHECK (ends_on IS NULL OR ends_on >= effective_on)
);
CREATE TABLE pooling.amendment_service (
    agreement  uuid NOT NULL,
    number     integer NOT NULL,
    service    text NOT NULL,
    quota      bigint CHECK (quota > 0), -- the most accounts of one member; NULL: no bound
    PRIMARY KEY (agreement, number, service),
    FOREIGN KEY (agreement, number) REFERENCES pooling.amendment
);
INSERT INTO pooling.amendment (agreement, number, effective_on, title, ends_on, notice_months, renewal, cost_key)
SELECT id, 0, starts_on, title, ends_on, notice_months, CASE WHEN ends_on IS NULL THEN renewal ELSE 'none' END, cost_key FROM pooling.agreement;
INSERT INTO pooling.amendment_service (agreement, number, service) SELECT agreement, 0, service FROM pooling.agreement_service;
DROP TABLE pooling.agreement_service;
ALTER TABLE pooling.agreement
    DROP COLUMN title, DROP COLUMN ends_on, DROP COLUMN notice_months, DROP COLUMN renewal, DROP COLUMN cost_key,
    ADD COLUMN ended_on date, -- the last day, once notice was given
    ADD COLUMN end_reason text CHECK (length(end_reason) <= 500);

-- The terms in force on a day (those of the first day before that). A tacitly renewed agreement goes on until notice is given.
CREATE FUNCTION pooling.terms_at(day date)
    RETURNS TABLE (agreement uuid, amendment integer, number text, starts_on date, title text, ends_on date, notice_months integer, renewal text,
                   cost_key uuid, last_on date, version integer)
    LANGUAGE sql STABLE AS $$
    SELECT DISTINCT ON (a.id) a.id, t.number, a.number, a.starts_on, t.title, t.ends_on, t.notice_months, t.renewal, t.cost_key,
           least(a.ended_on, CASE WHEN t.renewal <> 'tacit' THEN t.ends_on END), a.version
    FROM pooling.agreement a JOIN pooling.amendment t ON t.agreement = a.id AND t.effective_on <= greatest(day, a.starts_on)
    ORDER BY a.id, t.effective_on DESC
$$;

-- Which services a member may take on a day, and under which agreement.
CREATE FUNCTION pooling.cover_at(day date)
    RETURNS TABLE (member uuid, service text, agreement uuid, number text, quota bigint, since date)
    LANGUAGE sql STABLE AS $$
    SELECT p.member, s.service, t.agreement, t.number, s.quota, greatest(p.since, t.starts_on)
    FROM pooling.terms_at(day) t
    JOIN pooling.amendment_service s ON s.agreement = t.agreement AND s.number = t.amendment
    JOIN pooling.party p ON p.agreement = t.agreement
    WHERE day BETWEEN greatest(p.since, t.starts_on) AND coalesce(least(p.until, t.last_on), 'infinity')
$$;

-- Signed agreements, annexes, documents of meetings. The content waits here until the object store has it.
CREATE TABLE pooling.document (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    owner_kind  text NOT NULL CHECK (owner_kind IN ('agreement', 'item', 'minute')),
    owner       uuid NOT NULL,
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    kind        text NOT NULL CHECK (kind IN ('signed', 'annex', 'amendment')),
    bytes       bigint NOT NULL,
    sha256      text NOT NULL,
    object_key  text NOT NULL UNIQUE,
    content     bytea,
    added_at    timestamptz NOT NULL,
    added_by    text NOT NULL
);
CREATE INDEX ON pooling.document (owner);
CREATE INDEX ON pooling.document (id) WHERE content IS NOT NULL;

-- What the catalogue says of a shared service beyond its descriptor.
CREATE TABLE pooling.service_sheet (
    service           text PRIMARY KEY,
    purpose_fr        text NOT NULL CHECK (length(purpose_fr) <= 2000),
    purpose_en        text NOT NULL CHECK (length(purpose_en) <= 2000),
    maturity          text NOT NULL CHECK (maturity IN ('pilot', 'production', 'mature', 'ending')),
    licence           text NOT NULL CHECK (length(licence) <= 200),
    data_location     text NOT NULL CHECK (length(data_location) <= 200),
    operated_by       uuid, -- the member that runs it for the others
    prerequisites_fr  text NOT NULL CHECK (length(prerequisites_fr) <= 2000),
    prerequisites_en  text NOT NULL CHECK (length(prerequisites_en) <= 2000),
    contact           text CHECK (length(contact) <= 200)
);
