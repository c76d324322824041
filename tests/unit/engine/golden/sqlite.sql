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
	checksum VARCHAR,
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
CREATE TABLE patients (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name VARCHAR(40) NOT NULL CHECK (length(name) <= 40),
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE doctors (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	email VARCHAR UNIQUE,
	created_at DATETIME,
	updated_at DATETIME
);
CREATE TABLE troubles (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	name VARCHAR NOT NULL,
	created_at DATETIME,
	updated_at DATETIME
);
CREATE TABLE items (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	trouble_id INTEGER NOT NULL REFERENCES troubles (id) ON DELETE CASCADE,
	body VARCHAR,
	created_at DATETIME,
	updated_at DATETIME
);
CREATE TABLE notes (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	doctor_id INTEGER REFERENCES doctors (id) ON DELETE NO ACTION,
	trouble_id INTEGER REFERENCES troubles (id) ON DELETE SET NULL,
	title VARCHAR(20) NOT NULL CHECK (length(title) <= 20),
	body TEXT,
	score INTEGER CHECK (score BETWEEN 1 AND 10),
	weight REAL CHECK (weight BETWEEN 0 AND 500),
	done BOOLEAN NOT NULL DEFAULT FALSE CHECK (done IN (0, 1)),
	day DATE,
	at DATETIME,
	kind VARCHAR NOT NULL DEFAULT 'plain' CHECK (kind IN ('plain', 'on-hold', 'it''s')),
	tags JSON DEFAULT '[]',
	extra JSON,
	token VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (day IS NULL OR title <> ''),
	CONSTRAINT uq_notes_title UNIQUE (patient_id, title)
);
CREATE INDEX idx_activity_log_patient_id ON activity_log (patient_id, id);
CREATE INDEX idx_activity_log_user_id ON activity_log (user_id);
CREATE INDEX idx_import_leftovers_owner ON import_leftovers (owner_user_id);
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys (expires_at);
CREATE INDEX idx_idempotency_keys_location ON idempotency_keys (location);
CREATE INDEX ix_troubles_patient_id ON troubles (patient_id);
CREATE INDEX ix_items_trouble_id ON items (trouble_id);
CREATE INDEX idx_notes_patient_day ON notes (patient_id, day);
CREATE INDEX ix_notes_title_id ON notes (title, id) WHERE done = FALSE;
CREATE INDEX ix_notes_doctor_id ON notes (doctor_id);
CREATE INDEX ix_notes_trouble_id ON notes (trouble_id);
