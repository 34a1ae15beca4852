-- What descriptors say, kept as rows so that rights are computed in SQL. The YAML files stay the only place where they are changed.
CREATE TABLE catalog.service (
    id          text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,39}$'),
    name_fr     text NOT NULL,
    name_en     text NOT NULL,
    summary_fr  text NOT NULL,
    summary_en  text NOT NULL,
    icon        text NOT NULL,
    category    text NOT NULL,
    sign_in     jsonb NOT NULL,       -- {"kind": "built-in" | "oidc" | "link", …}
    roles       text[] NOT NULL,      -- the first one is given when nothing else is said
    suits       text[] NOT NULL,      -- kinds of affiliation
    needs       text[] NOT NULL,      -- other services, in the same capacity
    everyone    boolean NOT NULL,     -- given by rule to every live affiliation it suits
    connector   text,
    settings    jsonb NOT NULL,       -- the connector's; secrets stay references here
    source      text NOT NULL,        -- the file
    hash        text NOT NULL,
    loaded_at   timestamptz NOT NULL,
    retired     boolean NOT NULL DEFAULT false -- its file is gone: nobody is given it any more, history keeps its name
);

CREATE TABLE catalog.problem (
    file    text NOT NULL,
    line    integer NOT NULL,
    code    text NOT NULL,
    args    text[] NOT NULL,
    found_at timestamptz NOT NULL
);

CREATE VIEW catalog.v_service AS
SELECT id, name_fr, name_en, category, roles, suits, needs, everyone, connector FROM catalog.service WHERE NOT retired;

CREATE VIEW catalog.v_need AS
WITH RECURSIVE need AS (
    SELECT s.id AS service, n AS needs FROM catalog.service s, unnest(s.needs) n WHERE NOT s.retired
    UNION
    SELECT need.service, n FROM need JOIN catalog.service s ON s.id = need.needs AND NOT s.retired, unnest(s.needs) n)
SELECT service, needs FROM need;
COMMENT ON VIEW catalog.v_need IS 'What a service needs, directly or through what it needs';
