-- Which files have a content: those of what was found by what it says.
CREATE INDEX node_content ON files.node (content) WHERE content IS NOT NULL;
