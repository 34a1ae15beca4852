-- A dry run may come from a member's directory (LDAP) as well as from a file. Such a source has a key of its own for each entry, which stays when the name changes.
ALTER TABLE directory.import ADD COLUMN source text NOT NULL DEFAULT 'hr' CHECK (source IN ('hr', 'ldap'));
ALTER TABLE directory.import_row ADD COLUMN key text,
    ADD COLUMN endless boolean NOT NULL DEFAULT false,         -- the source says that there is no end
    ADD COLUMN keeps_end boolean NOT NULL DEFAULT false,       -- the end set here by a human stays
    ADD COLUMN keeps_reference boolean NOT NULL DEFAULT false; -- the payroll number said is another affiliation's
ALTER TABLE directory.affiliation ADD COLUMN source_key text CHECK (length(source_key) BETWEEN 1 AND 200);
CREATE INDEX ON directory.affiliation (member, source_key) WHERE source_key IS NOT NULL;
