-- An app password opens one thing, chosen when it is made: an application that is told one must not enter anything else by it.
-- The doors: 'mail', 'files', 'ldap:SERVICE'. Those made before keep what they opened then: mail, and every application that reads LDAP
-- ('ldap' alone, which no new one is given).
ALTER TABLE identity.app_password ADD COLUMN doors text[] NOT NULL DEFAULT '{mail,ldap}' CHECK (cardinality(doors) > 0);
ALTER TABLE identity.app_password ALTER COLUMN doors DROP DEFAULT;
