-- From the portal to an application's own host: used once, within a minute, by the browser that began there.
CREATE TABLE gateway.code (
    code           bytea PRIMARY KEY CHECK (length(code) = 32),    -- SHA-256, as every secret here
    browser        bytea NOT NULL CHECK (length(browser) = 32),    -- of the cookie that the browser holds on that host
    service        text NOT NULL,
    portal_session uuid NOT NULL,
    capacity       uuid NOT NULL,
    target         text NOT NULL,                                  -- a path of the application
    expires_at     timestamptz NOT NULL
);
CREATE INDEX ON gateway.code (expires_at);

-- Being inside one application in one capacity. It lives no longer than the portal's session it came from, whose person it is of.
CREATE TABLE gateway.session (
    id             uuid PRIMARY KEY DEFAULT uuidv7(),
    secret         bytea NOT NULL UNIQUE CHECK (length(secret) = 32),
    service        text NOT NULL,
    portal_session uuid NOT NULL,
    capacity       uuid NOT NULL,
    started_at     timestamptz NOT NULL
);
CREATE INDEX ON gateway.session (portal_session);

-- Who comes, in which capacity, for whoever still may: one look a request, so that what ends, ends with the next one.
CREATE VIEW gateway.visit AS
SELECT g.id, g.secret, g.service, g.portal_session, s.seen_at, g.started_at, a.person, a.id AS capacity, a.kind, a.address, a.phone,
       p.given_name, p.usual_name, m.siren, m.siret, u.full_name AS unit,
       ARRAY(SELECT e.role FROM access.v_entitlement e WHERE e.affiliation = a.id AND e.service = g.service ORDER BY e.role) AS roles
FROM gateway.session g
JOIN identity.v_session s ON s.id = g.portal_session
JOIN directory.v_affiliation a ON a.id = g.capacity AND a.person = s.person AND a.live
JOIN directory.v_person p ON p.id = a.person
JOIN directory.v_member m ON m.id = a.member
LEFT JOIN directory.v_unit u ON u.id = a.unit
WHERE EXISTS (SELECT FROM access.v_entitlement e WHERE e.affiliation = a.id AND e.service = g.service);

-- With what Entente-Identity is signed: one key of the territory, made at first use.
CREATE TABLE gateway.signing_key (
    single  boolean PRIMARY KEY DEFAULT true CHECK (single),
    sealed  bytea NOT NULL,
    made_at timestamptz NOT NULL
);
