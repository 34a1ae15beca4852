-- What came by a link was written in the name of the capacity that made the link, and by somebody else.
ALTER TABLE files.node ADD by_link boolean NOT NULL DEFAULT false;
ALTER TABLE files.version ADD by_link boolean NOT NULL DEFAULT false;
