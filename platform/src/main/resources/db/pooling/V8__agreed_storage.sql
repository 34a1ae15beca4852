-- How much one member may keep of a service in all, in gigabytes of 10^9 bytes; NULL: no bound.
ALTER TABLE pooling.amendment_service ADD COLUMN storage_gb bigint CHECK (storage_gb BETWEEN 1 AND 1000000000);

-- How much a member may keep of a service on a day: what its agreements give it together; no bound where one of them sets none.
CREATE FUNCTION pooling.storage_at(day date) RETURNS TABLE (member uuid, service text, gigabytes bigint) LANGUAGE sql STABLE AS $$
    SELECT p.member, s.service, sum(s.storage_gb)::bigint
    FROM pooling.terms_at(day) t
    JOIN pooling.amendment_service s ON s.agreement = t.agreement AND s.number = t.amendment
    JOIN pooling.party p ON p.agreement = t.agreement
    WHERE NOT t.proposed AND day BETWEEN greatest(p.since, t.starts_on) AND coalesce(least(p.until, t.last_on), 'infinity')
    GROUP BY p.member, s.service HAVING count(*) = count(s.storage_gb)
$$;
