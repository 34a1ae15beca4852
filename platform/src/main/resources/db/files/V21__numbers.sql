-- Programs that people have know files and shares by numbers.
CREATE SEQUENCE files.share_number;
ALTER TABLE files.share ADD COLUMN number bigint NOT NULL DEFAULT nextval('files.share_number');
ALTER TABLE files.link ADD COLUMN number bigint NOT NULL DEFAULT nextval('files.share_number');
CREATE UNIQUE INDEX ON files.share (number);
CREATE UNIQUE INDEX ON files.link (number);

-- The last 52 bits of an identifier, nearly all of them random: a number that JSON holds whole, and that two files of a person are not likely to share.
CREATE FUNCTION files.number(id uuid) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ('x' || right(replace(id::text, '-', ''), 13))::bit(52)::bigint $$;
CREATE INDEX ON files.node (files.number(id));
