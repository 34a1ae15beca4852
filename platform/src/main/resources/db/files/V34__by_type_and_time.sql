-- Galleries of phones ask for pictures and films, the last first, of a whole space or of what lies beneath a folder; and for what was changed of late.
CREATE INDEX node_media ON files.node (space, modified_at DESC, id DESC)
    WHERE NOT folder AND trashed_at IS NULL AND (media_type LIKE 'image/%' OR media_type LIKE 'video/%');
CREATE INDEX node_media_in ON files.node (parent, modified_at DESC, id DESC)
    WHERE NOT folder AND trashed_at IS NULL AND (media_type LIKE 'image/%' OR media_type LIKE 'video/%');
CREATE INDEX node_modified ON files.node (space, modified_at DESC, id DESC) WHERE NOT folder AND trashed_at IS NULL;
-- What lies in the bin is known by walking its folders, not by reading what is in them.
CREATE INDEX node_folders ON files.node (parent) WHERE folder;
