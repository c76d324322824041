CREATE TABLE schema_migrations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	version INTEGER NOT NULL UNIQUE,
	name VARCHAR NOT NULL,
	applied_at DATETIME NOT NULL,
	checksum VARCHAR,
	created_at DATETIME,
	updated_at DATETIME
);
