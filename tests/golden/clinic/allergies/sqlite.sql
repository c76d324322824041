CREATE TABLE allergies (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	allergen VARCHAR(200) NOT NULL CHECK (length(allergen) <= 200),
	reaction TEXT,
	severity VARCHAR(20) CHECK (severity IN ('mild', 'moderate', 'severe')),
	onset_date DATE,
	status VARCHAR(20) DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
	notes TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_allergies_patient_id ON allergies (patient_id);
