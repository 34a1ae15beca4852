-- What happened to one thing, such as a departure: asked for by its id.
CREATE INDEX ON audit.entry (subject);
