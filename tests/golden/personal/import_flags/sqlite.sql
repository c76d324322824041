CREATE TABLE import_flags (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	table_name VARCHAR NOT NULL,
	row_id BIGINT NOT NULL,
	field VARCHAR NOT NULL,
	original TEXT,
	reason VARCHAR NOT NULL,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CONSTRAINT uq_import_flags_place UNIQUE (table_name, row_id, field, reason)
);
