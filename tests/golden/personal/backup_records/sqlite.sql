CREATE TABLE backup_records (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	backup_type VARCHAR NOT NULL CHECK (backup_type IN ('full', 'database', 'files')),
	status VARCHAR NOT NULL CHECK (status IN ('created', 'failed', 'verified')),
	file_path VARCHAR NOT NULL,
	size_bytes BIGINT,
	description TEXT,
	compression_used BOOLEAN NOT NULL DEFAULT FALSE CHECK (compression_used IN (0, 1)),
	checksum VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME
);
