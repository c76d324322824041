CREATE TABLE procedures (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	condition_id INTEGER REFERENCES conditions (id) ON DELETE NO ACTION,
	procedure_name VARCHAR NOT NULL,
	procedure_type VARCHAR,
	procedure_code VARCHAR,
	date DATE NOT NULL,
	description TEXT,
	status VARCHAR CHECK (status IN ('scheduled', 'in_progress', 'completed', 'cancelled', 'postponed')),
	notes TEXT,
	facility VARCHAR,
	procedure_setting VARCHAR,
	procedure_complications TEXT,
	procedure_duration INTEGER CHECK (procedure_duration >= 1),
	anesthesia_type VARCHAR,
	anesthesia_notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX idx_procedures_patient_id ON procedures (patient_id);
CREATE INDEX ix_procedures_practitioner_id ON procedures (practitioner_id);
CREATE INDEX ix_procedures_condition_id ON procedures (condition_id);
