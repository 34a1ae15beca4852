-- Who holds the lease to save: when their lines are gone, others need not wait for its end.
ALTER TABLE office.sitting ADD saving_person uuid;
