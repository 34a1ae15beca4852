-- When somebody was told that this account fails; NULL again once it works, so that a new failure is told anew.
ALTER TABLE provisioning.account ADD COLUMN told_at timestamptz;
CREATE INDEX ON provisioning.account (member) WHERE error IS NOT NULL;
