-- What somebody did, newest first: asked for by each person who looks at what the territory knows of them.
CREATE INDEX ON audit.entry (person, at, id) WHERE person IS NOT NULL;
