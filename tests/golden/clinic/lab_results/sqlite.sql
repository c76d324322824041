CREATE TABLE lab_results (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	order_id VARCHAR(20) NOT NULL UNIQUE CHECK (length(order_id) <= 20),
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	test_name VARCHAR(200) NOT NULL CHECK (length(test_name) <= 200),
	ordered_date DATE NOT NULL,
	collected_date DATE,
	resulted_date DATE,
	status VARCHAR(20) DEFAULT 'pending' CHECK (status IN ('pending', 'in_progress', 'final')),
	ordered_by VARCHAR(100) CHECK (length(ordered_by) <= 100),
	results_json TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_lab_results_resulted_date ON lab_results (resulted_date);
CREATE INDEX ix_lab_results_patient_id ON lab_results (patient_id);
