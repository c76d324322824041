CREATE TABLE immunizations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	vaccine_name VARCHAR NOT NULL,
	vaccine_trade_name VARCHAR,
	date_administered DATE NOT NULL,
	dose_number INTEGER CHECK (dose_number >= 1),
	ndc_number VARCHAR,
	lot_number VARCHAR,
	manufacturer VARCHAR,
	site VARCHAR,
	route VARCHAR CHECK (route IN ('intramuscular', 'subcutaneous', 'intradermal', 'oral', 'nasal', '')),
	expiration_date DATE,
	location VARCHAR,
	notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (expiration_date IS NULL OR expiration_date >= date_administered)
);
CREATE INDEX idx_immunizations_patient_id ON immunizations (patient_id);
CREATE INDEX ix_immunizations_practitioner_id ON immunizations (practitioner_id);
