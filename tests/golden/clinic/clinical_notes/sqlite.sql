CREATE TABLE clinical_notes (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	record VARCHAR(50) NOT NULL CHECK (length(record) <= 50),
	row_id BIGINT NOT NULL,
	kind VARCHAR(50) NOT NULL CHECK (length(kind) <= 50),
	text TEXT NOT NULL,
	author VARCHAR(200) CHECK (length(author) <= 200),
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_clinical_notes_record_row_id ON clinical_notes (record, row_id);
