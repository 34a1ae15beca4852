-- How many parts an upload has and how large they are together: asked at each part, of which there are thousands.
ALTER TABLE dav.upload ADD COLUMN parts integer NOT NULL DEFAULT 0;
ALTER TABLE dav.upload ADD COLUMN bytes bigint NOT NULL DEFAULT 0;
UPDATE dav.upload u SET parts = p.parts, bytes = p.bytes
FROM (SELECT upload, count(*) AS parts, sum(size) AS bytes FROM dav.part GROUP BY upload) p WHERE p.upload = u.id;
