CREATE TABLE proposals (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	client_row BIGINT NOT NULL,
	client_id VARCHAR(100) NOT NULL CHECK (length(client_id) <= 100),
	patient_id INTEGER REFERENCES patients (id) ON DELETE CASCADE,
	tool VARCHAR(100) NOT NULL CHECK (length(tool) <= 100),
	arguments TEXT NOT NULL,
	status VARCHAR(20) NOT NULL CHECK (status IN ('pending', 'accepted', 'refused')),
	expires_at DATETIME NOT NULL,
	decided_by VARCHAR(200) CHECK (length(decided_by) <= 200),
	decided_at DATETIME,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_proposals_status ON proposals (status);
CREATE INDEX ix_proposals_patient_id ON proposals (patient_id);
