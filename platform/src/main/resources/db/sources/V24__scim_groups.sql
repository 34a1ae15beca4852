-- Groups as a member's software names them. Who is in one is said by the groups of affiliations in the directory, for which subscriptions are taken.
CREATE TABLE sources.scim_group (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    member       uuid NOT NULL,
    display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 60),
    lower_name   text GENERATED ALWAYS AS (lower(display_name)) STORED,
    external_id  text CHECK (length(external_id) <= 254),
    made_at      timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    CONSTRAINT scim_group_name UNIQUE (member, lower_name)
);
