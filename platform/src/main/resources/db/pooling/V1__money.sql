-- Agreements, cost keys, budgets and contributions. Amounts are cents.
CREATE TABLE pooling.cost_key (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    name        text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
    formula     jsonb NOT NULL,
    status      text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'adopted', 'retired')),
    adopted_on  date,
    version     integer NOT NULL DEFAULT 0,
    CHECK ((status = 'draft') = (adopted_on IS NULL))
);

CREATE TABLE pooling.agreement (
    id             uuid PRIMARY KEY DEFAULT uuidv7(),
    number         text NOT NULL UNIQUE CHECK (length(number) BETWEEN 1 AND 40),
    title          text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    starts_on      date NOT NULL,
    ends_on        date,
    notice_months  integer NOT NULL DEFAULT 6 CHECK (notice_months BETWEEN 0 AND 60),
    renewal        text NOT NULL DEFAULT 'tacit' CHECK (renewal IN ('tacit', 'explicit', 'none')),
    cost_key       uuid REFERENCES pooling.cost_key,
    version        integer NOT NULL DEFAULT 0,
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
);

-- A member may leave and come back, but takes part once at any time.
CREATE TABLE pooling.party (
    agreement  uuid NOT NULL REFERENCES pooling.agreement,
    member     uuid NOT NULL,
    since      date NOT NULL,
    until      date,
    PRIMARY KEY (agreement, member, since),
    CHECK (until IS NULL OR until >= since),
    CONSTRAINT party_once EXCLUDE USING gist (agreement WITH =, member WITH =, daterange(since, until, '[]') WITH &&)
);
CREATE INDEX ON pooling.party (member);

CREATE TABLE pooling.agreement_service (
    agreement  uuid NOT NULL REFERENCES pooling.agreement,
    service    text NOT NULL,
    PRIMARY KEY (agreement, service)
);

CREATE TABLE pooling.budget_line (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    label       text NOT NULL CHECK (length(label) BETWEEN 1 AND 200),
    agreement   uuid NOT NULL REFERENCES pooling.agreement,
    service     text,
    nature      text NOT NULL CHECK (nature IN ('running', 'people', 'investment')),
    first_year  integer NOT NULL CHECK (first_year BETWEEN 2000 AND 2200),
    years       integer NOT NULL DEFAULT 1 CHECK (years BETWEEN 1 AND 50), -- of depreciation
    amount      bigint NOT NULL CHECK (amount BETWEEN 0 AND 100000000000000),
    funding     bigint NOT NULL DEFAULT 0 CHECK (funding BETWEEN 0 AND amount), -- paid by others: State, region, own means
    cost_key    uuid REFERENCES pooling.cost_key, -- NULL: the agreement's
    version     integer NOT NULL DEFAULT 0,
    CHECK (nature = 'investment' OR years = 1)
);
CREATE INDEX ON pooling.budget_line (first_year);

CREATE TABLE pooling.usage_fact (
    day      date NOT NULL,
    member   uuid NOT NULL,
    service  text NOT NULL,
    metric   text NOT NULL,
    value    bigint NOT NULL CHECK (value >= 0),
    PRIMARY KEY (day, member, service, metric)
);

-- A call keeps the figures it was computed from, so that it can be computed again and explained years later.
CREATE TABLE pooling.contribution_call (
    id       uuid PRIMARY KEY DEFAULT uuidv7(),
    year     integer NOT NULL,
    kind     text NOT NULL CHECK (kind IN ('provisional', 'adjusted', 'final')),
    inputs   jsonb NOT NULL,
    due_on   date NOT NULL,
    made_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (year, kind)
);
CREATE TABLE pooling.contribution (
    call    uuid NOT NULL REFERENCES pooling.contribution_call,
    member  uuid NOT NULL,
    amount  bigint NOT NULL,
    PRIMARY KEY (call, member)
);
CREATE INDEX ON pooling.contribution (member);

CREATE TABLE pooling.payment (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    member       uuid NOT NULL,
    year         integer NOT NULL,
    amount       bigint NOT NULL CHECK (amount <> 0),
    received_on  date NOT NULL,
    note         text CHECK (length(note) <= 500)
);
CREATE INDEX ON pooling.payment (member, year);
