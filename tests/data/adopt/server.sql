-- A made-up database of the existing server: the tables of personal-schema.md in
-- schema public, times without a zone (UTC), no CHECKs, and what years of use leave
-- behind.  Nobody in it exists.  Passwords: "<username> had this word".
CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY);
INSERT INTO alembic_version VALUES ('a1b2c3d4e5f6');

CREATE TABLE users (
	id SERIAL PRIMARY KEY, username VARCHAR UNIQUE NOT NULL, email VARCHAR UNIQUE NOT NULL,
	password_hash VARCHAR NOT NULL, full_name VARCHAR NOT NULL, role VARCHAR NOT NULL,
	auth_method VARCHAR(20) NOT NULL DEFAULT 'local', external_id VARCHAR(255) UNIQUE,
	sso_provider VARCHAR(50), sso_metadata JSON, last_sso_login TIMESTAMP,
	account_linked_at TIMESTAMP, sso_linking_preference VARCHAR(20), active_patient_id INTEGER,
	must_change_password BOOLEAN, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO users VALUES
 (3, 'Anna', 'anna@bergs.example.com', '$2b$04$y00p15kPIi4K48iv6GbnsO2eJglUbySS33d1ptxIfcDVaASZIeARi', 'Anna Berg', 'admin', 'local', NULL, NULL, NULL, NULL, NULL, NULL, 5, false, '2023-01-02 03:04:05', '2023-01-02 03:04:05.678901'),
 (4, 'carl', 'carl@bergs.example.com', '$2a$04$cxv9noyGf2/ZlBsl9p4Pxu5BMLg1qH9gAonI44moQchHo9BAQD2Ji', 'Carl Berg', 'administrator', 'local', NULL, NULL, NULL, NULL, NULL, NULL, 5, NULL, '2023-02-01 00:00:00', '2023-02-01 00:00:00'),
 (7, 'drlee', 'lee@practice.example.com', '$2y$04$NVeoHFqtEFstNf.0HK/wjejqRfIkiNRbAj8VzkkJQqvLkOYFQ3u8W', 'Dora Lee', 'doctor', 'LOCAL', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2023-03-01 00:00:00', '2023-03-01 00:00:00'),
 (8, 'nils', 'nils@practice.example.com', '$1$abcdefgh$0123456789abcdefghijkl', 'Nils Holm', 'Nurse', 'local', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2023-03-02 00:00:00', '2023-03-02 00:00:00'),
 (9, 'gast', 'gast@bergs.example.com', '', 'Gerd Gast', 'superuser', 'sso', 'g-1', 'google', '{"sub": "g-1"}', '2024-01-01 10:00:00', NULL, 'auto_link', NULL, NULL, '2023-03-03 00:00:00', '2023-03-03 00:00:00');

CREATE TABLE practitioners (
	id SERIAL PRIMARY KEY, name VARCHAR NOT NULL, specialty VARCHAR NOT NULL, practice VARCHAR NOT NULL,
	phone_number VARCHAR, website VARCHAR, rating FLOAT, created_at TIMESTAMP, updated_at TIMESTAMP);
INSERT INTO practitioners VALUES
 (2, 'Dr. Ivy Stone', 'Cardiology', 'Heart House', '+15550100', NULL, 4.5, NULL, NULL),
 (6, 'Dr. Max Ruhl', 'Family medicine', 'Ruhl', NULL, NULL, 11, '2023-01-01 00:00:00', '2023-01-01 00:00:00');

CREATE TABLE pharmacies (
	id SERIAL PRIMARY KEY, name VARCHAR NOT NULL, brand VARCHAR NOT NULL, street_address VARCHAR NOT NULL,
	city VARCHAR NOT NULL, state VARCHAR NOT NULL, zip_code VARCHAR NOT NULL, country VARCHAR NOT NULL,
	store_number VARCHAR, phone_number VARCHAR, fax_number VARCHAR, email VARCHAR, website VARCHAR,
	hours VARCHAR, drive_through BOOLEAN, twenty_four_hour BOOLEAN, specialty_services VARCHAR,
	created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO pharmacies VALUES (1, 'Corner', 'Corner', '1 Main St', 'Springfield', 'IL', '62701', 'USA', NULL, NULL, NULL, NULL, NULL, NULL, true, NULL, NULL, '2023-01-01 00:00:00', '2023-01-01 00:00:00');

CREATE TABLE patients (
	id SERIAL PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id),
	owner_user_id INTEGER NOT NULL REFERENCES users (id), is_self_record BOOLEAN NOT NULL DEFAULT FALSE,
	family_id INTEGER, relationship_to_family VARCHAR, privacy_level VARCHAR NOT NULL DEFAULT 'owner',
	external_account_id INTEGER, is_externally_accessible BOOLEAN NOT NULL DEFAULT FALSE,
	first_name VARCHAR NOT NULL, last_name VARCHAR NOT NULL, birth_date DATE NOT NULL,
	physician_id INTEGER REFERENCES practitioners (id), blood_type VARCHAR, height FLOAT, weight FLOAT,
	gender VARCHAR, address VARCHAR, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO patients VALUES
 (5, 3, 3, true, NULL, 'self', 'owner', NULL, false, 'Anna', 'Berg', '1980-02-29', 2, 'a+', 66.5, 140.25, 'Female', '1 Hill Road', '2023-01-02 03:04:05', '2023-01-02 03:04:05'),
 (6, 3, 3, false, NULL, 'child', 'OWNER', NULL, false, 'Ben', 'Berg', '2010-10-10', NULL, NULL, 400, NULL, 'other', NULL, '2023-01-02 03:04:05', '2023-01-02 03:04:05'),
 (9, 3, 4, true, NULL, 'self', 'owner', NULL, false, 'Carl', 'Berg', '1978-07-07', NULL, NULL, NULL, NULL, 'M', NULL, '2023-01-02 03:04:05', '2023-01-02 03:04:05');
ALTER TABLE users ADD FOREIGN KEY (active_patient_id) REFERENCES patients (id);

CREATE TABLE user_preferences (
	id SERIAL PRIMARY KEY, user_id INTEGER NOT NULL UNIQUE REFERENCES users (id), unit_system VARCHAR NOT NULL,
	session_timeout_minutes INTEGER NOT NULL, paperless_enabled BOOLEAN NOT NULL, paperless_url VARCHAR(500),
	paperless_api_token_encrypted TEXT, paperless_username_encrypted TEXT, paperless_password_encrypted TEXT,
	default_storage_backend VARCHAR(20) NOT NULL, paperless_auto_sync BOOLEAN NOT NULL,
	paperless_sync_tags BOOLEAN NOT NULL, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO user_preferences VALUES (1, 3, 'Metric', 60, true, 'https://paper.example.com', 'sealed-token', NULL, NULL, 'local', true, true, '2023-01-02 03:04:05', '2023-01-02 03:04:05');

CREATE TABLE medications (
	id SERIAL PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patients (id), practitioner_id INTEGER,
	pharmacy_id INTEGER, medication_name VARCHAR NOT NULL, medication_type VARCHAR, dosage VARCHAR,
	frequency VARCHAR, route VARCHAR, indication VARCHAR, effective_period_start DATE,
	effective_period_end DATE, status VARCHAR, tags JSONB, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO medications VALUES
 (11, 5, 2, 1, 'Metformin', 'prescription', '500 mg', 'twice daily', 'oral', NULL, '2023-05-01', NULL, 'Active', '["daily"]', '2023-05-01 08:00:00.5', '2023-05-01 08:00:00'),
 (12, 5, 99, NULL, 'Ibuprofen', 'otc', NULL, NULL, NULL, NULL, NULL, NULL, 'on_hold', '[1, 2]', '2023-05-02 08:00:00', '2023-05-02 08:00:00'),
 (13, 6, NULL, NULL, 'Cetirizine', NULL, NULL, NULL, NULL, NULL, '2023-06-01', '2023-07-01', 'unknown to us', NULL, '2023-05-03 08:00:00', '2023-05-03 08:00:00');

CREATE TABLE conditions (
	id SERIAL PRIMARY KEY, patient_id INTEGER NOT NULL, practitioner_id INTEGER, medication_id INTEGER,
	condition_name VARCHAR, diagnosis VARCHAR NOT NULL, notes VARCHAR, onset_date DATE, status VARCHAR NOT NULL,
	end_date DATE, severity VARCHAR, icd10_code VARCHAR, snomed_code VARCHAR, code_description VARCHAR,
	tags JSONB, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO conditions VALUES
 (21, 5, 2, 11, 'Diabetes', 'Type 2 diabetes', NULL, '2023-04-30', 'Chronic', NULL, 'Life Threatening', 'E11.9', NULL, NULL, '[]', '2023-05-01 08:00:00', '2023-05-01 08:00:00'),
 (22, 6, NULL, NULL, NULL, 'Hay fever', NULL, NULL, 'gone away', NULL, NULL, NULL, NULL, NULL, NULL, '2023-05-01 08:00:00', '2023-05-01 08:00:00');

CREATE TABLE lab_results (
	id SERIAL PRIMARY KEY, patient_id INTEGER NOT NULL, practitioner_id INTEGER, test_name VARCHAR NOT NULL,
	test_code VARCHAR, test_category VARCHAR, test_type VARCHAR, facility VARCHAR, status VARCHAR NOT NULL,
	labs_result VARCHAR, ordered_date DATE, completed_date DATE, notes TEXT, tags JSONB,
	created_at TIMESTAMP, updated_at TIMESTAMP);
INSERT INTO lab_results VALUES (31, 5, 2, 'Lipid panel', NULL, 'blood work', NULL, 'Lab One', 'in-progress', NULL, '2024-01-01', NULL, NULL, '[]', NULL, NULL);

CREATE TABLE lab_test_components (
	id SERIAL PRIMARY KEY, lab_result_id INTEGER NOT NULL, test_name VARCHAR NOT NULL, abbreviation VARCHAR,
	test_code VARCHAR, value FLOAT NOT NULL, unit VARCHAR NOT NULL, ref_range_min FLOAT, ref_range_max FLOAT,
	ref_range_text VARCHAR, status VARCHAR, category VARCHAR, display_order INTEGER, notes TEXT,
	created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO lab_test_components VALUES
 (41, 31, 'LDL', 'LDL', NULL, 0.1, 'mmol/L', 0.1, 3.3, NULL, 'Normal', 'chemistry', 1, NULL, '2024-01-02 00:00:00', '2024-01-02 00:00:00'),
 (42, 77, 'Orphan', NULL, NULL, 1, 'x', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2024-01-02 00:00:00', '2024-01-02 00:00:00');

CREATE TABLE lab_result_files (
	id SERIAL PRIMARY KEY, lab_result_id INTEGER, file_name VARCHAR NOT NULL, file_path VARCHAR NOT NULL,
	file_type VARCHAR NOT NULL, file_size INTEGER, description VARCHAR, uploaded_at TIMESTAMP NOT NULL);
INSERT INTO lab_result_files VALUES (1, 31, 'scan.pdf', '/app/uploads/../../etc/passwd', 'application/pdf', 1234, NULL, '2024-01-03 00:00:00');

CREATE TABLE vitals (
	id SERIAL PRIMARY KEY, patient_id INTEGER NOT NULL, practitioner_id INTEGER, recorded_date TIMESTAMP NOT NULL,
	systolic_bp INTEGER, diastolic_bp INTEGER, heart_rate INTEGER, temperature FLOAT, weight FLOAT, height FLOAT,
	oxygen_saturation FLOAT, respiratory_rate INTEGER, blood_glucose FLOAT, bmi FLOAT, pain_scale INTEGER,
	notes TEXT, location VARCHAR, device_used VARCHAR, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO vitals VALUES (51, 5, NULL, '2024-03-10 02:30:00', 120, 80, 64, 98.60000000000001, 140, 66, 98, 14, NULL, NULL, 12, NULL, 'home', NULL, '2024-03-10 02:30:00', '2024-03-10 02:30:00');

CREATE TABLE encounters (
	id SERIAL PRIMARY KEY, patient_id INTEGER, practitioner_id INTEGER, condition_id INTEGER, reason VARCHAR NOT NULL,
	date DATE NOT NULL, notes VARCHAR, visit_type VARCHAR, chief_complaint VARCHAR, diagnosis VARCHAR,
	treatment_plan VARCHAR, follow_up_instructions VARCHAR, duration_minutes INTEGER, location VARCHAR,
	priority VARCHAR, tags JSONB, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO encounters VALUES (61, 5, 6, 21, 'Check-up', '2024-02-02', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'URGENT', '[]', '2024-02-02 00:00:00', '2024-02-02 00:00:00');

CREATE TABLE user_tags (id SERIAL PRIMARY KEY, user_id INTEGER NOT NULL, tag VARCHAR(100) NOT NULL, created_at TIMESTAMP NOT NULL);
INSERT INTO user_tags VALUES (1, 3, 'daily', '2023-05-01 08:00:00'), (2, 3, 'daily', '2023-05-01 08:00:00');

CREATE TABLE invitations (
	id SERIAL PRIMARY KEY, sent_by_user_id INTEGER NOT NULL, sent_to_user_id INTEGER NOT NULL,
	invitation_type VARCHAR NOT NULL, status VARCHAR NOT NULL, title VARCHAR NOT NULL, message TEXT,
	context_data JSON NOT NULL, expires_at TIMESTAMP, responded_at TIMESTAMP, response_note TEXT,
	created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO invitations VALUES (1, 3, 4, 'patient_share', 'accepted', 'A chart', NULL, '{"patient_id": 6}', NULL, '2024-01-01 00:00:00', NULL, '2024-01-01 00:00:00', '2024-01-01 00:00:00');

CREATE TABLE patient_shares (
	id SERIAL PRIMARY KEY, patient_id INTEGER NOT NULL, shared_by_user_id INTEGER NOT NULL,
	shared_with_user_id INTEGER NOT NULL, permission_level VARCHAR NOT NULL, custom_permissions JSON,
	is_active BOOLEAN NOT NULL, expires_at TIMESTAMP, invitation_id INTEGER, created_at TIMESTAMP NOT NULL,
	updated_at TIMESTAMP NOT NULL);
INSERT INTO patient_shares VALUES
 (1, 6, 3, 4, 'View', NULL, true, NULL, 1, '2024-01-01 00:00:00', '2024-01-01 00:00:00'),
 (2, 6, 7, 9, 'full', NULL, true, NULL, NULL, '2024-01-01 00:00:00', '2024-01-01 00:00:00');

CREATE TABLE entity_files (
	id SERIAL PRIMARY KEY, entity_type VARCHAR(50) NOT NULL, entity_id INTEGER NOT NULL, file_name VARCHAR(255) NOT NULL,
	file_path VARCHAR(500) NOT NULL, file_type VARCHAR(100) NOT NULL, file_size INTEGER, description TEXT,
	category VARCHAR(100), uploaded_at TIMESTAMP NOT NULL, storage_backend VARCHAR(20) NOT NULL,
	paperless_document_id VARCHAR(255), paperless_task_uuid VARCHAR(255), sync_status VARCHAR(20) NOT NULL,
	last_sync_at TIMESTAMP, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO entity_files VALUES
 (1, 'visit', 61, '../../letter.pdf', '/uploads/visits/letter.pdf', 'application/pdf', 10, NULL, NULL, '2024-02-02 00:00:00', 'local', NULL, NULL, 'synced', NULL, '2024-02-02 00:00:00', '2024-02-02 00:00:00'),
 (2, 'lab-result', 999, 'gone.pdf', '/uploads/gone.pdf', 'application/pdf', 10, NULL, NULL, '2024-02-02 00:00:00', 'local', NULL, NULL, 'synced', NULL, '2024-02-02 00:00:00', '2024-02-02 00:00:00');

CREATE TABLE report_templates (
	id SERIAL PRIMARY KEY, user_id INTEGER NOT NULL, name VARCHAR(255) NOT NULL, description TEXT,
	selected_records JSONB NOT NULL, report_settings JSONB NOT NULL DEFAULT '{}', is_public BOOLEAN NOT NULL,
	shared_with_family BOOLEAN NOT NULL, is_active BOOLEAN NOT NULL, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL);
INSERT INTO report_templates VALUES (1, 3, 'For the doctor', NULL, '{"medications": {"record_ids": [11]}}', '{}', false, false, true, '2024-02-02 00:00:00', '2024-02-02 00:00:00');

CREATE TABLE report_generation_audit (
	id SERIAL PRIMARY KEY, user_id INTEGER, report_type VARCHAR(50) NOT NULL, categories_included TEXT[],
	total_records INTEGER, generation_time_ms INTEGER, file_size_bytes BIGINT, status VARCHAR(20) NOT NULL,
	error_details TEXT, created_at TIMESTAMP NOT NULL);
INSERT INTO report_generation_audit VALUES (1, 3, 'custom_report', ARRAY['medications', 'a "b", c'], 3, 20, 9000, 'success', NULL, '2024-02-02 00:00:00');

CREATE TABLE activity_log (id SERIAL PRIMARY KEY, user_id INTEGER, action VARCHAR, "timestamp" TIMESTAMP);
INSERT INTO activity_log VALUES (1, 3, 'created', '2024-01-01 00:00:00'), (2, 3, 'updated', '2024-01-01 00:00:00');
CREATE TABLE medical_equipment (id SERIAL PRIMARY KEY, patient_id INTEGER, equipment_name VARCHAR);
INSERT INTO medical_equipment VALUES (1, 5, 'CPAP');
