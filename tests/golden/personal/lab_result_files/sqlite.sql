CREATE TABLE lab_result_files (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	lab_result_id INTEGER REFERENCES lab_results (id) ON DELETE CASCADE,
	file_name VARCHAR NOT NULL,
	file_path VARCHAR NOT NULL,
	file_type VARCHAR NOT NULL,
	file_size BIGINT,
	description TEXT,
	uploaded_at DATETIME NOT NULL,
	created_at DATETIME,
	updated_at DATETIME
);
CREATE INDEX ix_lab_result_files_lab_result_id ON lab_result_files (lab_result_id);
