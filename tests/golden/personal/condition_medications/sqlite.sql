CREATE TABLE condition_medications (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	condition_id INTEGER NOT NULL REFERENCES conditions (id) ON DELETE CASCADE,
	medication_id INTEGER NOT NULL REFERENCES medications (id) ON DELETE CASCADE,
	relevance_note VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX ix_condition_medications_condition_id ON condition_medications (condition_id);
CREATE INDEX ix_condition_medications_medication_id ON condition_medications (medication_id);
