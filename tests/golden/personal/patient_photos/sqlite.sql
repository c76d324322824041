CREATE TABLE patient_photos (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	file_name VARCHAR(255) NOT NULL CHECK (length(file_name) <= 255),
	file_path VARCHAR(500) NOT NULL CHECK (length(file_path) <= 500),
	file_size BIGINT,
	mime_type VARCHAR(100) CHECK (length(mime_type) <= 100),
	original_name VARCHAR(255) CHECK (length(original_name) <= 255),
	width INTEGER,
	height INTEGER,
	uploaded_by INTEGER REFERENCES users (id) ON DELETE NO ACTION,
	uploaded_at DATETIME NOT NULL,
	created_at DATETIME,
	updated_at DATETIME NOT NULL
);
CREATE INDEX idx_patient_photos_patient_id ON patient_photos (patient_id);
CREATE UNIQUE INDEX uq_patient_photo ON patient_photos (patient_id);
CREATE INDEX ix_patient_photos_uploaded_by ON patient_photos (uploaded_by);
