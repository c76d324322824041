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
CREATE UNIQUE INDEX unique_patient_share ON patient_shares (patient_id, shared_with_user_id);
CREATE INDEX idx_patient_shares_with_patient ON patient_shares (shared_with_user_id, patient_id);
CREATE INDEX ix_patient_shares_shared_by_user_id ON patient_shares (shared_by_user_id);
CREATE INDEX ix_patient_shares_invitation_id ON patient_shares (invitation_id);
