CREATE TABLE sessions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	token_id VARCHAR NOT NULL UNIQUE,
	expires_at DATETIME NOT NULL,
	last_used_at DATETIME NOT NULL,
	ip_address VARCHAR,
	user_agent VARCHAR,
	ended_at DATETIME,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX ix_sessions_user_id ON sessions (user_id);
