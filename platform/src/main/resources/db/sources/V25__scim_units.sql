-- What a member's software calls a unit (organization, division, department: RFC 7643, 4.3), and the unit of the directory it means. Without a unit it is a
-- question for the member's admins; their answer, or what the names themselves said, holds for all who are said to be there.
CREATE TABLE sources.scim_unit (
    id            uuid PRIMARY KEY DEFAULT uuidv7(),
    member        uuid NOT NULL,
    said          text NOT NULL,            -- the three without regard to case, to find it by
    organization  text CHECK (length(organization) BETWEEN 1 AND 200),
    division      text CHECK (length(division) BETWEEN 1 AND 200),
    department    text CHECK (length(department) BETWEEN 1 AND 200),
    unit          uuid,
    said_at       timestamptz NOT NULL,
    UNIQUE (member, said),
    CHECK (num_nonnulls(organization, division, department) > 0)
);
ALTER TABLE sources.scim_user ADD COLUMN said uuid REFERENCES sources.scim_unit;
CREATE INDEX ON sources.scim_user (said);

-- Whether a unit that this software names and the member does not have is made, rather than asked about.
ALTER TABLE sources.scim_client ADD COLUMN makes_units boolean NOT NULL DEFAULT false;
