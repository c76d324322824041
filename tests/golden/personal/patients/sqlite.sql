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
CREATE INDEX idx_patients_owner_user_id ON patients (owner_user_id);
CREATE UNIQUE INDEX unique_patients_self_record ON patients (owner_user_id) WHERE is_self_record = TRUE;
CREATE INDEX ix_patients_user_id ON patients (user_id);
CREATE INDEX ix_patients_physician_id ON patients (physician_id);
