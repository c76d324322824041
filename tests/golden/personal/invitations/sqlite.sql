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
CREATE INDEX ix_invitations_sent_by_user_id ON invitations (sent_by_user_id);
CREATE INDEX ix_invitations_sent_to_user_id ON invitations (sent_to_user_id);
