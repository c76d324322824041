CREATE TABLE lab_results (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	test_name VARCHAR NOT NULL,
	test_code VARCHAR,
	test_category VARCHAR CHECK (test_category IN ('blood work', 'imaging', 'pathology', 'microbiology', 'chemistry', 'hematology', 'immunology', 'genetics', 'cardiology', 'pulmonology', 'other')),
	test_type VARCHAR CHECK (test_type IN ('routine', 'urgent', 'stat', 'emergency', 'follow-up', 'screening')),
	facility VARCHAR,
	status VARCHAR NOT NULL DEFAULT 'ordered' CHECK (status IN ('ordered', 'in_progress', 'completed', 'cancelled')),
	labs_result VARCHAR CHECK (labs_result IN ('normal', 'abnormal', 'critical', 'high', 'low', 'borderline', 'inconclusive')),
	ordered_date DATE,
	completed_date DATE,
	notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME,
	updated_at DATETIME,
	CHECK (completed_date IS NULL OR ordered_date IS NULL OR completed_date >= ordered_date)
);
CREATE INDEX idx_lab_results_patient_id ON lab_results (patient_id);
CREATE INDEX idx_lab_results_patient_date ON lab_results (patient_id, completed_date);
CREATE INDEX ix_lab_results_practitioner_id ON lab_results (practitioner_id);
