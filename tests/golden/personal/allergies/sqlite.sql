CREATE TABLE allergies (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	medication_id INTEGER REFERENCES medications (id) ON DELETE NO ACTION,
	allergen VARCHAR NOT NULL,
	reaction VARCHAR NOT NULL,
	severity VARCHAR CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	onset_date DATE,
	status VARCHAR CHECK (status IN ('active', 'inactive', 'resolved', 'unconfirmed')),
	notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX idx_allergies_patient_id ON allergies (patient_id);
CREATE INDEX ix_allergies_medication_id ON allergies (medication_id);
