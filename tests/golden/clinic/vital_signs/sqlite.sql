CREATE TABLE vital_signs (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	recorded_date DATETIME NOT NULL,
	systolic_bp INTEGER CHECK (systolic_bp BETWEEN 50 AND 300),
	diastolic_bp INTEGER CHECK (diastolic_bp BETWEEN 20 AND 200),
	heart_rate INTEGER CHECK (heart_rate BETWEEN 20 AND 300),
	temperature REAL CHECK (temperature BETWEEN 80 AND 115),
	respiratory_rate INTEGER CHECK (respiratory_rate BETWEEN 4 AND 80),
	oxygen_saturation INTEGER CHECK (oxygen_saturation BETWEEN 50 AND 100),
	weight REAL CHECK (weight BETWEEN 0.5 AND 1500),
	height REAL CHECK (height BETWEEN 5 AND 108),
	bmi REAL,
	recorded_by VARCHAR(100) CHECK (length(recorded_by) <= 100),
	notes TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_vital_signs_recorded_date ON vital_signs (recorded_date);
CREATE INDEX ix_vital_signs_patient_id_recorded_date ON vital_signs (patient_id, recorded_date);
