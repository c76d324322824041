CREATE TABLE user_preferences (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
	unit_system VARCHAR NOT NULL DEFAULT 'imperial' CHECK (unit_system IN ('imperial', 'metric')),
	session_timeout_minutes INTEGER NOT NULL DEFAULT 30,
	paperless_enabled BOOLEAN NOT NULL DEFAULT FALSE CHECK (paperless_enabled IN (0, 1)),
	paperless_url VARCHAR(500) CHECK (length(paperless_url) <= 500),
	paperless_api_token_encrypted TEXT,
	paperless_username_encrypted TEXT,
	paperless_password_encrypted TEXT,
	default_storage_backend VARCHAR(20) NOT NULL DEFAULT 'local' CHECK (default_storage_backend IN ('local', 'paperless')),
	paperless_auto_sync BOOLEAN NOT NULL DEFAULT FALSE CHECK (paperless_auto_sync IN (0, 1)),
	paperless_sync_tags BOOLEAN NOT NULL DEFAULT TRUE CHECK (paperless_sync_tags IN (0, 1)),
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (session_timeout_minutes BETWEEN 5 AND 1440)
);
