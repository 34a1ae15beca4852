-- With a link to put files so many of them and so many bytes come in all, and no more: whoever has it may be a stranger.
ALTER TABLE files.link
    ADD most_files integer CHECK (most_files > 0),
    ADD most_bytes bigint CHECK (most_bytes > 0),
    ADD put_files integer NOT NULL DEFAULT 0,
    ADD put_bytes bigint NOT NULL DEFAULT 0;

UPDATE files.link SET most_files = 200, most_bytes = 2000000000 WHERE upload;

ALTER TABLE files.link
    ADD CHECK (upload = (most_files IS NOT NULL) AND upload = (most_bytes IS NOT NULL)),
    ADD CHECK (put_files <= most_files AND put_bytes <= most_bytes);
