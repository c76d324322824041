CREATE TABLE appointments (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	appointment_id VARCHAR(20) NOT NULL UNIQUE CHECK (length(appointment_id) <= 20),
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE NO ACTION,
	date DATE NOT NULL,
	time VARCHAR(20) NOT NULL CHECK (length(time) <= 20),
	duration_minutes INTEGER DEFAULT 30 CHECK (duration_minutes BETWEEN 5 AND 480),
	appointment_type VARCHAR(50) CHECK (length(appointment_type) <= 50),
	department VARCHAR(100) CHECK (length(department) <= 100),
	location VARCHAR(200) CHECK (length(location) <= 200),
	status VARCHAR(20) DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'completed', 'cancelled')),
	reason TEXT,
	notes TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_appointments_date ON appointments (date);
CREATE INDEX ix_appointments_date_time ON appointments (date, time);
CREATE INDEX ix_appointments_status ON appointments (status);
CREATE INDEX ix_appointments_patient_id_date ON appointments (patient_id, date);
CREATE INDEX ix_appointments_provider_id_date ON appointments (provider_id, date);
