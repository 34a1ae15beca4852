ALTER TABLE catalog.service ADD COLUMN second_factor boolean NOT NULL DEFAULT false; -- nobody enters without one
