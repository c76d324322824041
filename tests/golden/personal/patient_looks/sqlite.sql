CREATE TABLE patient_looks (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	hue INTEGER NOT NULL CHECK (hue BETWEEN 0 AND 7),
	created_at DATETIME,
	updated_at DATETIME
);
CREATE INDEX idx_patient_looks_patient_id ON patient_looks (patient_id);
CREATE UNIQUE INDEX uq_patient_looks ON patient_looks (user_id, patient_id);
