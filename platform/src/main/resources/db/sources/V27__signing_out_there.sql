-- Whether who signs out here is led to their member's provider to sign out there too. Where it is, its own settings say.
ALTER TABLE sources.identity_source ADD COLUMN signs_out_there boolean NOT NULL DEFAULT true;
