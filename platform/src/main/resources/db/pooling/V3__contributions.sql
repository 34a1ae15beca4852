-- A line may say who funds a part of it; what it was before an amendment is kept.
ALTER TABLE pooling.budget_line ADD COLUMN funder text CHECK (length(funder) <= 200);
CREATE TABLE pooling.budget_change (
    line            uuid NOT NULL,
    at              timestamptz NOT NULL,
    by              text NOT NULL,
    reason          text NOT NULL CHECK (length(reason) <= 500),
    amount_before   bigint NOT NULL,
    amount_after    bigint NOT NULL,
    funding_before  bigint NOT NULL,
    funding_after   bigint NOT NULL
);
CREATE INDEX ON pooling.budget_change (line, at);

-- Who sends the invoices; one row once it is set.
CREATE TABLE pooling.invoicing (
    single     boolean PRIMARY KEY DEFAULT true CHECK (single),
    name       text NOT NULL,
    siret      char(14) NOT NULL,
    street     text NOT NULL,
    post_code  text NOT NULL,
    city       text NOT NULL,
    email      text NOT NULL,
    iban       text NOT NULL,
    bic        text
);
