CREATE TABLE conditions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	medication_id INTEGER REFERENCES medications (id) ON DELETE NO ACTION,
	condition_name VARCHAR,
	diagnosis VARCHAR NOT NULL,
	notes TEXT,
	onset_date DATE,
	status VARCHAR NOT NULL CHECK (status IN ('active', 'inactive', 'resolved', 'chronic', 'recurrence', 'relapse')),
	end_date DATE,
	severity VARCHAR CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	icd10_code VARCHAR,
	snomed_code VARCHAR,
	code_description VARCHAR,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (end_date IS NULL OR onset_date IS NULL OR end_date >= onset_date)
);
CREATE INDEX idx_conditions_patient_id ON conditions (patient_id);
CREATE INDEX idx_conditions_patient_status ON conditions (patient_id, status);
CREATE INDEX ix_conditions_practitioner_id ON conditions (practitioner_id);
CREATE INDEX ix_conditions_medication_id ON conditions (medication_id);
