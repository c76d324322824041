CREATE TABLE treatments (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	condition_id INTEGER REFERENCES conditions (id) ON DELETE NO ACTION,
	treatment_name VARCHAR NOT NULL,
	treatment_type VARCHAR NOT NULL,
	start_date DATE NOT NULL,
	end_date DATE,
	status VARCHAR CHECK (status IN ('active', 'in_progress', 'completed', 'cancelled', 'on_hold', 'planned', 'discontinued', 'stopped')),
	treatment_category VARCHAR,
	notes TEXT,
	frequency VARCHAR,
	outcome VARCHAR,
	description TEXT,
	location VARCHAR,
	dosage VARCHAR,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (end_date IS NULL OR end_date >= start_date)
);
CREATE INDEX idx_treatments_patient_id ON treatments (patient_id);
CREATE INDEX ix_treatments_practitioner_id ON treatments (practitioner_id);
CREATE INDEX ix_treatments_condition_id ON treatments (condition_id);
