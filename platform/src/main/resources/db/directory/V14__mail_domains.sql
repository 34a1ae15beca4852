-- For the rooms above: the domains whose addresses a member may vouch for.
CREATE VIEW directory.v_mail_domain AS SELECT domain, member, verified_at FROM directory.mail_domain;
