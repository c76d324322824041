-- revision: 0003
-- parent: 0002
-- kind: schema
-- summary: Hold numbers to their ranges in the tables too.

-- upgrade sqlite
CREATE TABLE new_vitals (
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
INSERT INTO new_vitals (id, patient_id, practitioner_id, recorded_date, systolic_bp, diastolic_bp, heart_rate, temperature, weight, height, oxygen_saturation, respiratory_rate, blood_glucose, bmi, pain_scale, notes, location, device_used, created_at, updated_at)
	SELECT id, patient_id, practitioner_id, recorded_date, systolic_bp, diastolic_bp, heart_rate, temperature, weight, height, oxygen_saturation, respiratory_rate, blood_glucose, bmi, pain_scale, notes, location, device_used, created_at, updated_at FROM vitals;
DELETE FROM sqlite_sequence WHERE name = 'new_vitals';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_vitals', seq FROM sqlite_sequence WHERE name = 'vitals';
DROP TABLE vitals;
ALTER TABLE new_vitals RENAME TO vitals;
CREATE INDEX idx_vitals_patient_id ON vitals (patient_id);
CREATE INDEX idx_vitals_patient_recorded ON vitals (patient_id, recorded_date);
CREATE INDEX ix_vitals_practitioner_id ON vitals (practitioner_id);
CREATE TABLE new_immunizations (
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
INSERT INTO new_immunizations (id, patient_id, practitioner_id, vaccine_name, vaccine_trade_name, date_administered, dose_number, ndc_number, lot_number, manufacturer, site, route, expiration_date, location, notes, tags, created_at, updated_at)
	SELECT id, patient_id, practitioner_id, vaccine_name, vaccine_trade_name, date_administered, dose_number, ndc_number, lot_number, manufacturer, site, route, expiration_date, location, notes, tags, created_at, updated_at FROM immunizations;
DELETE FROM sqlite_sequence WHERE name = 'new_immunizations';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_immunizations', seq FROM sqlite_sequence WHERE name = 'immunizations';
DROP TABLE immunizations;
ALTER TABLE new_immunizations RENAME TO immunizations;
CREATE INDEX idx_immunizations_patient_id ON immunizations (patient_id);
CREATE INDEX ix_immunizations_practitioner_id ON immunizations (practitioner_id);
CREATE TABLE new_procedures (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	condition_id INTEGER REFERENCES conditions (id) ON DELETE NO ACTION,
	procedure_name VARCHAR NOT NULL,
	procedure_type VARCHAR,
	procedure_code VARCHAR,
	date DATE NOT NULL,
	description TEXT,
	status VARCHAR CHECK (status IN ('scheduled', 'in_progress', 'completed', 'cancelled', 'postponed')),
	notes TEXT,
	facility VARCHAR,
	procedure_setting VARCHAR,
	procedure_complications TEXT,
	procedure_duration INTEGER CHECK (procedure_duration >= 1),
	anesthesia_type VARCHAR,
	anesthesia_notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO new_procedures (id, patient_id, practitioner_id, condition_id, procedure_name, procedure_type, procedure_code, date, description, status, notes, facility, procedure_setting, procedure_complications, procedure_duration, anesthesia_type, anesthesia_notes, tags, created_at, updated_at)
	SELECT id, patient_id, practitioner_id, condition_id, procedure_name, procedure_type, procedure_code, date, description, status, notes, facility, procedure_setting, procedure_complications, procedure_duration, anesthesia_type, anesthesia_notes, tags, created_at, updated_at FROM procedures;
DELETE FROM sqlite_sequence WHERE name = 'new_procedures';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_procedures', seq FROM sqlite_sequence WHERE name = 'procedures';
DROP TABLE procedures;
ALTER TABLE new_procedures RENAME TO procedures;
CREATE INDEX idx_procedures_patient_id ON procedures (patient_id);
CREATE INDEX ix_procedures_practitioner_id ON procedures (practitioner_id);
CREATE INDEX ix_procedures_condition_id ON procedures (condition_id);
CREATE TABLE new_encounters (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	condition_id INTEGER REFERENCES conditions (id) ON DELETE NO ACTION,
	reason VARCHAR NOT NULL,
	date DATE NOT NULL,
	notes TEXT,
	visit_type VARCHAR,
	chief_complaint VARCHAR,
	diagnosis TEXT,
	treatment_plan TEXT,
	follow_up_instructions TEXT,
	duration_minutes INTEGER CHECK (duration_minutes BETWEEN 1 AND 600),
	location VARCHAR,
	priority VARCHAR CHECK (priority IN ('routine', 'urgent', 'emergency')),
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO new_encounters (id, patient_id, practitioner_id, condition_id, reason, date, notes, visit_type, chief_complaint, diagnosis, treatment_plan, follow_up_instructions, duration_minutes, location, priority, tags, created_at, updated_at)
	SELECT id, patient_id, practitioner_id, condition_id, reason, date, notes, visit_type, chief_complaint, diagnosis, treatment_plan, follow_up_instructions, duration_minutes, location, priority, tags, created_at, updated_at FROM encounters;
DELETE FROM sqlite_sequence WHERE name = 'new_encounters';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_encounters', seq FROM sqlite_sequence WHERE name = 'encounters';
DROP TABLE encounters;
ALTER TABLE new_encounters RENAME TO encounters;
CREATE INDEX idx_encounters_patient_id ON encounters (patient_id);
CREATE INDEX ix_encounters_practitioner_id ON encounters (practitioner_id);
CREATE INDEX ix_encounters_condition_id ON encounters (condition_id);
CREATE TABLE new_family_members (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	name VARCHAR NOT NULL,
	relationship VARCHAR NOT NULL CHECK (relationship IN ('father', 'mother', 'brother', 'sister', 'paternal_grandfather', 'paternal_grandmother', 'maternal_grandfather', 'maternal_grandmother', 'uncle', 'aunt', 'cousin', 'other')),
	gender VARCHAR CHECK (gender IN ('male', 'female', 'other')),
	birth_year INTEGER CHECK (birth_year BETWEEN 1900 AND 2030),
	death_year INTEGER CHECK (death_year BETWEEN 1900 AND 2030),
	is_deceased BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_deceased IN (0, 1)),
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (death_year IS NULL OR birth_year IS NULL OR death_year >= birth_year)
);
INSERT INTO new_family_members (id, patient_id, name, relationship, gender, birth_year, death_year, is_deceased, notes, created_at, updated_at)
	SELECT id, patient_id, name, relationship, gender, birth_year, death_year, is_deceased, notes, created_at, updated_at FROM family_members;
DELETE FROM sqlite_sequence WHERE name = 'new_family_members';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_family_members', seq FROM sqlite_sequence WHERE name = 'family_members';
DROP TABLE family_members;
ALTER TABLE new_family_members RENAME TO family_members;
CREATE INDEX ix_family_members_patient_id ON family_members (patient_id);

-- upgrade postgres
ALTER TABLE vitals DROP CONSTRAINT vitals_systolic_bp_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_diastolic_bp_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_heart_rate_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_temperature_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_weight_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_height_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_oxygen_saturation_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_respiratory_rate_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_blood_glucose_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_bmi_check;
ALTER TABLE encounters DROP CONSTRAINT encounters_duration_minutes_check;
ALTER TABLE family_members DROP CONSTRAINT family_members_birth_year_check;
ALTER TABLE family_members DROP CONSTRAINT family_members_death_year_check;
ALTER TABLE vitals ADD CHECK (systolic_bp BETWEEN 60 AND 250);
ALTER TABLE vitals ADD CHECK (diastolic_bp BETWEEN 30 AND 150);
ALTER TABLE vitals ADD CHECK (heart_rate BETWEEN 30 AND 250);
ALTER TABLE vitals ADD CHECK (temperature BETWEEN 80 AND 115);
ALTER TABLE vitals ADD CHECK (weight BETWEEN 1 AND 992);
ALTER TABLE vitals ADD CHECK (height BETWEEN 12 AND 108);
ALTER TABLE vitals ADD CHECK (oxygen_saturation BETWEEN 70 AND 100);
ALTER TABLE vitals ADD CHECK (respiratory_rate BETWEEN 8 AND 50);
ALTER TABLE vitals ADD CHECK (blood_glucose BETWEEN 20 AND 800);
ALTER TABLE vitals ADD CHECK (bmi BETWEEN 10 AND 100);
ALTER TABLE immunizations ADD CHECK (dose_number >= 1);
ALTER TABLE procedures ADD CHECK (procedure_duration >= 1);
ALTER TABLE encounters ADD CHECK (duration_minutes BETWEEN 1 AND 600);
ALTER TABLE family_members ADD CHECK (birth_year BETWEEN 1900 AND 2030);
ALTER TABLE family_members ADD CHECK (death_year BETWEEN 1900 AND 2030);

-- downgrade sqlite
CREATE TABLE new_vitals (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	recorded_date DATETIME NOT NULL,
	systolic_bp INTEGER CHECK (systolic_bp BETWEEN 0 AND 250),
	diastolic_bp INTEGER CHECK (diastolic_bp BETWEEN 0 AND 150),
	heart_rate INTEGER CHECK (heart_rate BETWEEN 0 AND 250),
	temperature REAL CHECK (temperature BETWEEN 0 AND 115),
	weight REAL CHECK (weight BETWEEN 0 AND 992),
	height REAL CHECK (height BETWEEN 0 AND 108),
	oxygen_saturation REAL CHECK (oxygen_saturation BETWEEN 0 AND 100),
	respiratory_rate INTEGER CHECK (respiratory_rate BETWEEN 0 AND 50),
	blood_glucose REAL CHECK (blood_glucose BETWEEN 0 AND 800),
	bmi REAL CHECK (bmi BETWEEN 0 AND 100),
	pain_scale INTEGER CHECK (pain_scale BETWEEN 0 AND 10),
	notes TEXT,
	location VARCHAR,
	device_used VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO new_vitals (id, patient_id, practitioner_id, recorded_date, systolic_bp, diastolic_bp, heart_rate, temperature, weight, height, oxygen_saturation, respiratory_rate, blood_glucose, bmi, pain_scale, notes, location, device_used, created_at, updated_at)
	SELECT id, patient_id, practitioner_id, recorded_date, systolic_bp, diastolic_bp, heart_rate, temperature, weight, height, oxygen_saturation, respiratory_rate, blood_glucose, bmi, pain_scale, notes, location, device_used, created_at, updated_at FROM vitals;
DELETE FROM sqlite_sequence WHERE name = 'new_vitals';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_vitals', seq FROM sqlite_sequence WHERE name = 'vitals';
DROP TABLE vitals;
ALTER TABLE new_vitals RENAME TO vitals;
CREATE INDEX idx_vitals_patient_id ON vitals (patient_id);
CREATE INDEX idx_vitals_patient_recorded ON vitals (patient_id, recorded_date);
CREATE INDEX ix_vitals_practitioner_id ON vitals (practitioner_id);
CREATE TABLE new_immunizations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	vaccine_name VARCHAR NOT NULL,
	vaccine_trade_name VARCHAR,
	date_administered DATE NOT NULL,
	dose_number INTEGER,
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
INSERT INTO new_immunizations (id, patient_id, practitioner_id, vaccine_name, vaccine_trade_name, date_administered, dose_number, ndc_number, lot_number, manufacturer, site, route, expiration_date, location, notes, tags, created_at, updated_at)
	SELECT id, patient_id, practitioner_id, vaccine_name, vaccine_trade_name, date_administered, dose_number, ndc_number, lot_number, manufacturer, site, route, expiration_date, location, notes, tags, created_at, updated_at FROM immunizations;
DELETE FROM sqlite_sequence WHERE name = 'new_immunizations';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_immunizations', seq FROM sqlite_sequence WHERE name = 'immunizations';
DROP TABLE immunizations;
ALTER TABLE new_immunizations RENAME TO immunizations;
CREATE INDEX idx_immunizations_patient_id ON immunizations (patient_id);
CREATE INDEX ix_immunizations_practitioner_id ON immunizations (practitioner_id);
CREATE TABLE new_procedures (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	condition_id INTEGER REFERENCES conditions (id) ON DELETE NO ACTION,
	procedure_name VARCHAR NOT NULL,
	procedure_type VARCHAR,
	procedure_code VARCHAR,
	date DATE NOT NULL,
	description TEXT,
	status VARCHAR CHECK (status IN ('scheduled', 'in_progress', 'completed', 'cancelled', 'postponed')),
	notes TEXT,
	facility VARCHAR,
	procedure_setting VARCHAR,
	procedure_complications TEXT,
	procedure_duration INTEGER,
	anesthesia_type VARCHAR,
	anesthesia_notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO new_procedures (id, patient_id, practitioner_id, condition_id, procedure_name, procedure_type, procedure_code, date, description, status, notes, facility, procedure_setting, procedure_complications, procedure_duration, anesthesia_type, anesthesia_notes, tags, created_at, updated_at)
	SELECT id, patient_id, practitioner_id, condition_id, procedure_name, procedure_type, procedure_code, date, description, status, notes, facility, procedure_setting, procedure_complications, procedure_duration, anesthesia_type, anesthesia_notes, tags, created_at, updated_at FROM procedures;
DELETE FROM sqlite_sequence WHERE name = 'new_procedures';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_procedures', seq FROM sqlite_sequence WHERE name = 'procedures';
DROP TABLE procedures;
ALTER TABLE new_procedures RENAME TO procedures;
CREATE INDEX idx_procedures_patient_id ON procedures (patient_id);
CREATE INDEX ix_procedures_practitioner_id ON procedures (practitioner_id);
CREATE INDEX ix_procedures_condition_id ON procedures (condition_id);
CREATE TABLE new_encounters (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	condition_id INTEGER REFERENCES conditions (id) ON DELETE NO ACTION,
	reason VARCHAR NOT NULL,
	date DATE NOT NULL,
	notes TEXT,
	visit_type VARCHAR,
	chief_complaint VARCHAR,
	diagnosis TEXT,
	treatment_plan TEXT,
	follow_up_instructions TEXT,
	duration_minutes INTEGER CHECK (duration_minutes BETWEEN 0 AND 600),
	location VARCHAR,
	priority VARCHAR CHECK (priority IN ('routine', 'urgent', 'emergency')),
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
INSERT INTO new_encounters (id, patient_id, practitioner_id, condition_id, reason, date, notes, visit_type, chief_complaint, diagnosis, treatment_plan, follow_up_instructions, duration_minutes, location, priority, tags, created_at, updated_at)
	SELECT id, patient_id, practitioner_id, condition_id, reason, date, notes, visit_type, chief_complaint, diagnosis, treatment_plan, follow_up_instructions, duration_minutes, location, priority, tags, created_at, updated_at FROM encounters;
DELETE FROM sqlite_sequence WHERE name = 'new_encounters';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_encounters', seq FROM sqlite_sequence WHERE name = 'encounters';
DROP TABLE encounters;
ALTER TABLE new_encounters RENAME TO encounters;
CREATE INDEX idx_encounters_patient_id ON encounters (patient_id);
CREATE INDEX ix_encounters_practitioner_id ON encounters (practitioner_id);
CREATE INDEX ix_encounters_condition_id ON encounters (condition_id);
CREATE TABLE new_family_members (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	name VARCHAR NOT NULL,
	relationship VARCHAR NOT NULL CHECK (relationship IN ('father', 'mother', 'brother', 'sister', 'paternal_grandfather', 'paternal_grandmother', 'maternal_grandfather', 'maternal_grandmother', 'uncle', 'aunt', 'cousin', 'other')),
	gender VARCHAR CHECK (gender IN ('male', 'female', 'other')),
	birth_year INTEGER CHECK (birth_year BETWEEN 0 AND 2030),
	death_year INTEGER CHECK (death_year BETWEEN 0 AND 2030),
	is_deceased BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_deceased IN (0, 1)),
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (death_year IS NULL OR birth_year IS NULL OR death_year >= birth_year)
);
INSERT INTO new_family_members (id, patient_id, name, relationship, gender, birth_year, death_year, is_deceased, notes, created_at, updated_at)
	SELECT id, patient_id, name, relationship, gender, birth_year, death_year, is_deceased, notes, created_at, updated_at FROM family_members;
DELETE FROM sqlite_sequence WHERE name = 'new_family_members';
INSERT INTO sqlite_sequence (name, seq)
	SELECT 'new_family_members', seq FROM sqlite_sequence WHERE name = 'family_members';
DROP TABLE family_members;
ALTER TABLE new_family_members RENAME TO family_members;
CREATE INDEX ix_family_members_patient_id ON family_members (patient_id);

-- downgrade postgres
ALTER TABLE vitals DROP CONSTRAINT vitals_systolic_bp_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_diastolic_bp_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_heart_rate_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_temperature_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_weight_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_height_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_oxygen_saturation_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_respiratory_rate_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_blood_glucose_check;
ALTER TABLE vitals DROP CONSTRAINT vitals_bmi_check;
ALTER TABLE immunizations DROP CONSTRAINT immunizations_dose_number_check;
ALTER TABLE procedures DROP CONSTRAINT procedures_procedure_duration_check;
ALTER TABLE encounters DROP CONSTRAINT encounters_duration_minutes_check;
ALTER TABLE family_members DROP CONSTRAINT family_members_birth_year_check;
ALTER TABLE family_members DROP CONSTRAINT family_members_death_year_check;
ALTER TABLE vitals ADD CHECK (systolic_bp BETWEEN 0 AND 250);
ALTER TABLE vitals ADD CHECK (diastolic_bp BETWEEN 0 AND 150);
ALTER TABLE vitals ADD CHECK (heart_rate BETWEEN 0 AND 250);
ALTER TABLE vitals ADD CHECK (temperature BETWEEN 0 AND 115);
ALTER TABLE vitals ADD CHECK (weight BETWEEN 0 AND 992);
ALTER TABLE vitals ADD CHECK (height BETWEEN 0 AND 108);
ALTER TABLE vitals ADD CHECK (oxygen_saturation BETWEEN 0 AND 100);
ALTER TABLE vitals ADD CHECK (respiratory_rate BETWEEN 0 AND 50);
ALTER TABLE vitals ADD CHECK (blood_glucose BETWEEN 0 AND 800);
ALTER TABLE vitals ADD CHECK (bmi BETWEEN 0 AND 100);
ALTER TABLE encounters ADD CHECK (duration_minutes BETWEEN 0 AND 600);
ALTER TABLE family_members ADD CHECK (birth_year BETWEEN 0 AND 2030);
ALTER TABLE family_members ADD CHECK (death_year BETWEEN 0 AND 2030);
