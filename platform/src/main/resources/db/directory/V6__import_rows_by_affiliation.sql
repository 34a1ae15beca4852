-- Many steps of a dry run ask which line means an affiliation. The planner cannot know how many lines do, since they are given theirs in
-- the same transaction: without an index each line read all the others, which took minutes for 30,000.
CREATE INDEX ON directory.import_row (import, affiliation);
