CREATE TABLE insurance (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	insurance_type VARCHAR NOT NULL CHECK (insurance_type IN ('medical', 'dental', 'vision', 'prescription')),
	company_name VARCHAR NOT NULL,
	employer_group VARCHAR,
	member_name VARCHAR NOT NULL,
	member_id VARCHAR NOT NULL,
	group_number VARCHAR,
	plan_name VARCHAR,
	policy_holder_name VARCHAR,
	relationship_to_holder VARCHAR CHECK (relationship_to_holder IN ('self', 'spouse', 'child', 'dependent', 'other')),
	effective_date DATE NOT NULL,
	expiration_date DATE,
	status VARCHAR NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'expired', 'pending')),
	is_primary BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_primary IN (0, 1)),
	coverage_details JSON,
	contact_info JSON,
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (expiration_date IS NULL OR expiration_date >= effective_date)
);
CREATE INDEX idx_insurance_patient_id ON insurance (patient_id);
CREATE UNIQUE INDEX unique_insurance_primary ON insurance (patient_id, insurance_type) WHERE is_primary = TRUE;
