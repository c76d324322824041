CREATE TABLE idempotency_keys (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	actor VARCHAR NOT NULL,
	route VARCHAR NOT NULL,
	idempotency_key VARCHAR NOT NULL,
	body_hash VARCHAR NOT NULL,
	status INTEGER NOT NULL,
	reply TEXT,
	location VARCHAR,
	expires_at DATETIME NOT NULL,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CONSTRAINT uq_idempotency_keys UNIQUE (actor, route, idempotency_key)
);
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys (expires_at);
CREATE INDEX idx_idempotency_keys_location ON idempotency_keys (location);
