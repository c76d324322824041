CREATE TABLE medications (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	medication_id VARCHAR(20) NOT NULL UNIQUE CHECK (length(medication_id) <= 20),
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	name VARCHAR(200) NOT NULL CHECK (length(name) <= 200),
	dosage VARCHAR(50) CHECK (length(dosage) <= 50),
	frequency VARCHAR(100) CHECK (length(frequency) <= 100),
	route VARCHAR(50) CHECK (length(route) <= 50),
	prescribed_date DATE NOT NULL,
	prescriber VARCHAR(100) CHECK (length(prescriber) <= 100),
	status VARCHAR(20) DEFAULT 'active' CHECK (status IN ('active', 'discontinued', 'completed')),
	refills_remaining INTEGER DEFAULT 0 CHECK (refills_remaining BETWEEN 0 AND 1000),
	notes TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_medications_status ON medications (status);
CREATE INDEX ix_medications_patient_id ON medications (patient_id);
