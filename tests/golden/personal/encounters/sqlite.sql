CREATE TABLE encounters (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	condition_id INTEGER REFERENCES conditions (id) ON DELETE NO ACTION,
	reason VARCHAR NOT NULL,
	date DATE NOT NULL,
	notes TEXT,
	visit_type VARCHAR,
	chief_complaint VARCHAR,
	diagnosis TEXT,
	treatment_plan TEXT,
	follow_up_instructions TEXT,
	duration_minutes INTEGER CHECK (duration_minutes BETWEEN 1 AND 600),
	location VARCHAR,
	priority VARCHAR CHECK (priority IN ('routine', 'urgent', 'emergency')),
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX idx_encounters_patient_id ON encounters (patient_id);
CREATE INDEX ix_encounters_practitioner_id ON encounters (practitioner_id);
CREATE INDEX ix_encounters_condition_id ON encounters (condition_id);
