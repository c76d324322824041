CREATE TABLE vitals (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	recorded_date DATETIME NOT NULL,
	systolic_bp INTEGER CHECK (systolic_bp BETWEEN 60 AND 250),
	diastolic_bp INTEGER CHECK (diastolic_bp BETWEEN 30 AND 150),
	heart_rate INTEGER CHECK (heart_rate BETWEEN 30 AND 250),
	temperature REAL CHECK (temperature BETWEEN 80 AND 115),
	weight REAL CHECK (weight BETWEEN 1 AND 992),
	height REAL CHECK (height BETWEEN 12 AND 108),
	oxygen_saturation REAL CHECK (oxygen_saturation BETWEEN 70 AND 100),
	respiratory_rate INTEGER CHECK (respiratory_rate BETWEEN 8 AND 50),
	blood_glucose REAL CHECK (blood_glucose BETWEEN 20 AND 800),
	bmi REAL CHECK (bmi BETWEEN 10 AND 100),
	pain_scale INTEGER CHECK (pain_scale BETWEEN 0 AND 10),
	notes TEXT,
	location VARCHAR,
	device_used VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX idx_vitals_patient_id ON vitals (patient_id);
CREATE INDEX idx_vitals_patient_recorded ON vitals (patient_id, recorded_date);
CREATE INDEX ix_vitals_practitioner_id ON vitals (practitioner_id);
