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
CREATE INDEX ix_patients_last_name ON patients (last_name);
CREATE INDEX ix_patients_last_name_first_name ON patients (last_name, first_name);
CREATE INDEX ix_patients_dob ON patients (dob);
