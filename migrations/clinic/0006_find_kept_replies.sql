-- revision: 0006
-- parent: 0005
-- kind: schema
-- summary: Find the replies kept for a row that is deleted.

-- upgrade sqlite
CREATE INDEX idx_idempotency_keys_location ON idempotency_keys (location);

-- upgrade postgres
CREATE INDEX idx_idempotency_keys_location ON idempotency_keys (location);

-- downgrade sqlite
DROP INDEX idx_idempotency_keys_location;

-- downgrade postgres
DROP INDEX idx_idempotency_keys_location;
