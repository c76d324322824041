-- revision: 0001
-- parent: 0000
-- kind: schema
-- summary: All tables, as they first went out.

-- upgrade sqlite
CREATE TABLE users (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	username VARCHAR NOT NULL UNIQUE,
	email VARCHAR NOT NULL UNIQUE,
	password_hash VARCHAR NOT NULL,
	full_name VARCHAR NOT NULL,
	role VARCHAR NOT NULL CHECK (role IN ('admin', 'user', 'guest', 'doctor', 'nurse', 'staff', 'administrator')),
	auth_method VARCHAR(20) NOT NULL DEFAULT 'local' CHECK (auth_method IN ('local', 'sso', 'hybrid')),
	external_id VARCHAR(255) UNIQUE CHECK (length(external_id) <= 255),
	sso_provider VARCHAR(50) CHECK (length(sso_provider) <= 50),
	sso_metadata JSON,
	last_sso_login DATETIME,
	account_linked_at DATETIME,
	sso_linking_preference VARCHAR(20) CHECK (sso_linking_preference IN ('auto_link', 'create_separate', 'always_ask')),
	active_patient_id INTEGER REFERENCES patients (id) ON DELETE NO ACTION,
	is_active BOOLEAN DEFAULT TRUE CHECK (is_active IN (0, 1)),
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE practitioners (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	specialty VARCHAR NOT NULL,
	practice VARCHAR NOT NULL,
	phone_number VARCHAR,
	website VARCHAR,
	rating REAL CHECK (rating BETWEEN 0 AND 5),
	added_by INTEGER REFERENCES users (id) ON DELETE NO ACTION,
	created_at DATETIME,
	updated_at DATETIME
);
CREATE TABLE pharmacies (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	brand VARCHAR,
	street_address VARCHAR,
	city VARCHAR,
	state VARCHAR,
	zip_code VARCHAR,
	country VARCHAR,
	store_number VARCHAR,
	phone_number VARCHAR,
	fax_number VARCHAR,
	email VARCHAR,
	website VARCHAR,
	hours VARCHAR,
	drive_through BOOLEAN DEFAULT FALSE CHECK (drive_through IN (0, 1)),
	twenty_four_hour BOOLEAN DEFAULT FALSE CHECK (twenty_four_hour IN (0, 1)),
	specialty_services VARCHAR,
	added_by INTEGER REFERENCES users (id) ON DELETE NO ACTION,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE patients (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	owner_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	is_self_record BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_self_record IN (0, 1)),
	family_id INTEGER,
	relationship_to_family VARCHAR,
	privacy_level VARCHAR NOT NULL DEFAULT 'owner' CHECK (privacy_level IN ('owner', 'private')),
	external_account_id INTEGER,
	is_externally_accessible BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_externally_accessible IN (0, 1)),
	first_name VARCHAR NOT NULL,
	last_name VARCHAR NOT NULL,
	birth_date DATE NOT NULL,
	physician_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	blood_type VARCHAR CHECK (blood_type IN ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-')),
	height REAL CHECK (height > 0) CHECK (height <= 108),
	weight REAL CHECK (weight > 0) CHECK (weight <= 992),
	gender VARCHAR CHECK (gender IN ('M', 'F', 'MALE', 'FEMALE', 'OTHER', 'U', 'UNKNOWN')),
	address VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (is_self_record = FALSE OR user_id = owner_user_id)
);
CREATE TABLE user_preferences (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
	unit_system VARCHAR NOT NULL DEFAULT 'imperial' CHECK (unit_system IN ('imperial', 'metric')),
	session_timeout_minutes INTEGER NOT NULL DEFAULT 30,
	paperless_enabled BOOLEAN NOT NULL DEFAULT FALSE CHECK (paperless_enabled IN (0, 1)),
	paperless_url VARCHAR(500) CHECK (length(paperless_url) <= 500),
	paperless_api_token_encrypted TEXT,
	paperless_username_encrypted TEXT,
	paperless_password_encrypted TEXT,
	default_storage_backend VARCHAR(20) NOT NULL DEFAULT 'local' CHECK (default_storage_backend IN ('local', 'paperless')),
	paperless_auto_sync BOOLEAN NOT NULL DEFAULT FALSE CHECK (paperless_auto_sync IN (0, 1)),
	paperless_sync_tags BOOLEAN NOT NULL DEFAULT TRUE CHECK (paperless_sync_tags IN (0, 1)),
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (session_timeout_minutes BETWEEN 5 AND 1440)
);
CREATE TABLE sessions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	token_id VARCHAR NOT NULL UNIQUE,
	expires_at DATETIME NOT NULL,
	last_used_at DATETIME NOT NULL,
	ip_address VARCHAR,
	user_agent VARCHAR,
	ended_at DATETIME,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE settings (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL UNIQUE,
	value VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE medications (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	pharmacy_id INTEGER REFERENCES pharmacies (id) ON DELETE NO ACTION,
	medication_name VARCHAR NOT NULL,
	dosage VARCHAR,
	frequency VARCHAR,
	route VARCHAR CHECK (route IN ('oral', 'injection', 'topical', 'intravenous', 'intramuscular', 'subcutaneous', 'inhalation', 'nasal', 'rectal', 'sublingual')),
	indication VARCHAR,
	effective_period_start DATE,
	effective_period_end DATE,
	status VARCHAR CHECK (status IN ('active', 'stopped', 'on-hold', 'completed', 'cancelled')),
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (effective_period_end IS NULL OR effective_period_start IS NULL OR effective_period_end >= effective_period_start)
);
CREATE TABLE conditions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	medication_id INTEGER REFERENCES medications (id) ON DELETE NO ACTION,
	condition_name VARCHAR,
	diagnosis VARCHAR NOT NULL,
	notes TEXT,
	onset_date DATE,
	status VARCHAR NOT NULL CHECK (status IN ('active', 'inactive', 'resolved', 'chronic', 'recurrence', 'relapse')),
	end_date DATE,
	severity VARCHAR CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	icd10_code VARCHAR,
	snomed_code VARCHAR,
	code_description VARCHAR,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (end_date IS NULL OR onset_date IS NULL OR end_date >= onset_date)
);
CREATE TABLE lab_results (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	test_name VARCHAR NOT NULL,
	test_code VARCHAR,
	test_category VARCHAR CHECK (test_category IN ('blood work', 'imaging', 'pathology', 'microbiology', 'chemistry', 'hematology', 'immunology', 'genetics', 'cardiology', 'pulmonology', 'other')),
	test_type VARCHAR CHECK (test_type IN ('routine', 'urgent', 'stat', 'emergency', 'follow-up', 'screening')),
	facility VARCHAR,
	status VARCHAR NOT NULL DEFAULT 'ordered' CHECK (status IN ('ordered', 'in_progress', 'completed', 'cancelled')),
	labs_result VARCHAR CHECK (labs_result IN ('normal', 'abnormal', 'critical', 'high', 'low', 'borderline', 'inconclusive')),
	ordered_date DATE,
	completed_date DATE,
	notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME,
	updated_at DATETIME,
	CHECK (completed_date IS NULL OR ordered_date IS NULL OR completed_date >= ordered_date)
);
CREATE TABLE lab_test_components (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	lab_result_id INTEGER NOT NULL REFERENCES lab_results (id) ON DELETE CASCADE,
	test_name VARCHAR NOT NULL,
	abbreviation VARCHAR,
	test_code VARCHAR,
	value REAL NOT NULL CHECK (value BETWEEN -1e+15 AND 1e+15),
	unit VARCHAR NOT NULL,
	ref_range_min REAL CHECK (ref_range_min BETWEEN -1e+15 AND 1e+15),
	ref_range_max REAL CHECK (ref_range_max BETWEEN -1e+15 AND 1e+15),
	ref_range_text VARCHAR,
	status VARCHAR CHECK (status IN ('normal', 'abnormal', 'critical', 'high', 'low', 'borderline')),
	category VARCHAR CHECK (category IN ('chemistry', 'hematology', 'immunology', 'microbiology', 'endocrinology', 'toxicology', 'genetics', 'molecular', 'pathology', 'lipids', 'other')),
	display_order INTEGER CHECK (display_order >= 0),
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE lab_result_files (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	lab_result_id INTEGER REFERENCES lab_results (id) ON DELETE CASCADE,
	file_name VARCHAR NOT NULL,
	file_path VARCHAR NOT NULL,
	file_type VARCHAR NOT NULL,
	file_size BIGINT,
	description TEXT,
	uploaded_at DATETIME NOT NULL,
	created_at DATETIME,
	updated_at DATETIME
);
CREATE TABLE allergies (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	medication_id INTEGER REFERENCES medications (id) ON DELETE NO ACTION,
	allergen VARCHAR NOT NULL,
	reaction VARCHAR NOT NULL,
	severity VARCHAR CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	onset_date DATE,
	status VARCHAR CHECK (status IN ('active', 'inactive', 'resolved', 'unconfirmed')),
	notes TEXT,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE vitals (
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
CREATE TABLE immunizations (
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
CREATE TABLE procedures (
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
CREATE TABLE treatments (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	practitioner_id INTEGER REFERENCES practitioners (id) ON DELETE NO ACTION,
	condition_id INTEGER REFERENCES conditions (id) ON DELETE NO ACTION,
	treatment_name VARCHAR NOT NULL,
	treatment_type VARCHAR NOT NULL,
	start_date DATE NOT NULL,
	end_date DATE,
	status VARCHAR CHECK (status IN ('active', 'in_progress', 'completed', 'cancelled', 'on_hold', 'planned', 'discontinued', 'stopped')),
	treatment_category VARCHAR,
	notes TEXT,
	frequency VARCHAR,
	outcome VARCHAR,
	description TEXT,
	location VARCHAR,
	dosage VARCHAR,
	tags JSON DEFAULT '[]',
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (end_date IS NULL OR end_date >= start_date)
);
CREATE TABLE encounters (
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
CREATE TABLE emergency_contacts (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	name VARCHAR NOT NULL,
	relationship VARCHAR NOT NULL CHECK (relationship IN ('spouse', 'parent', 'child', 'sibling', 'grandparent', 'grandchild', 'aunt', 'uncle', 'cousin', 'friend', 'neighbor', 'caregiver', 'guardian', 'partner', 'other')),
	phone_number VARCHAR NOT NULL,
	secondary_phone VARCHAR,
	email VARCHAR,
	is_primary BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_primary IN (0, 1)),
	is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1)),
	address VARCHAR,
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE insurance (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	insurance_type VARCHAR NOT NULL CHECK (insurance_type IN ('medical', 'dental', 'vision', 'prescription')),
	company_name VARCHAR NOT NULL,
	employer_group VARCHAR,
	member_name VARCHAR NOT NULL,
	member_id VARCHAR NOT NULL,
	group_number VARCHAR,
	plan_name VARCHAR,
	policy_holder_name VARCHAR,
	relationship_to_holder VARCHAR CHECK (relationship_to_holder IN ('self', 'spouse', 'child', 'dependent', 'other')),
	effective_date DATE NOT NULL,
	expiration_date DATE,
	status VARCHAR NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'expired', 'pending')),
	is_primary BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_primary IN (0, 1)),
	coverage_details JSON,
	contact_info JSON,
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (expiration_date IS NULL OR expiration_date >= effective_date)
);
CREATE TABLE user_tags (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	tag VARCHAR(100) NOT NULL CHECK (length(tag) <= 100),
	created_at DATETIME NOT NULL,
	updated_at DATETIME
);
CREATE TABLE family_members (
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
CREATE TABLE family_conditions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	family_member_id INTEGER NOT NULL REFERENCES family_members (id) ON DELETE CASCADE,
	condition_name VARCHAR NOT NULL,
	diagnosis_age INTEGER CHECK (diagnosis_age BETWEEN 0 AND 120),
	severity VARCHAR CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	status VARCHAR CHECK (status IN ('active', 'resolved', 'chronic')),
	condition_type VARCHAR CHECK (condition_type IN ('cardiovascular', 'diabetes', 'cancer', 'mental_health', 'neurological', 'autoimmune', 'genetic', 'respiratory', 'endocrine', 'other')),
	notes TEXT,
	icd10_code VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE invitations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	sent_by_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	sent_to_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	invitation_type VARCHAR NOT NULL CHECK (invitation_type IN ('family_history_share', 'patient_share', 'family_join')),
	status VARCHAR NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'accepted', 'rejected', 'expired', 'cancelled', 'revoked')),
	title VARCHAR NOT NULL,
	message TEXT,
	context_data JSON NOT NULL,
	expires_at DATETIME,
	responded_at DATETIME,
	response_note TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE family_history_shares (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	invitation_id INTEGER NOT NULL REFERENCES invitations (id) ON DELETE NO ACTION,
	family_member_id INTEGER NOT NULL REFERENCES family_members (id) ON DELETE CASCADE,
	shared_by_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	shared_with_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	permission_level VARCHAR NOT NULL DEFAULT 'view' CHECK (permission_level IN ('view', 'edit', 'full')),
	is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1)),
	expires_at DATETIME,
	sharing_note TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE patient_shares (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	shared_by_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	shared_with_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	permission_level VARCHAR NOT NULL CHECK (permission_level IN ('view', 'edit', 'full')),
	custom_permissions JSON,
	is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1)),
	expires_at DATETIME,
	invitation_id INTEGER REFERENCES invitations (id) ON DELETE NO ACTION,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE entity_files (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	entity_type VARCHAR(50) NOT NULL CHECK (length(entity_type) <= 50),
	entity_id INTEGER NOT NULL,
	file_name VARCHAR(255) NOT NULL CHECK (length(file_name) <= 255),
	file_path VARCHAR(500) NOT NULL CHECK (length(file_path) <= 500),
	file_type VARCHAR(100) NOT NULL CHECK (length(file_type) <= 100),
	file_size BIGINT,
	description TEXT,
	category VARCHAR(100) CHECK (length(category) <= 100),
	uploaded_at DATETIME NOT NULL,
	storage_backend VARCHAR(20) NOT NULL DEFAULT 'local' CHECK (storage_backend IN ('local', 'paperless')),
	paperless_document_id VARCHAR(255) CHECK (length(paperless_document_id) <= 255),
	paperless_task_uuid VARCHAR(255) CHECK (length(paperless_task_uuid) <= 255),
	sync_status VARCHAR(20) NOT NULL DEFAULT 'synced' CHECK (sync_status IN ('synced', 'pending', 'processing', 'failed', 'missing', 'duplicate')),
	last_sync_at DATETIME,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
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
CREATE TABLE report_templates (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	name VARCHAR(255) NOT NULL CHECK (length(name) <= 255),
	description TEXT,
	selected_records JSON NOT NULL,
	report_settings JSON NOT NULL DEFAULT '{}',
	is_public BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_public IN (0, 1)),
	shared_with_family BOOLEAN NOT NULL DEFAULT FALSE CHECK (shared_with_family IN (0, 1)),
	is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1)),
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE report_generation_audit (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
	report_type VARCHAR(50) NOT NULL CHECK (length(report_type) <= 50),
	categories_included JSON,
	total_records INTEGER,
	generation_time_ms INTEGER,
	file_size_bytes BIGINT,
	status VARCHAR(20) NOT NULL DEFAULT 'success' CHECK (status IN ('success', 'failed', 'timeout')),
	error_details TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME
);
CREATE TABLE backup_records (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	backup_type VARCHAR NOT NULL CHECK (backup_type IN ('full', 'database', 'files')),
	status VARCHAR NOT NULL CHECK (status IN ('created', 'failed', 'verified')),
	file_path VARCHAR NOT NULL,
	size_bytes BIGINT,
	description TEXT,
	compression_used BOOLEAN NOT NULL DEFAULT FALSE CHECK (compression_used IN (0, 1)),
	checksum VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME
);
CREATE TABLE lab_result_conditions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	lab_result_id INTEGER NOT NULL REFERENCES lab_results (id) ON DELETE CASCADE,
	condition_id INTEGER NOT NULL REFERENCES conditions (id) ON DELETE CASCADE,
	relevance_note VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE TABLE condition_medications (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	condition_id INTEGER NOT NULL REFERENCES conditions (id) ON DELETE CASCADE,
	medication_id INTEGER NOT NULL REFERENCES medications (id) ON DELETE CASCADE,
	relevance_note VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
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
CREATE INDEX idx_users_email ON users (email);
CREATE INDEX ix_users_active_patient_id ON users (active_patient_id);
CREATE INDEX ix_practitioners_added_by ON practitioners (added_by);
CREATE INDEX ix_pharmacies_added_by ON pharmacies (added_by);
CREATE INDEX idx_patients_owner_user_id ON patients (owner_user_id);
CREATE UNIQUE INDEX unique_patients_self_record ON patients (owner_user_id) WHERE is_self_record = TRUE;
CREATE INDEX ix_patients_user_id ON patients (user_id);
CREATE INDEX ix_patients_physician_id ON patients (physician_id);
CREATE INDEX ix_sessions_user_id ON sessions (user_id);
CREATE INDEX idx_medications_patient_id ON medications (patient_id);
CREATE INDEX idx_medications_patient_status ON medications (patient_id, status);
CREATE INDEX ix_medications_practitioner_id ON medications (practitioner_id);
CREATE INDEX ix_medications_pharmacy_id ON medications (pharmacy_id);
CREATE INDEX idx_conditions_patient_id ON conditions (patient_id);
CREATE INDEX idx_conditions_patient_status ON conditions (patient_id, status);
CREATE INDEX ix_conditions_practitioner_id ON conditions (practitioner_id);
CREATE INDEX ix_conditions_medication_id ON conditions (medication_id);
CREATE INDEX idx_lab_results_patient_id ON lab_results (patient_id);
CREATE INDEX idx_lab_results_patient_date ON lab_results (patient_id, completed_date);
CREATE INDEX ix_lab_results_practitioner_id ON lab_results (practitioner_id);
CREATE INDEX idx_lab_test_components_lab_result_id ON lab_test_components (lab_result_id);
CREATE INDEX idx_lab_test_components_status ON lab_test_components (status);
CREATE INDEX idx_lab_test_components_category ON lab_test_components (category);
CREATE INDEX idx_lab_test_components_lab_result_status ON lab_test_components (lab_result_id, status);
CREATE INDEX idx_lab_test_components_lab_result_category ON lab_test_components (lab_result_id, category);
CREATE INDEX idx_lab_test_components_test_name_text ON lab_test_components (test_name);
CREATE INDEX idx_lab_test_components_abbreviation_text ON lab_test_components (abbreviation);
CREATE INDEX ix_lab_result_files_lab_result_id ON lab_result_files (lab_result_id);
CREATE INDEX idx_allergies_patient_id ON allergies (patient_id);
CREATE INDEX ix_allergies_medication_id ON allergies (medication_id);
CREATE INDEX idx_vitals_patient_id ON vitals (patient_id);
CREATE INDEX idx_vitals_patient_recorded ON vitals (patient_id, recorded_date);
CREATE INDEX ix_vitals_practitioner_id ON vitals (practitioner_id);
CREATE INDEX idx_immunizations_patient_id ON immunizations (patient_id);
CREATE INDEX ix_immunizations_practitioner_id ON immunizations (practitioner_id);
CREATE INDEX idx_procedures_patient_id ON procedures (patient_id);
CREATE INDEX ix_procedures_practitioner_id ON procedures (practitioner_id);
CREATE INDEX ix_procedures_condition_id ON procedures (condition_id);
CREATE INDEX idx_treatments_patient_id ON treatments (patient_id);
CREATE INDEX ix_treatments_practitioner_id ON treatments (practitioner_id);
CREATE INDEX ix_treatments_condition_id ON treatments (condition_id);
CREATE INDEX idx_encounters_patient_id ON encounters (patient_id);
CREATE INDEX ix_encounters_practitioner_id ON encounters (practitioner_id);
CREATE INDEX ix_encounters_condition_id ON encounters (condition_id);
CREATE INDEX idx_emergency_contacts_patient_id ON emergency_contacts (patient_id);
CREATE UNIQUE INDEX unique_emergency_contacts_primary ON emergency_contacts (patient_id) WHERE is_primary = TRUE;
CREATE INDEX idx_insurance_patient_id ON insurance (patient_id);
CREATE UNIQUE INDEX unique_insurance_primary ON insurance (patient_id, insurance_type) WHERE is_primary = TRUE;
CREATE INDEX idx_user_tags_user_id ON user_tags (user_id);
CREATE INDEX idx_user_tags_tag ON user_tags (tag);
CREATE UNIQUE INDEX uq_user_tag ON user_tags (user_id, tag);
CREATE INDEX ix_family_members_patient_id ON family_members (patient_id);
CREATE INDEX ix_family_conditions_family_member_id ON family_conditions (family_member_id);
CREATE INDEX ix_invitations_sent_by_user_id ON invitations (sent_by_user_id);
CREATE INDEX ix_invitations_sent_to_user_id ON invitations (sent_to_user_id);
CREATE UNIQUE INDEX unique_active_family_history_share_partial ON family_history_shares (family_member_id, shared_with_user_id) WHERE is_active = TRUE;
CREATE INDEX ix_family_history_shares_invitation_id ON family_history_shares (invitation_id);
CREATE INDEX ix_family_history_shares_family_member_id ON family_history_shares (family_member_id);
CREATE INDEX ix_family_history_shares_shared_by_user_id ON family_history_shares (shared_by_user_id);
CREATE INDEX ix_family_history_shares_shared_with_user_id ON family_history_shares (shared_with_user_id);
CREATE UNIQUE INDEX unique_patient_share ON patient_shares (patient_id, shared_with_user_id);
CREATE INDEX idx_patient_shares_with_patient ON patient_shares (shared_with_user_id, patient_id);
CREATE INDEX ix_patient_shares_shared_by_user_id ON patient_shares (shared_by_user_id);
CREATE INDEX ix_patient_shares_invitation_id ON patient_shares (invitation_id);
CREATE INDEX idx_entity_type_id ON entity_files (entity_type, entity_id);
CREATE INDEX idx_category ON entity_files (category);
CREATE INDEX idx_uploaded_at ON entity_files (uploaded_at);
CREATE INDEX idx_created_at ON entity_files (created_at);
CREATE INDEX idx_storage_backend ON entity_files (storage_backend);
CREATE INDEX idx_paperless_document_id ON entity_files (paperless_document_id);
CREATE INDEX idx_sync_status ON entity_files (sync_status);
CREATE INDEX idx_patient_photos_patient_id ON patient_photos (patient_id);
CREATE UNIQUE INDEX uq_patient_photo ON patient_photos (patient_id);
CREATE INDEX ix_patient_photos_uploaded_by ON patient_photos (uploaded_by);
CREATE INDEX idx_report_template_user_id ON report_templates (user_id);
CREATE INDEX idx_report_template_is_active ON report_templates (is_active) WHERE is_active = TRUE;
CREATE INDEX idx_report_template_shared_family ON report_templates (shared_with_family) WHERE shared_with_family = TRUE;
CREATE UNIQUE INDEX unique_user_template_name ON report_templates (user_id, name);
CREATE INDEX idx_report_audit_user_created ON report_generation_audit (user_id, created_at);
CREATE INDEX idx_report_audit_status ON report_generation_audit (status);
CREATE INDEX idx_report_audit_created_at ON report_generation_audit (created_at);
CREATE INDEX ix_lab_result_conditions_lab_result_id ON lab_result_conditions (lab_result_id);
CREATE INDEX ix_lab_result_conditions_condition_id ON lab_result_conditions (condition_id);
CREATE INDEX ix_condition_medications_condition_id ON condition_medications (condition_id);
CREATE INDEX ix_condition_medications_medication_id ON condition_medications (medication_id);
CREATE INDEX idx_activity_log_patient_id ON activity_log (patient_id);
CREATE INDEX idx_activity_log_user_id ON activity_log (user_id);
CREATE INDEX idx_import_leftovers_owner ON import_leftovers (owner_user_id);
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys (expires_at);

-- upgrade postgres
CREATE TABLE users (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	username VARCHAR COLLATE "C" NOT NULL UNIQUE,
	email VARCHAR COLLATE "C" NOT NULL UNIQUE,
	password_hash VARCHAR COLLATE "C" NOT NULL,
	full_name VARCHAR COLLATE "C" NOT NULL,
	role VARCHAR COLLATE "C" NOT NULL CHECK (role IN ('admin', 'user', 'guest', 'doctor', 'nurse', 'staff', 'administrator')),
	auth_method VARCHAR(20) COLLATE "C" NOT NULL DEFAULT 'local' CHECK (auth_method IN ('local', 'sso', 'hybrid')),
	external_id VARCHAR(255) COLLATE "C" UNIQUE,
	sso_provider VARCHAR(50) COLLATE "C",
	sso_metadata JSON,
	last_sso_login TIMESTAMPTZ,
	account_linked_at TIMESTAMPTZ,
	sso_linking_preference VARCHAR(20) COLLATE "C" CHECK (sso_linking_preference IN ('auto_link', 'create_separate', 'always_ask')),
	active_patient_id INTEGER,
	is_active BOOLEAN DEFAULT TRUE,
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE practitioners (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	name VARCHAR COLLATE "C" NOT NULL,
	specialty VARCHAR COLLATE "C" NOT NULL,
	practice VARCHAR COLLATE "C" NOT NULL,
	phone_number VARCHAR COLLATE "C",
	website VARCHAR COLLATE "C",
	rating DOUBLE PRECISION CHECK (rating BETWEEN 0 AND 5),
	added_by INTEGER,
	created_at TIMESTAMPTZ,
	updated_at TIMESTAMPTZ
);
CREATE TABLE pharmacies (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	name VARCHAR COLLATE "C" NOT NULL,
	brand VARCHAR COLLATE "C",
	street_address VARCHAR COLLATE "C",
	city VARCHAR COLLATE "C",
	state VARCHAR COLLATE "C",
	zip_code VARCHAR COLLATE "C",
	country VARCHAR COLLATE "C",
	store_number VARCHAR COLLATE "C",
	phone_number VARCHAR COLLATE "C",
	fax_number VARCHAR COLLATE "C",
	email VARCHAR COLLATE "C",
	website VARCHAR COLLATE "C",
	hours VARCHAR COLLATE "C",
	drive_through BOOLEAN DEFAULT FALSE,
	twenty_four_hour BOOLEAN DEFAULT FALSE,
	specialty_services VARCHAR COLLATE "C",
	added_by INTEGER,
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE patients (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	user_id INTEGER NOT NULL,
	owner_user_id INTEGER NOT NULL,
	is_self_record BOOLEAN NOT NULL DEFAULT FALSE,
	family_id INTEGER,
	relationship_to_family VARCHAR COLLATE "C",
	privacy_level VARCHAR COLLATE "C" NOT NULL DEFAULT 'owner' CHECK (privacy_level IN ('owner', 'private')),
	external_account_id INTEGER,
	is_externally_accessible BOOLEAN NOT NULL DEFAULT FALSE,
	first_name VARCHAR COLLATE "C" NOT NULL,
	last_name VARCHAR COLLATE "C" NOT NULL,
	birth_date DATE NOT NULL,
	physician_id INTEGER,
	blood_type VARCHAR COLLATE "C" CHECK (blood_type IN ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-')),
	height DOUBLE PRECISION CHECK (height > 0) CHECK (height <= 108),
	weight DOUBLE PRECISION CHECK (weight > 0) CHECK (weight <= 992),
	gender VARCHAR COLLATE "C" CHECK (gender IN ('M', 'F', 'MALE', 'FEMALE', 'OTHER', 'U', 'UNKNOWN')),
	address VARCHAR COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL,
	CHECK (is_self_record = FALSE OR user_id = owner_user_id)
);
CREATE TABLE user_preferences (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	user_id INTEGER NOT NULL UNIQUE,
	unit_system VARCHAR COLLATE "C" NOT NULL DEFAULT 'imperial' CHECK (unit_system IN ('imperial', 'metric')),
	session_timeout_minutes INTEGER NOT NULL DEFAULT 30,
	paperless_enabled BOOLEAN NOT NULL DEFAULT FALSE,
	paperless_url VARCHAR(500) COLLATE "C",
	paperless_api_token_encrypted TEXT COLLATE "C",
	paperless_username_encrypted TEXT COLLATE "C",
	paperless_password_encrypted TEXT COLLATE "C",
	default_storage_backend VARCHAR(20) COLLATE "C" NOT NULL DEFAULT 'local' CHECK (default_storage_backend IN ('local', 'paperless')),
	paperless_auto_sync BOOLEAN NOT NULL DEFAULT FALSE,
	paperless_sync_tags BOOLEAN NOT NULL DEFAULT TRUE,
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL,
	CHECK (session_timeout_minutes BETWEEN 5 AND 1440)
);
CREATE TABLE sessions (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	user_id INTEGER NOT NULL,
	token_id VARCHAR COLLATE "C" NOT NULL UNIQUE,
	expires_at TIMESTAMPTZ NOT NULL,
	last_used_at TIMESTAMPTZ NOT NULL,
	ip_address VARCHAR COLLATE "C",
	user_agent VARCHAR COLLATE "C",
	ended_at TIMESTAMPTZ,
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE settings (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	name VARCHAR COLLATE "C" NOT NULL UNIQUE,
	value VARCHAR COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE medications (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	practitioner_id INTEGER,
	pharmacy_id INTEGER,
	medication_name VARCHAR COLLATE "C" NOT NULL,
	dosage VARCHAR COLLATE "C",
	frequency VARCHAR COLLATE "C",
	route VARCHAR COLLATE "C" CHECK (route IN ('oral', 'injection', 'topical', 'intravenous', 'intramuscular', 'subcutaneous', 'inhalation', 'nasal', 'rectal', 'sublingual')),
	indication VARCHAR COLLATE "C",
	effective_period_start DATE,
	effective_period_end DATE,
	status VARCHAR COLLATE "C" CHECK (status IN ('active', 'stopped', 'on-hold', 'completed', 'cancelled')),
	tags JSONB DEFAULT '[]',
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL,
	CHECK (effective_period_end IS NULL OR effective_period_start IS NULL OR effective_period_end >= effective_period_start)
);
CREATE TABLE conditions (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	practitioner_id INTEGER,
	medication_id INTEGER,
	condition_name VARCHAR COLLATE "C",
	diagnosis VARCHAR COLLATE "C" NOT NULL,
	notes TEXT COLLATE "C",
	onset_date DATE,
	status VARCHAR COLLATE "C" NOT NULL CHECK (status IN ('active', 'inactive', 'resolved', 'chronic', 'recurrence', 'relapse')),
	end_date DATE,
	severity VARCHAR COLLATE "C" CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	icd10_code VARCHAR COLLATE "C",
	snomed_code VARCHAR COLLATE "C",
	code_description VARCHAR COLLATE "C",
	tags JSONB DEFAULT '[]',
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL,
	CHECK (end_date IS NULL OR onset_date IS NULL OR end_date >= onset_date)
);
CREATE TABLE lab_results (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	practitioner_id INTEGER,
	test_name VARCHAR COLLATE "C" NOT NULL,
	test_code VARCHAR COLLATE "C",
	test_category VARCHAR COLLATE "C" CHECK (test_category IN ('blood work', 'imaging', 'pathology', 'microbiology', 'chemistry', 'hematology', 'immunology', 'genetics', 'cardiology', 'pulmonology', 'other')),
	test_type VARCHAR COLLATE "C" CHECK (test_type IN ('routine', 'urgent', 'stat', 'emergency', 'follow-up', 'screening')),
	facility VARCHAR COLLATE "C",
	status VARCHAR COLLATE "C" NOT NULL DEFAULT 'ordered' CHECK (status IN ('ordered', 'in_progress', 'completed', 'cancelled')),
	labs_result VARCHAR COLLATE "C" CHECK (labs_result IN ('normal', 'abnormal', 'critical', 'high', 'low', 'borderline', 'inconclusive')),
	ordered_date DATE,
	completed_date DATE,
	notes TEXT COLLATE "C",
	tags JSONB DEFAULT '[]',
	created_at TIMESTAMPTZ,
	updated_at TIMESTAMPTZ,
	CHECK (completed_date IS NULL OR ordered_date IS NULL OR completed_date >= ordered_date)
);
CREATE TABLE lab_test_components (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	lab_result_id INTEGER NOT NULL,
	test_name VARCHAR COLLATE "C" NOT NULL,
	abbreviation VARCHAR COLLATE "C",
	test_code VARCHAR COLLATE "C",
	value DOUBLE PRECISION NOT NULL CHECK (value BETWEEN -1e+15 AND 1e+15),
	unit VARCHAR COLLATE "C" NOT NULL,
	ref_range_min DOUBLE PRECISION CHECK (ref_range_min BETWEEN -1e+15 AND 1e+15),
	ref_range_max DOUBLE PRECISION CHECK (ref_range_max BETWEEN -1e+15 AND 1e+15),
	ref_range_text VARCHAR COLLATE "C",
	status VARCHAR COLLATE "C" CHECK (status IN ('normal', 'abnormal', 'critical', 'high', 'low', 'borderline')),
	category VARCHAR COLLATE "C" CHECK (category IN ('chemistry', 'hematology', 'immunology', 'microbiology', 'endocrinology', 'toxicology', 'genetics', 'molecular', 'pathology', 'lipids', 'other')),
	display_order INTEGER CHECK (display_order >= 0),
	notes TEXT COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE lab_result_files (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	lab_result_id INTEGER,
	file_name VARCHAR COLLATE "C" NOT NULL,
	file_path VARCHAR COLLATE "C" NOT NULL,
	file_type VARCHAR COLLATE "C" NOT NULL,
	file_size BIGINT,
	description TEXT COLLATE "C",
	uploaded_at TIMESTAMPTZ NOT NULL,
	created_at TIMESTAMPTZ,
	updated_at TIMESTAMPTZ
);
CREATE TABLE allergies (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	medication_id INTEGER,
	allergen VARCHAR COLLATE "C" NOT NULL,
	reaction VARCHAR COLLATE "C" NOT NULL,
	severity VARCHAR COLLATE "C" CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	onset_date DATE,
	status VARCHAR COLLATE "C" CHECK (status IN ('active', 'inactive', 'resolved', 'unconfirmed')),
	notes TEXT COLLATE "C",
	tags JSONB DEFAULT '[]',
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE vitals (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	practitioner_id INTEGER,
	recorded_date TIMESTAMPTZ NOT NULL,
	systolic_bp INTEGER CHECK (systolic_bp BETWEEN 0 AND 250),
	diastolic_bp INTEGER CHECK (diastolic_bp BETWEEN 0 AND 150),
	heart_rate INTEGER CHECK (heart_rate BETWEEN 0 AND 250),
	temperature DOUBLE PRECISION CHECK (temperature BETWEEN 0 AND 115),
	weight DOUBLE PRECISION CHECK (weight BETWEEN 0 AND 992),
	height DOUBLE PRECISION CHECK (height BETWEEN 0 AND 108),
	oxygen_saturation DOUBLE PRECISION CHECK (oxygen_saturation BETWEEN 0 AND 100),
	respiratory_rate INTEGER CHECK (respiratory_rate BETWEEN 0 AND 50),
	blood_glucose DOUBLE PRECISION CHECK (blood_glucose BETWEEN 0 AND 800),
	bmi DOUBLE PRECISION CHECK (bmi BETWEEN 0 AND 100),
	pain_scale INTEGER CHECK (pain_scale BETWEEN 0 AND 10),
	notes TEXT COLLATE "C",
	location VARCHAR COLLATE "C",
	device_used VARCHAR COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE immunizations (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER,
	practitioner_id INTEGER,
	vaccine_name VARCHAR COLLATE "C" NOT NULL,
	vaccine_trade_name VARCHAR COLLATE "C",
	date_administered DATE NOT NULL,
	dose_number INTEGER,
	ndc_number VARCHAR COLLATE "C",
	lot_number VARCHAR COLLATE "C",
	manufacturer VARCHAR COLLATE "C",
	site VARCHAR COLLATE "C",
	route VARCHAR COLLATE "C" CHECK (route IN ('intramuscular', 'subcutaneous', 'intradermal', 'oral', 'nasal', '')),
	expiration_date DATE,
	location VARCHAR COLLATE "C",
	notes TEXT COLLATE "C",
	tags JSONB DEFAULT '[]',
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL,
	CHECK (expiration_date IS NULL OR expiration_date >= date_administered)
);
CREATE TABLE procedures (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	practitioner_id INTEGER,
	condition_id INTEGER,
	procedure_name VARCHAR COLLATE "C" NOT NULL,
	procedure_type VARCHAR COLLATE "C",
	procedure_code VARCHAR COLLATE "C",
	date DATE NOT NULL,
	description TEXT COLLATE "C",
	status VARCHAR COLLATE "C" CHECK (status IN ('scheduled', 'in_progress', 'completed', 'cancelled', 'postponed')),
	notes TEXT COLLATE "C",
	facility VARCHAR COLLATE "C",
	procedure_setting VARCHAR COLLATE "C",
	procedure_complications TEXT COLLATE "C",
	procedure_duration INTEGER,
	anesthesia_type VARCHAR COLLATE "C",
	anesthesia_notes TEXT COLLATE "C",
	tags JSONB DEFAULT '[]',
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE treatments (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	practitioner_id INTEGER,
	condition_id INTEGER,
	treatment_name VARCHAR COLLATE "C" NOT NULL,
	treatment_type VARCHAR COLLATE "C" NOT NULL,
	start_date DATE NOT NULL,
	end_date DATE,
	status VARCHAR COLLATE "C" CHECK (status IN ('active', 'in_progress', 'completed', 'cancelled', 'on_hold', 'planned', 'discontinued', 'stopped')),
	treatment_category VARCHAR COLLATE "C",
	notes TEXT COLLATE "C",
	frequency VARCHAR COLLATE "C",
	outcome VARCHAR COLLATE "C",
	description TEXT COLLATE "C",
	location VARCHAR COLLATE "C",
	dosage VARCHAR COLLATE "C",
	tags JSONB DEFAULT '[]',
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL,
	CHECK (end_date IS NULL OR end_date >= start_date)
);
CREATE TABLE encounters (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER,
	practitioner_id INTEGER,
	condition_id INTEGER,
	reason VARCHAR COLLATE "C" NOT NULL,
	date DATE NOT NULL,
	notes TEXT COLLATE "C",
	visit_type VARCHAR COLLATE "C",
	chief_complaint VARCHAR COLLATE "C",
	diagnosis TEXT COLLATE "C",
	treatment_plan TEXT COLLATE "C",
	follow_up_instructions TEXT COLLATE "C",
	duration_minutes INTEGER CHECK (duration_minutes BETWEEN 0 AND 600),
	location VARCHAR COLLATE "C",
	priority VARCHAR COLLATE "C" CHECK (priority IN ('routine', 'urgent', 'emergency')),
	tags JSONB DEFAULT '[]',
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE emergency_contacts (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	name VARCHAR COLLATE "C" NOT NULL,
	relationship VARCHAR COLLATE "C" NOT NULL CHECK (relationship IN ('spouse', 'parent', 'child', 'sibling', 'grandparent', 'grandchild', 'aunt', 'uncle', 'cousin', 'friend', 'neighbor', 'caregiver', 'guardian', 'partner', 'other')),
	phone_number VARCHAR COLLATE "C" NOT NULL,
	secondary_phone VARCHAR COLLATE "C",
	email VARCHAR COLLATE "C",
	is_primary BOOLEAN NOT NULL DEFAULT FALSE,
	is_active BOOLEAN NOT NULL DEFAULT TRUE,
	address VARCHAR COLLATE "C",
	notes TEXT COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE insurance (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	insurance_type VARCHAR COLLATE "C" NOT NULL CHECK (insurance_type IN ('medical', 'dental', 'vision', 'prescription')),
	company_name VARCHAR COLLATE "C" NOT NULL,
	employer_group VARCHAR COLLATE "C",
	member_name VARCHAR COLLATE "C" NOT NULL,
	member_id VARCHAR COLLATE "C" NOT NULL,
	group_number VARCHAR COLLATE "C",
	plan_name VARCHAR COLLATE "C",
	policy_holder_name VARCHAR COLLATE "C",
	relationship_to_holder VARCHAR COLLATE "C" CHECK (relationship_to_holder IN ('self', 'spouse', 'child', 'dependent', 'other')),
	effective_date DATE NOT NULL,
	expiration_date DATE,
	status VARCHAR COLLATE "C" NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'expired', 'pending')),
	is_primary BOOLEAN NOT NULL DEFAULT FALSE,
	coverage_details JSON,
	contact_info JSON,
	notes TEXT COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL,
	CHECK (expiration_date IS NULL OR expiration_date >= effective_date)
);
CREATE TABLE user_tags (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	user_id INTEGER NOT NULL,
	tag VARCHAR(100) COLLATE "C" NOT NULL,
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ
);
CREATE TABLE family_members (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	name VARCHAR COLLATE "C" NOT NULL,
	relationship VARCHAR COLLATE "C" NOT NULL CHECK (relationship IN ('father', 'mother', 'brother', 'sister', 'paternal_grandfather', 'paternal_grandmother', 'maternal_grandfather', 'maternal_grandmother', 'uncle', 'aunt', 'cousin', 'other')),
	gender VARCHAR COLLATE "C" CHECK (gender IN ('male', 'female', 'other')),
	birth_year INTEGER CHECK (birth_year BETWEEN 0 AND 2030),
	death_year INTEGER CHECK (death_year BETWEEN 0 AND 2030),
	is_deceased BOOLEAN NOT NULL DEFAULT FALSE,
	notes TEXT COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL,
	CHECK (death_year IS NULL OR birth_year IS NULL OR death_year >= birth_year)
);
CREATE TABLE family_conditions (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	family_member_id INTEGER NOT NULL,
	condition_name VARCHAR COLLATE "C" NOT NULL,
	diagnosis_age INTEGER CHECK (diagnosis_age BETWEEN 0 AND 120),
	severity VARCHAR COLLATE "C" CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	status VARCHAR COLLATE "C" CHECK (status IN ('active', 'resolved', 'chronic')),
	condition_type VARCHAR COLLATE "C" CHECK (condition_type IN ('cardiovascular', 'diabetes', 'cancer', 'mental_health', 'neurological', 'autoimmune', 'genetic', 'respiratory', 'endocrine', 'other')),
	notes TEXT COLLATE "C",
	icd10_code VARCHAR COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE invitations (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	sent_by_user_id INTEGER NOT NULL,
	sent_to_user_id INTEGER NOT NULL,
	invitation_type VARCHAR COLLATE "C" NOT NULL CHECK (invitation_type IN ('family_history_share', 'patient_share', 'family_join')),
	status VARCHAR COLLATE "C" NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'accepted', 'rejected', 'expired', 'cancelled', 'revoked')),
	title VARCHAR COLLATE "C" NOT NULL,
	message TEXT COLLATE "C",
	context_data JSON NOT NULL,
	expires_at TIMESTAMPTZ,
	responded_at TIMESTAMPTZ,
	response_note TEXT COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE family_history_shares (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	invitation_id INTEGER NOT NULL,
	family_member_id INTEGER NOT NULL,
	shared_by_user_id INTEGER NOT NULL,
	shared_with_user_id INTEGER NOT NULL,
	permission_level VARCHAR COLLATE "C" NOT NULL DEFAULT 'view' CHECK (permission_level IN ('view', 'edit', 'full')),
	is_active BOOLEAN NOT NULL DEFAULT TRUE,
	expires_at TIMESTAMPTZ,
	sharing_note TEXT COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE patient_shares (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	shared_by_user_id INTEGER NOT NULL,
	shared_with_user_id INTEGER NOT NULL,
	permission_level VARCHAR COLLATE "C" NOT NULL CHECK (permission_level IN ('view', 'edit', 'full')),
	custom_permissions JSON,
	is_active BOOLEAN NOT NULL DEFAULT TRUE,
	expires_at TIMESTAMPTZ,
	invitation_id INTEGER,
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE entity_files (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	entity_type VARCHAR(50) COLLATE "C" NOT NULL,
	entity_id INTEGER NOT NULL,
	file_name VARCHAR(255) COLLATE "C" NOT NULL,
	file_path VARCHAR(500) COLLATE "C" NOT NULL,
	file_type VARCHAR(100) COLLATE "C" NOT NULL,
	file_size BIGINT,
	description TEXT COLLATE "C",
	category VARCHAR(100) COLLATE "C",
	uploaded_at TIMESTAMPTZ NOT NULL,
	storage_backend VARCHAR(20) COLLATE "C" NOT NULL DEFAULT 'local' CHECK (storage_backend IN ('local', 'paperless')),
	paperless_document_id VARCHAR(255) COLLATE "C",
	paperless_task_uuid VARCHAR(255) COLLATE "C",
	sync_status VARCHAR(20) COLLATE "C" NOT NULL DEFAULT 'synced' CHECK (sync_status IN ('synced', 'pending', 'processing', 'failed', 'missing', 'duplicate')),
	last_sync_at TIMESTAMPTZ,
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE patient_photos (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	patient_id INTEGER NOT NULL,
	file_name VARCHAR(255) COLLATE "C" NOT NULL,
	file_path VARCHAR(500) COLLATE "C" NOT NULL,
	file_size BIGINT,
	mime_type VARCHAR(100) COLLATE "C",
	original_name VARCHAR(255) COLLATE "C",
	width INTEGER,
	height INTEGER,
	uploaded_by INTEGER,
	uploaded_at TIMESTAMPTZ NOT NULL,
	created_at TIMESTAMPTZ,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE report_templates (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	user_id INTEGER NOT NULL,
	name VARCHAR(255) COLLATE "C" NOT NULL,
	description TEXT COLLATE "C",
	selected_records JSONB NOT NULL,
	report_settings JSONB NOT NULL DEFAULT '{}',
	is_public BOOLEAN NOT NULL DEFAULT FALSE,
	shared_with_family BOOLEAN NOT NULL DEFAULT FALSE,
	is_active BOOLEAN NOT NULL DEFAULT TRUE,
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE report_generation_audit (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	user_id INTEGER,
	report_type VARCHAR(50) COLLATE "C" NOT NULL,
	categories_included TEXT[] COLLATE "C",
	total_records INTEGER,
	generation_time_ms INTEGER,
	file_size_bytes BIGINT,
	status VARCHAR(20) COLLATE "C" NOT NULL DEFAULT 'success' CHECK (status IN ('success', 'failed', 'timeout')),
	error_details TEXT COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ
);
CREATE TABLE backup_records (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	backup_type VARCHAR COLLATE "C" NOT NULL CHECK (backup_type IN ('full', 'database', 'files')),
	status VARCHAR COLLATE "C" NOT NULL CHECK (status IN ('created', 'failed', 'verified')),
	file_path VARCHAR COLLATE "C" NOT NULL,
	size_bytes BIGINT,
	description TEXT COLLATE "C",
	compression_used BOOLEAN NOT NULL DEFAULT FALSE,
	checksum VARCHAR COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ
);
CREATE TABLE lab_result_conditions (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	lab_result_id INTEGER NOT NULL,
	condition_id INTEGER NOT NULL,
	relevance_note VARCHAR COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE condition_medications (
	id INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	condition_id INTEGER NOT NULL,
	medication_id INTEGER NOT NULL,
	relevance_note VARCHAR COLLATE "C",
	created_at TIMESTAMPTZ NOT NULL,
	updated_at TIMESTAMPTZ NOT NULL
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
CREATE INDEX idx_users_email ON users (email);
CREATE INDEX ix_users_active_patient_id ON users (active_patient_id);
CREATE INDEX ix_practitioners_added_by ON practitioners (added_by);
CREATE INDEX ix_pharmacies_added_by ON pharmacies (added_by);
CREATE INDEX idx_patients_owner_user_id ON patients (owner_user_id);
CREATE UNIQUE INDEX unique_patients_self_record ON patients (owner_user_id) WHERE is_self_record = TRUE;
CREATE INDEX ix_patients_user_id ON patients (user_id);
CREATE INDEX ix_patients_physician_id ON patients (physician_id);
CREATE INDEX ix_sessions_user_id ON sessions (user_id);
CREATE INDEX idx_medications_patient_id ON medications (patient_id);
CREATE INDEX idx_medications_patient_status ON medications (patient_id, status);
CREATE INDEX ix_medications_practitioner_id ON medications (practitioner_id);
CREATE INDEX ix_medications_pharmacy_id ON medications (pharmacy_id);
CREATE INDEX ix_medications_tags ON medications USING gin (tags);
CREATE INDEX idx_conditions_patient_id ON conditions (patient_id);
CREATE INDEX idx_conditions_patient_status ON conditions (patient_id, status);
CREATE INDEX ix_conditions_practitioner_id ON conditions (practitioner_id);
CREATE INDEX ix_conditions_medication_id ON conditions (medication_id);
CREATE INDEX ix_conditions_tags ON conditions USING gin (tags);
CREATE INDEX idx_lab_results_patient_id ON lab_results (patient_id);
CREATE INDEX idx_lab_results_patient_date ON lab_results (patient_id, completed_date);
CREATE INDEX ix_lab_results_practitioner_id ON lab_results (practitioner_id);
CREATE INDEX ix_lab_results_tags ON lab_results USING gin (tags);
CREATE INDEX idx_lab_test_components_lab_result_id ON lab_test_components (lab_result_id);
CREATE INDEX idx_lab_test_components_status ON lab_test_components (status);
CREATE INDEX idx_lab_test_components_category ON lab_test_components (category);
CREATE INDEX idx_lab_test_components_lab_result_status ON lab_test_components (lab_result_id, status);
CREATE INDEX idx_lab_test_components_lab_result_category ON lab_test_components (lab_result_id, category);
CREATE INDEX idx_lab_test_components_test_name_text ON lab_test_components (test_name);
CREATE INDEX idx_lab_test_components_abbreviation_text ON lab_test_components (abbreviation);
CREATE INDEX ix_lab_result_files_lab_result_id ON lab_result_files (lab_result_id);
CREATE INDEX idx_allergies_patient_id ON allergies (patient_id);
CREATE INDEX ix_allergies_medication_id ON allergies (medication_id);
CREATE INDEX ix_allergies_tags ON allergies USING gin (tags);
CREATE INDEX idx_vitals_patient_id ON vitals (patient_id);
CREATE INDEX idx_vitals_patient_recorded ON vitals (patient_id, recorded_date);
CREATE INDEX ix_vitals_practitioner_id ON vitals (practitioner_id);
CREATE INDEX idx_immunizations_patient_id ON immunizations (patient_id);
CREATE INDEX ix_immunizations_practitioner_id ON immunizations (practitioner_id);
CREATE INDEX ix_immunizations_tags ON immunizations USING gin (tags);
CREATE INDEX idx_procedures_patient_id ON procedures (patient_id);
CREATE INDEX ix_procedures_practitioner_id ON procedures (practitioner_id);
CREATE INDEX ix_procedures_condition_id ON procedures (condition_id);
CREATE INDEX ix_procedures_tags ON procedures USING gin (tags);
CREATE INDEX idx_treatments_patient_id ON treatments (patient_id);
CREATE INDEX ix_treatments_practitioner_id ON treatments (practitioner_id);
CREATE INDEX ix_treatments_condition_id ON treatments (condition_id);
CREATE INDEX ix_treatments_tags ON treatments USING gin (tags);
CREATE INDEX idx_encounters_patient_id ON encounters (patient_id);
CREATE INDEX ix_encounters_practitioner_id ON encounters (practitioner_id);
CREATE INDEX ix_encounters_condition_id ON encounters (condition_id);
CREATE INDEX ix_encounters_tags ON encounters USING gin (tags);
CREATE INDEX idx_emergency_contacts_patient_id ON emergency_contacts (patient_id);
CREATE UNIQUE INDEX unique_emergency_contacts_primary ON emergency_contacts (patient_id) WHERE is_primary = TRUE;
CREATE INDEX idx_insurance_patient_id ON insurance (patient_id);
CREATE UNIQUE INDEX unique_insurance_primary ON insurance (patient_id, insurance_type) WHERE is_primary = TRUE;
CREATE INDEX idx_user_tags_user_id ON user_tags (user_id);
CREATE INDEX idx_user_tags_tag ON user_tags (tag);
CREATE UNIQUE INDEX uq_user_tag ON user_tags (user_id, tag);
CREATE INDEX ix_family_members_patient_id ON family_members (patient_id);
CREATE INDEX ix_family_conditions_family_member_id ON family_conditions (family_member_id);
CREATE INDEX ix_invitations_sent_by_user_id ON invitations (sent_by_user_id);
CREATE INDEX ix_invitations_sent_to_user_id ON invitations (sent_to_user_id);
CREATE UNIQUE INDEX unique_active_family_history_share_partial ON family_history_shares (family_member_id, shared_with_user_id) WHERE is_active = TRUE;
CREATE INDEX ix_family_history_shares_invitation_id ON family_history_shares (invitation_id);
CREATE INDEX ix_family_history_shares_family_member_id ON family_history_shares (family_member_id);
CREATE INDEX ix_family_history_shares_shared_by_user_id ON family_history_shares (shared_by_user_id);
CREATE INDEX ix_family_history_shares_shared_with_user_id ON family_history_shares (shared_with_user_id);
CREATE UNIQUE INDEX unique_patient_share ON patient_shares (patient_id, shared_with_user_id);
CREATE INDEX idx_patient_shares_with_patient ON patient_shares (shared_with_user_id, patient_id);
CREATE INDEX ix_patient_shares_shared_by_user_id ON patient_shares (shared_by_user_id);
CREATE INDEX ix_patient_shares_invitation_id ON patient_shares (invitation_id);
CREATE INDEX idx_entity_type_id ON entity_files (entity_type, entity_id);
CREATE INDEX idx_category ON entity_files (category);
CREATE INDEX idx_uploaded_at ON entity_files (uploaded_at);
CREATE INDEX idx_created_at ON entity_files (created_at);
CREATE INDEX idx_storage_backend ON entity_files (storage_backend);
CREATE INDEX idx_paperless_document_id ON entity_files (paperless_document_id);
CREATE INDEX idx_sync_status ON entity_files (sync_status);
CREATE INDEX idx_patient_photos_patient_id ON patient_photos (patient_id);
CREATE UNIQUE INDEX uq_patient_photo ON patient_photos (patient_id);
CREATE INDEX ix_patient_photos_uploaded_by ON patient_photos (uploaded_by);
CREATE INDEX idx_report_template_user_id ON report_templates (user_id);
CREATE INDEX idx_report_template_is_active ON report_templates (is_active) WHERE is_active = TRUE;
CREATE INDEX idx_report_template_shared_family ON report_templates (shared_with_family) WHERE shared_with_family = TRUE;
CREATE INDEX idx_report_template_selected_records ON report_templates USING gin (selected_records);
CREATE UNIQUE INDEX unique_user_template_name ON report_templates (user_id, name);
CREATE INDEX idx_report_audit_user_created ON report_generation_audit (user_id, created_at);
CREATE INDEX idx_report_audit_status ON report_generation_audit (status);
CREATE INDEX idx_report_audit_created_at ON report_generation_audit (created_at);
CREATE INDEX ix_lab_result_conditions_lab_result_id ON lab_result_conditions (lab_result_id);
CREATE INDEX ix_lab_result_conditions_condition_id ON lab_result_conditions (condition_id);
CREATE INDEX ix_condition_medications_condition_id ON condition_medications (condition_id);
CREATE INDEX ix_condition_medications_medication_id ON condition_medications (medication_id);
CREATE INDEX idx_activity_log_patient_id ON activity_log (patient_id);
CREATE INDEX idx_activity_log_user_id ON activity_log (user_id);
CREATE INDEX idx_import_leftovers_owner ON import_leftovers (owner_user_id);
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys (expires_at);
ALTER TABLE users ADD FOREIGN KEY (active_patient_id) REFERENCES patients (id) ON DELETE NO ACTION;
ALTER TABLE practitioners ADD FOREIGN KEY (added_by) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE pharmacies ADD FOREIGN KEY (added_by) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE patients ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE patients ADD FOREIGN KEY (owner_user_id) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE patients ADD FOREIGN KEY (physician_id) REFERENCES practitioners (id) ON DELETE NO ACTION;
ALTER TABLE user_preferences ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
ALTER TABLE sessions ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
ALTER TABLE medications ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE medications ADD FOREIGN KEY (practitioner_id) REFERENCES practitioners (id) ON DELETE NO ACTION;
ALTER TABLE medications ADD FOREIGN KEY (pharmacy_id) REFERENCES pharmacies (id) ON DELETE NO ACTION;
ALTER TABLE conditions ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE conditions ADD FOREIGN KEY (practitioner_id) REFERENCES practitioners (id) ON DELETE NO ACTION;
ALTER TABLE conditions ADD FOREIGN KEY (medication_id) REFERENCES medications (id) ON DELETE NO ACTION;
ALTER TABLE lab_results ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE lab_results ADD FOREIGN KEY (practitioner_id) REFERENCES practitioners (id) ON DELETE NO ACTION;
ALTER TABLE lab_test_components ADD FOREIGN KEY (lab_result_id) REFERENCES lab_results (id) ON DELETE CASCADE;
ALTER TABLE lab_result_files ADD FOREIGN KEY (lab_result_id) REFERENCES lab_results (id) ON DELETE CASCADE;
ALTER TABLE allergies ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE allergies ADD FOREIGN KEY (medication_id) REFERENCES medications (id) ON DELETE NO ACTION;
ALTER TABLE vitals ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE vitals ADD FOREIGN KEY (practitioner_id) REFERENCES practitioners (id) ON DELETE NO ACTION;
ALTER TABLE immunizations ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE immunizations ADD FOREIGN KEY (practitioner_id) REFERENCES practitioners (id) ON DELETE NO ACTION;
ALTER TABLE procedures ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE procedures ADD FOREIGN KEY (practitioner_id) REFERENCES practitioners (id) ON DELETE NO ACTION;
ALTER TABLE procedures ADD FOREIGN KEY (condition_id) REFERENCES conditions (id) ON DELETE NO ACTION;
ALTER TABLE treatments ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE treatments ADD FOREIGN KEY (practitioner_id) REFERENCES practitioners (id) ON DELETE NO ACTION;
ALTER TABLE treatments ADD FOREIGN KEY (condition_id) REFERENCES conditions (id) ON DELETE NO ACTION;
ALTER TABLE encounters ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE encounters ADD FOREIGN KEY (practitioner_id) REFERENCES practitioners (id) ON DELETE NO ACTION;
ALTER TABLE encounters ADD FOREIGN KEY (condition_id) REFERENCES conditions (id) ON DELETE NO ACTION;
ALTER TABLE emergency_contacts ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE insurance ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE user_tags ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE family_members ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE family_conditions ADD FOREIGN KEY (family_member_id) REFERENCES family_members (id) ON DELETE CASCADE;
ALTER TABLE invitations ADD FOREIGN KEY (sent_by_user_id) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE invitations ADD FOREIGN KEY (sent_to_user_id) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE family_history_shares ADD FOREIGN KEY (invitation_id) REFERENCES invitations (id) ON DELETE NO ACTION;
ALTER TABLE family_history_shares ADD FOREIGN KEY (family_member_id) REFERENCES family_members (id) ON DELETE CASCADE;
ALTER TABLE family_history_shares ADD FOREIGN KEY (shared_by_user_id) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE family_history_shares ADD FOREIGN KEY (shared_with_user_id) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE patient_shares ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE patient_shares ADD FOREIGN KEY (shared_by_user_id) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE patient_shares ADD FOREIGN KEY (shared_with_user_id) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE patient_shares ADD FOREIGN KEY (invitation_id) REFERENCES invitations (id) ON DELETE NO ACTION;
ALTER TABLE patient_photos ADD FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;
ALTER TABLE patient_photos ADD FOREIGN KEY (uploaded_by) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE report_templates ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE NO ACTION;
ALTER TABLE report_generation_audit ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL;
ALTER TABLE lab_result_conditions ADD FOREIGN KEY (lab_result_id) REFERENCES lab_results (id) ON DELETE CASCADE;
ALTER TABLE lab_result_conditions ADD FOREIGN KEY (condition_id) REFERENCES conditions (id) ON DELETE CASCADE;
ALTER TABLE condition_medications ADD FOREIGN KEY (condition_id) REFERENCES conditions (id) ON DELETE CASCADE;
ALTER TABLE condition_medications ADD FOREIGN KEY (medication_id) REFERENCES medications (id) ON DELETE CASCADE;
