CREATE TABLE medications (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	pharmacy_id INTEGER REFERENCES pharmacies (id) ON DELETE NO ACTION,
	medication_name VARCHAR NOT NULL,
	dosage VARCHAR,
	frequency VARCHAR,
	route VARCHAR CHECK (route IN ('oral', 'injection', 'topical', 'intravenous', 'intramuscular', 'subcutaneous', 'inhalation', 'nasal', 'rectal', 'sublingual')),
	indication VARCHAR,
	effective_period_start DATE,
	effective_period_end DATE,
	status VARCHAR CHECK (status IN ('active', 'stopped', 'on-hold', 'completed', 'cancelled')),
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (effective_period_end IS NULL OR effective_period_start IS NULL OR effective_period_end >= effective_period_start)
);
CREATE INDEX idx_medications_patient_id ON medications (patient_id);
CREATE INDEX idx_medications_patient_status ON medications (patient_id, status);
CREATE INDEX ix_medications_practitioner_id ON medications (practitioner_id);
CREATE INDEX ix_medications_pharmacy_id ON medications (pharmacy_id);
