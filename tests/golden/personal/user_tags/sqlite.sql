CREATE TABLE user_tags (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	tag VARCHAR(100) NOT NULL CHECK (length(tag) <= 100),
	created_at DATETIME NOT NULL,
	updated_at DATETIME
);
CREATE INDEX idx_user_tags_user_id ON user_tags (user_id);
CREATE INDEX idx_user_tags_tag ON user_tags (tag);
CREATE UNIQUE INDEX uq_user_tag ON user_tags (user_id, tag);
