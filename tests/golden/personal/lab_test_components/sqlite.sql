CREATE TABLE lab_test_components (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	lab_result_id INTEGER NOT NULL REFERENCES lab_results (id) ON DELETE CASCADE,
	test_name VARCHAR NOT NULL,
	abbreviation VARCHAR,
	test_code VARCHAR,
	value REAL NOT NULL CHECK (value BETWEEN -1e+15 AND 1e+15),
	unit VARCHAR NOT NULL,
	ref_range_min REAL CHECK (ref_range_min BETWEEN -1e+15 AND 1e+15),
	ref_range_max REAL CHECK (ref_range_max BETWEEN -1e+15 AND 1e+15),
	ref_range_text VARCHAR,
	status VARCHAR CHECK (status IN ('normal', 'abnormal', 'critical', 'high', 'low', 'borderline')),
	category VARCHAR CHECK (category IN ('chemistry', 'hematology', 'immunology', 'microbiology', 'endocrinology', 'toxicology', 'genetics', 'molecular', 'pathology', 'lipids', 'other')),
	display_order INTEGER CHECK (display_order >= 0),
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX idx_lab_test_components_lab_result_id ON lab_test_components (lab_result_id);
CREATE INDEX idx_lab_test_components_status ON lab_test_components (status);
CREATE INDEX idx_lab_test_components_category ON lab_test_components (category);
CREATE INDEX idx_lab_test_components_lab_result_status ON lab_test_components (lab_result_id, status);
CREATE INDEX idx_lab_test_components_lab_result_category ON lab_test_components (lab_result_id, category);
CREATE INDEX idx_lab_test_components_test_name_text ON lab_test_components (test_name);
CREATE INDEX idx_lab_test_components_abbreviation_text ON lab_test_components (abbreviation);
