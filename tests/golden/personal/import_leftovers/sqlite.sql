CREATE TABLE import_leftovers (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner_user_id BIGINT,
	patient_id BIGINT,
	source VARCHAR NOT NULL,
	table_name VARCHAR NOT NULL,
	content JSON NOT NULL,
	reason VARCHAR NOT NULL,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX idx_import_leftovers_owner ON import_leftovers (owner_user_id);
