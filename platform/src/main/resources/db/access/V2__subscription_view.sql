-- What members take, for rooms above: pooling ends subscriptions with the agreements they stand under.
CREATE VIEW access.v_subscription AS SELECT id, member, service, since FROM access.subscription;
