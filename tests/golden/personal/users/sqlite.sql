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
	password_once BOOLEAN CHECK (password_once IN (0, 1)),
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX idx_users_email ON users (email);
CREATE INDEX ix_users_active_patient_id ON users (active_patient_id);
