-- revision: 0001
-- parent: 0000
-- kind: schema
-- summary: All tables, as they first went out.

-- upgrade sqlite
CREATE TABLE patients (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	mrn VARCHAR(20) NOT NULL UNIQUE CHECK (length(mrn) <= 20),
	first_name VARCHAR(50) NOT NULL CHECK (length(first_name) <= 50),
	last_name VARCHAR(50) NOT NULL CHECK (length(last_name) <= 50),
	dob DATE NOT NULL,
	gender VARCHAR(20) CHECK (length(gender) <= 20),
	ssn VARCHAR(20) CHECK (length(ssn) <= 20),
	email VARCHAR(100) CHECK (length(email) <= 100),
	phone VARCHAR(20) CHECK (length(phone) <= 20),
	street VARCHAR(200) CHECK (length(street) <= 200),
	city VARCHAR(100) CHECK (length(city) <= 100),
	state VARCHAR(50) CHECK (length(state) <= 50),
	zip_code VARCHAR(20) CHECK (length(zip_code) <= 20),
	insurance_provider VARCHAR(100) CHECK (length(insurance_provider) <= 100),
	policy_number VARCHAR(50) CHECK (length(policy_number) <= 50),
	group_number VARCHAR(50) CHECK (length(group_number) <= 50),
	emergency_contact_name VARCHAR(100) CHECK (length(emergency_contact_name) <= 100),
	emergency_contact_relationship VARCHAR(50) CHECK (length(emergency_contact_relationship) <= 50),
	emergency_contact_phone VARCHAR(20) CHECK (length(emergency_contact_phone) <= 20),
	search_text TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE providers (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	npi VARCHAR(20) NOT NULL UNIQUE CHECK (length(npi) <= 20),
	name VARCHAR(100) NOT NULL CHECK (length(name) <= 100),
	specialty VARCHAR(100) CHECK (length(specialty) <= 100),
	department VARCHAR(100) CHECK (length(department) <= 100),
	phone VARCHAR(20) CHECK (length(phone) <= 20),
	email VARCHAR(100) CHECK (length(email) <= 100),
	accepting_new_patients BOOLEAN DEFAULT TRUE CHECK (accepting_new_patients IN (0, 1)),
	search_text TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE oauth_clients (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	client_id VARCHAR(100) NOT NULL UNIQUE CHECK (length(client_id) <= 100),
	client_secret_hash VARCHAR(256) NOT NULL CHECK (length(client_secret_hash) <= 256),
	app_id VARCHAR(100) NOT NULL CHECK (length(app_id) <= 100),
	app_name VARCHAR(200) NOT NULL CHECK (length(app_name) <= 200),
	scopes TEXT,
	role VARCHAR(20) NOT NULL CHECK (role IN ('doctor', 'nurse', 'patient', 'admin', 'system')),
	description TEXT,
	contact_email VARCHAR(100) CHECK (length(contact_email) <= 100),
	is_active BOOLEAN DEFAULT TRUE CHECK (is_active IN (0, 1)),
	last_used DATETIME,
	rate_limit INTEGER DEFAULT 1000 CHECK (rate_limit BETWEEN 0 AND 100000000),
	patient_mrn VARCHAR(20) CHECK (length(patient_mrn) <= 20),
	patient_id INTEGER REFERENCES patients (id) ON DELETE NO ACTION,
	api_key_hash VARCHAR(64) UNIQUE CHECK (length(api_key_hash) <= 64),
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE appointments (
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
CREATE TABLE allergies (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	allergen VARCHAR(200) NOT NULL CHECK (length(allergen) <= 200),
	reaction TEXT,
	severity VARCHAR(20) CHECK (severity IN ('mild', 'moderate', 'severe')),
	onset_date DATE,
	status VARCHAR(20) DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
	notes TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE vital_signs (
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
CREATE TABLE lab_results (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	order_id VARCHAR(20) NOT NULL UNIQUE CHECK (length(order_id) <= 20),
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	test_name VARCHAR(200) NOT NULL CHECK (length(test_name) <= 200),
	ordered_date DATE NOT NULL,
	collected_date DATE,
	resulted_date DATE,
	status VARCHAR(20) DEFAULT 'pending' CHECK (status IN ('pending', 'in_progress', 'final')),
	ordered_by VARCHAR(100) CHECK (length(ordered_by) <= 100),
	results_json TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE clinical_notes (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	record VARCHAR(50) NOT NULL CHECK (length(record) <= 50),
	row_id BIGINT NOT NULL,
	kind VARCHAR(50) NOT NULL CHECK (length(kind) <= 50),
	text TEXT NOT NULL,
	author VARCHAR(200) CHECK (length(author) <= 200),
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE revoked_tokens (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	jti VARCHAR(64) NOT NULL UNIQUE CHECK (length(jti) <= 64),
	expires_at DATETIME NOT NULL,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE activity_log (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id BIGINT,
	patient_id BIGINT,
	action VARCHAR NOT NULL,
	entity_type VARCHAR NOT NULL,
	entity_id BIGINT,
	description TEXT NOT NULL,
	event_metadata JSON,
	ip_address VARCHAR,
	user_agent VARCHAR,
	timestamp DATETIME NOT NULL,
	chain VARCHAR,
	seq BIGINT,
	hash VARCHAR,
	created_at DATETIME,
	updated_at DATETIME
);
CREATE TABLE schema_migrations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	version INTEGER NOT NULL UNIQUE,
	name VARCHAR NOT NULL,
	applied_at DATETIME NOT NULL,
	created_at DATETIME,
	updated_at DATETIME
);
CREATE TABLE import_flags (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	table_name VARCHAR NOT NULL,
	row_id BIGINT NOT NULL,
	field VARCHAR NOT NULL,
	original TEXT,
	reason VARCHAR NOT NULL,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CONSTRAINT uq_import_flags_place UNIQUE (table_name, row_id, field, reason)
);
CREATE TABLE import_leftovers (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner_user_id BIGINT,
	patient_id BIGINT,
	source VARCHAR NOT NULL,
	table_name VARCHAR NOT NULL,
	content JSON NOT NULL,
	reason VARCHAR NOT NULL,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE idempotency_keys (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	actor VARCHAR NOT NULL,
	route VARCHAR NOT NULL,
	idempotency_key VARCHAR NOT NULL,
	body_hash VARCHAR NOT NULL,
	status INTEGER NOT NULL,
	reply TEXT,
	location VARCHAR,
	expires_at DATETIME NOT NULL,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CONSTRAINT uq_idempotency_keys UNIQUE (actor, route, idempotency_key)
);
CREATE INDEX ix_patients_last_name ON patients (last_name);
CREATE INDEX ix_patients_last_name_first_name ON patients (last_name, first_name);
CREATE INDEX ix_patients_dob ON patients (dob);
CREATE INDEX ix_oauth_clients_app_id ON oauth_clients (app_id);
CREATE INDEX ix_oauth_clients_patient_id ON oauth_clients (patient_id);
CREATE INDEX ix_appointments_date ON appointments (date);
CREATE INDEX ix_appointments_date_time ON appointments (date, time);
CREATE INDEX ix_appointments_status ON appointments (status);
CREATE INDEX ix_appointments_patient_id_date ON appointments (patient_id, date);
CREATE INDEX ix_appointments_provider_id_date ON appointments (provider_id, date);
CREATE INDEX ix_medications_status ON medications (status);
CREATE INDEX ix_medications_patient_id ON medications (patient_id);
CREATE INDEX ix_allergies_patient_id ON allergies (patient_id);
CREATE INDEX ix_vital_signs_recorded_date ON vital_signs (recorded_date);
CREATE INDEX ix_vital_signs_patient_id_recorded_date ON vital_signs (patient_id, recorded_date);
CREATE INDEX ix_lab_results_resulted_date ON lab_results (resulted_date);
CREATE INDEX ix_lab_results_patient_id ON lab_results (patient_id);
CREATE INDEX ix_clinical_notes_record_row_id ON clinical_notes (record, row_id);
CREATE INDEX idx_activity_log_patient_id ON activity_log (patient_id);
CREATE INDEX idx_activity_log_user_id ON activity_log (user_id);
CREATE INDEX idx_import_leftovers_owner ON import_leftovers (owner_user_id);
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys (expires_at);

-- upgrade postgres
CREATE TABLE patients (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	mrn VARCHAR(20) COLLATE "C" NOT NULL UNIQUE,
	first_name VARCHAR(50) COLLATE "C" NOT NULL,
	last_name VARCHAR(50) COLLATE "C" NOT NULL,
	dob DATE NOT NULL,
	gender VARCHAR(20) COLLATE "C",
	ssn VARCHAR(20) COLLATE "C",
	email VARCHAR(100) COLLATE "C",
	phone VARCHAR(20) COLLATE "C",
	street VARCHAR(200) COLLATE "C",
	city VARCHAR(100) COLLATE "C",
	state VARCHAR(50) COLLATE "C",
	zip_code VARCHAR(20) COLLATE "C",
	insurance_provider VARCHAR(100) COLLATE "C",
	policy_number VARCHAR(50) COLLATE "C",
	group_number VARCHAR(50) COLLATE "C",
	emergency_contact_name VARCHAR(100) COLLATE "C",
	emergency_contact_relationship VARCHAR(50) COLLATE "C",
	emergency_contact_phone VARCHAR(20) COLLATE "C",
	search_text TEXT COLLATE "C",
	created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
	updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE providers (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	npi VARCHAR(20) COLLATE "C" NOT NULL UNIQUE,
	name VARCHAR(100) COLLATE "C" NOT NULL,
	specialty VARCHAR(100) COLLATE "C",
	department VARCHAR(100) COLLATE "C",
	phone VARCHAR(20) COLLATE "C",
	email VARCHAR(100) COLLATE "C",
	accepting_new_patients BOOLEAN DEFAULT TRUE,
	search_text TEXT COLLATE "C",
	created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
	updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE oauth_clients (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	client_id VARCHAR(100) COLLATE "C" NOT NULL UNIQUE,
	client_secret_hash VARCHAR(256) COLLATE "C" NOT NULL,
	app_id VARCHAR(100) COLLATE "C" NOT NULL,
	app_name VARCHAR(200) COLLATE "C" NOT NULL,
	scopes TEXT COLLATE "C",
	role VARCHAR(20) COLLATE "C" NOT NULL CHECK (role IN ('doctor', 'nurse', 'patient', 'admin', 'system')),
	description TEXT COLLATE "C",
	contact_email VARCHAR(100) COLLATE "C",
	is_active BOOLEAN DEFAULT TRUE,
	last_used TIMESTAMPTZ,
	rate_limit INTEGER DEFAULT 1000 CHECK (rate_limit BETWEEN 0 AND 100000000),
	patient_mrn VARCHAR(20) COLLATE "C",
	patient_id INTEGER,
	api_key_hash VARCHAR(64) COLLATE "C" UNIQUE,
	created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
	updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE appointments (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	appointment_id VARCHAR(20) COLLATE "C" NOT NULL UNIQUE,
	patient_id INTEGER NOT NULL,
	provider_id INTEGER NOT NULL,
	date DATE NOT NULL,
	time VARCHAR(20) COLLATE "C" NOT NULL,
	duration_minutes INTEGER DEFAULT 30 CHECK (duration_minutes BETWEEN 0 AND 480),
	appointment_type VARCHAR(50) COLLATE "C",
	department VARCHAR(100) COLLATE "C",
	location VARCHAR(200) COLLATE "C",
	status VARCHAR(20) COLLATE "C" DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'completed', 'cancelled')),
	reason TEXT COLLATE "C",
	notes TEXT COLLATE "C",
	created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
	updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE medications (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	medication_id VARCHAR(20) COLLATE "C" NOT NULL UNIQUE,
	patient_id INTEGER NOT NULL,
	name VARCHAR(200) COLLATE "C" NOT NULL,
	dosage VARCHAR(50) COLLATE "C",
	frequency VARCHAR(100) COLLATE "C",
	route VARCHAR(50) COLLATE "C",
	prescribed_date DATE NOT NULL,
	prescriber VARCHAR(100) COLLATE "C",
	status VARCHAR(20) COLLATE "C" DEFAULT 'active' CHECK (status IN ('active', 'discontinued', 'completed')),
	refills_remaining INTEGER DEFAULT 0 CHECK (refills_remaining BETWEEN 0 AND 1000),
	notes TEXT COLLATE "C",
	created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
	updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE allergies (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	allergen VARCHAR(200) COLLATE "C" NOT NULL,
	reaction TEXT COLLATE "C",
	severity VARCHAR(20) COLLATE "C" CHECK (severity IN ('mild', 'moderate', 'severe')),
	onset_date DATE,
	status VARCHAR(20) COLLATE "C" DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
	notes TEXT COLLATE "C",
	created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
	updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE vital_signs (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	recorded_date TIMESTAMPTZ NOT NULL,
	systolic_bp INTEGER CHECK (systolic_bp BETWEEN 0 AND 300),
	diastolic_bp INTEGER CHECK (diastolic_bp BETWEEN 0 AND 200),
	heart_rate INTEGER CHECK (heart_rate BETWEEN 0 AND 300),
	temperature DOUBLE PRECISION CHECK (temperature BETWEEN 0 AND 115),
	respiratory_rate INTEGER CHECK (respiratory_rate BETWEEN 0 AND 80),
	oxygen_saturation INTEGER CHECK (oxygen_saturation BETWEEN 0 AND 100),
	weight DOUBLE PRECISION CHECK (weight BETWEEN 0 AND 1500),
	height DOUBLE PRECISION CHECK (height BETWEEN 0 AND 108),
	bmi DOUBLE PRECISION,
	recorded_by VARCHAR(100) COLLATE "C",
	notes TEXT COLLATE "C",
	created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
	updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE lab_results (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	order_id VARCHAR(20) COLLATE "C" NOT NULL UNIQUE,
	patient_id INTEGER NOT NULL,
	test_name VARCHAR(200) COLLATE "C" NOT NULL,
	ordered_date DATE NOT NULL,
	collected_date DATE,
	resulted_date DATE,
	status VARCHAR(20) COLLATE "C" DEFAULT 'pending' CHECK (status IN ('pending', 'in_progress', 'final')),
	ordered_by VARCHAR(100) COLLATE "C",
	results_json TEXT COLLATE "C",
	created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
	updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE clinical_notes (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	record VARCHAR(50) COLLATE "C" NOT NULL,
	row_id BIGINT NOT NULL,
	kind VARCHAR(50) COLLATE "C" NOT NULL,
	text TEXT COLLATE "C" NOT NULL,
	author VARCHAR(200) COLLATE "C",
	created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
	updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE revoked_tokens (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	jti VARCHAR(64) COLLATE "C" NOT NULL UNIQUE,
	expires_at TIMESTAMPTZ NOT NULL,
	created_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
	updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE activity_log (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	user_id BIGINT,
	patient_id BIGINT,
	action VARCHAR COLLATE "C" NOT NULL,
	entity_type VARCHAR COLLATE "C" NOT NULL,
	entity_id BIGINT,
	description TEXT COLLATE "C" NOT NULL,
	event_metadata JSON,
	ip_address VARCHAR COLLATE "C",
	user_agent VARCHAR COLLATE "C",
	timestamp TIMESTAMPTZ NOT NULL,
	chain VARCHAR COLLATE "C",
	seq BIGINT,
	hash VARCHAR COLLATE "C",
	created_at TIMESTAMPTZ,
	updated_at TIMESTAMPTZ
);
CREATE TABLE schema_migrations (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	version INTEGER NOT NULL UNIQUE,
	name VARCHAR COLLATE "C" NOT NULL,
	applied_at TIMESTAMPTZ NOT NULL,
	created_at TIMESTAMPTZ,
	updated_at TIMESTAMPTZ
);
CREATE TABLE import_flags (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	table_name VARCHAR COLLATE "C" NOT NULL,
	row_id BIGINT NOT NULL,
	field VARCHAR COLLATE "C" NOT NULL,
	original TEXT COLLATE "C",
	reason VARCHAR COLLATE "C" NOT NULL,
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL,
	CONSTRAINT uq_import_flags_place UNIQUE (table_name, row_id, field, reason)
);
CREATE TABLE import_leftovers (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	owner_user_id BIGINT,
	patient_id BIGINT,
	source VARCHAR COLLATE "C" NOT NULL,
	table_name VARCHAR COLLATE "C" NOT NULL,
	content JSONB NOT NULL,
	reason VARCHAR COLLATE "C" NOT NULL,
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE idempotency_keys (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	actor VARCHAR COLLATE "C" NOT NULL,
	route VARCHAR COLLATE "C" NOT NULL,
	idempotency_key VARCHAR COLLATE "C" NOT NULL,
	body_hash VARCHAR COLLATE "C" NOT NULL,
	status INTEGER NOT NULL,
	reply TEXT COLLATE "C",
	location VARCHAR COLLATE "C",
	expires_at TIMESTAMPTZ NOT NULL,
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL,
	CONSTRAINT uq_idempotency_keys UNIQUE (actor, route, idempotency_key)
);
CREATE INDEX ix_patients_last_name ON patients (last_name);
CREATE INDEX ix_patients_last_name_first_name ON patients (last_name, first_name);
CREATE INDEX ix_patients_dob ON patients (dob);
CREATE INDEX ix_oauth_clients_app_id ON oauth_clients (app_id);
CREATE INDEX ix_oauth_clients_patient_id ON oauth_clients (patient_id);
CREATE INDEX ix_appointments_date ON appointments (date);
CREATE INDEX ix_appointments_date_time ON appointments (date, time);
CREATE INDEX ix_appointments_status ON appointments (status);
CREATE INDEX ix_appointments_patient_id_date ON appointments (patient_id, date);
CREATE INDEX ix_appointments_provider_id_date ON appointments (provider_id, date);
CREATE INDEX ix_medications_status ON medications (status);
CREATE INDEX ix_medications_patient_id ON medications (patient_id);
CREATE INDEX ix_allergies_patient_id ON allergies (patient_id);
CREATE INDEX ix_vital_signs_recorded_date ON vital_signs (recorded_date);
CREATE INDEX ix_vital_signs_patient_id_recorded_date ON vital_signs (patient_id, recorded_date);
CREATE INDEX ix_lab_results_resulted_date ON lab_results (resulted_date);
CREATE INDEX ix_lab_results_patient_id ON lab_results (patient_id);
CREATE INDEX ix_clinical_notes_record_row_id ON clinical_notes (record, row_id);
CREATE INDEX idx_activity_log_patient_id ON activity_log (patient_id);
CREATE INDEX idx_activity_log_user_id ON activity_log (user_id);
CREATE INDEX idx_import_leftovers_owner ON import_leftovers (owner_user_id);
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys (expires_at);
ALTER TABLE oauth_clients ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE NO ACTION;
ALTER TABLE appointments ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE appointments ADD FOREIGN KEY (provider_id) REFERENCES providers (id) ON DELETE NO ACTION;
ALTER TABLE medications ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE allergies ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE vital_signs ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE lab_results ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
