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
	public_key TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_oauth_clients_app_id ON oauth_clients (app_id);
CREATE INDEX ix_oauth_clients_patient_id ON oauth_clients (patient_id);
