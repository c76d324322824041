CREATE TABLE lab_result_conditions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	lab_result_id INTEGER NOT NULL REFERENCES lab_results (id) ON DELETE CASCADE,
	condition_id INTEGER NOT NULL REFERENCES conditions (id) ON DELETE CASCADE,
	relevance_note VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX ix_lab_result_conditions_lab_result_id ON lab_result_conditions (lab_result_id);
CREATE INDEX ix_lab_result_conditions_condition_id ON lab_result_conditions (condition_id);
