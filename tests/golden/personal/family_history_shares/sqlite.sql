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
CREATE UNIQUE INDEX unique_active_family_history_share_partial ON family_history_shares (family_member_id, shared_with_user_id) WHERE is_active = TRUE;
CREATE INDEX ix_family_history_shares_invitation_id ON family_history_shares (invitation_id);
CREATE INDEX ix_family_history_shares_family_member_id ON family_history_shares (family_member_id);
CREATE INDEX ix_family_history_shares_shared_by_user_id ON family_history_shares (shared_by_user_id);
CREATE INDEX ix_family_history_shares_shared_with_user_id ON family_history_shares (shared_with_user_id);
