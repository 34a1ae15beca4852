-- An application that a capacity gives no more is to be cut, not merely changed: which ones it gave when it was last planned tells. Only where the engine keeps
-- whole persons, who hold sessions in applications that have no account of their own; null where it was not planned since.
ALTER TABLE provisioning.account ADD COLUMN gives text[];
