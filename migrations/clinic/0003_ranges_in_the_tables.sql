-- revision: 0003
-- parent: 0002
-- kind: schema
-- summary: Hold numbers to their ranges in the tables too.

-- upgrade sqlite
CREATE TABLE new_appointments (
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
INSERT INTO new_appointments (id, appointment_id, patient_id, provider_id, date, time, duration_minutes, appointment_type, department, location, status, reason, notes, created_at, updated_at)
	SELECT id, appointment_id, patient_id, provider_id, date, time, duration_minutes, appointment_type, department, location, status, reason, notes, created_at, updated_at FROM appointments;
DELETE FROM sqlite_sequence WHERE name = 'new_appointments';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_appointments', seq FROM sqlite_sequence WHERE name = 'appointments';
DROP TABLE appointments;
ALTER TABLE new_appointments RENAME TO appointments;
CREATE INDEX ix_appointments_date ON appointments (date);
CREATE INDEX ix_appointments_date_time ON appointments (date, time);
CREATE INDEX ix_appointments_status ON appointments (status);
CREATE INDEX ix_appointments_patient_id_date ON appointments (patient_id, date);
CREATE INDEX ix_appointments_provider_id_date ON appointments (provider_id, date);
CREATE TABLE new_vital_signs (
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
INSERT INTO new_vital_signs (id, patient_id, recorded_date, systolic_bp, diastolic_bp, heart_rate, temperature, respiratory_rate, oxygen_saturation, weight, height, bmi, recorded_by, notes, created_at, updated_at)
	SELECT id, patient_id, recorded_date, systolic_bp, diastolic_bp, heart_rate, temperature, respiratory_rate, oxygen_saturation, weight, height, bmi, recorded_by, notes, created_at, updated_at FROM vital_signs;
DELETE FROM sqlite_sequence WHERE name = 'new_vital_signs';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_vital_signs', seq FROM sqlite_sequence WHERE name = 'vital_signs';
DROP TABLE vital_signs;
ALTER TABLE new_vital_signs RENAME TO vital_signs;
CREATE INDEX ix_vital_signs_recorded_date ON vital_signs (recorded_date);
CREATE INDEX ix_vital_signs_patient_id_recorded_date ON vital_signs (patient_id, recorded_date);

-- upgrade postgres
ALTER TABLE appointments DROP CONSTRAINT appointments_duration_minutes_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_systolic_bp_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_diastolic_bp_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_heart_rate_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_temperature_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_respiratory_rate_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_oxygen_saturation_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_weight_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_height_check;
ALTER TABLE appointments ADD CHECK (duration_minutes BETWEEN 5 AND 480);
ALTER TABLE vital_signs ADD CHECK (systolic_bp BETWEEN 50 AND 300);
ALTER TABLE vital_signs ADD CHECK (diastolic_bp BETWEEN 20 AND 200);
ALTER TABLE vital_signs ADD CHECK (heart_rate BETWEEN 20 AND 300);
ALTER TABLE vital_signs ADD CHECK (temperature BETWEEN 80 AND 115);
ALTER TABLE vital_signs ADD CHECK (respiratory_rate BETWEEN 4 AND 80);
ALTER TABLE vital_signs ADD CHECK (oxygen_saturation BETWEEN 50 AND 100);
ALTER TABLE vital_signs ADD CHECK (weight BETWEEN 0.5 AND 1500);
ALTER TABLE vital_signs ADD CHECK (height BETWEEN 5 AND 108);

-- downgrade sqlite
CREATE TABLE new_appointments (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	appointment_id VARCHAR(20) NOT NULL UNIQUE CHECK (length(appointment_id) <= 20),
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE NO ACTION,
	date DATE NOT NULL,
	time VARCHAR(20) NOT NULL CHECK (length(time) <= 20),
	duration_minutes INTEGER DEFAULT 30 CHECK (duration_minutes BETWEEN 0 AND 480),
	appointment_type VARCHAR(50) CHECK (length(appointment_type) <= 50),
	department VARCHAR(100) CHECK (length(department) <= 100),
	location VARCHAR(200) CHECK (length(location) <= 200),
	status VARCHAR(20) DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'completed', 'cancelled')),
	reason TEXT,
	notes TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO new_appointments (id, appointment_id, patient_id, provider_id, date, time, duration_minutes, appointment_type, department, location, status, reason, notes, created_at, updated_at)
	SELECT id, appointment_id, patient_id, provider_id, date, time, duration_minutes, appointment_type, department, location, status, reason, notes, created_at, updated_at FROM appointments;
DELETE FROM sqlite_sequence WHERE name = 'new_appointments';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_appointments', seq FROM sqlite_sequence WHERE name = 'appointments';
DROP TABLE appointments;
ALTER TABLE new_appointments RENAME TO appointments;
CREATE INDEX ix_appointments_date ON appointments (date);
CREATE INDEX ix_appointments_date_time ON appointments (date, time);
CREATE INDEX ix_appointments_status ON appointments (status);
CREATE INDEX ix_appointments_patient_id_date ON appointments (patient_id, date);
CREATE INDEX ix_appointments_provider_id_date ON appointments (provider_id, date);
CREATE TABLE new_vital_signs (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	recorded_date DATETIME NOT NULL,
	systolic_bp INTEGER CHECK (systolic_bp BETWEEN 0 AND 300),
	diastolic_bp INTEGER CHECK (diastolic_bp BETWEEN 0 AND 200),
	heart_rate INTEGER CHECK (heart_rate BETWEEN 0 AND 300),
	temperature REAL CHECK (temperature BETWEEN 0 AND 115),
	respiratory_rate INTEGER CHECK (respiratory_rate BETWEEN 0 AND 80),
	oxygen_saturation INTEGER CHECK (oxygen_saturation BETWEEN 0 AND 100),
	weight REAL CHECK (weight BETWEEN 0 AND 1500),
	height REAL CHECK (height BETWEEN 0 AND 108),
	bmi REAL,
	recorded_by VARCHAR(100) CHECK (length(recorded_by) <= 100),
	notes TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO new_vital_signs (id, patient_id, recorded_date, systolic_bp, diastolic_bp, heart_rate, temperature, respiratory_rate, oxygen_saturation, weight, height, bmi, recorded_by, notes, created_at, updated_at)
	SELECT id, patient_id, recorded_date, systolic_bp, diastolic_bp, heart_rate, temperature, respiratory_rate, oxygen_saturation, weight, height, bmi, recorded_by, notes, created_at, updated_at FROM vital_signs;
DELETE FROM sqlite_sequence WHERE name = 'new_vital_signs';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_vital_signs', seq FROM sqlite_sequence WHERE name = 'vital_signs';
DROP TABLE vital_signs;
ALTER TABLE new_vital_signs RENAME TO vital_signs;
CREATE INDEX ix_vital_signs_recorded_date ON vital_signs (recorded_date);
CREATE INDEX ix_vital_signs_patient_id_recorded_date ON vital_signs (patient_id, recorded_date);

-- downgrade postgres
ALTER TABLE appointments DROP CONSTRAINT appointments_duration_minutes_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_systolic_bp_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_diastolic_bp_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_heart_rate_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_temperature_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_respiratory_rate_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_oxygen_saturation_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_weight_check;
ALTER TABLE vital_signs DROP CONSTRAINT vital_signs_height_check;
ALTER TABLE appointments ADD CHECK (duration_minutes BETWEEN 0 AND 480);
ALTER TABLE vital_signs ADD CHECK (systolic_bp BETWEEN 0 AND 300);
ALTER TABLE vital_signs ADD CHECK (diastolic_bp BETWEEN 0 AND 200);
ALTER TABLE vital_signs ADD CHECK (heart_rate BETWEEN 0 AND 300);
ALTER TABLE vital_signs ADD CHECK (temperature BETWEEN 0 AND 115);
ALTER TABLE vital_signs ADD CHECK (respiratory_rate BETWEEN 0 AND 80);
ALTER TABLE vital_signs ADD CHECK (oxygen_saturation BETWEEN 0 AND 100);
ALTER TABLE vital_signs ADD CHECK (weight BETWEEN 0 AND 1500);
ALTER TABLE vital_signs ADD CHECK (height BETWEEN 0 AND 108);
