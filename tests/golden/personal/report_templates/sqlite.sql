CREATE TABLE report_templates (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE NO ACTION,
	name VARCHAR(255) NOT NULL CHECK (length(name) <= 255),
	description TEXT,
	selected_records JSON NOT NULL,
	report_settings JSON NOT NULL DEFAULT '{}',
	is_public BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_public IN (0, 1)),
	shared_with_family BOOLEAN NOT NULL DEFAULT FALSE CHECK (shared_with_family IN (0, 1)),
	is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1)),
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX idx_report_template_user_id ON report_templates (user_id);
CREATE INDEX idx_report_template_is_active ON report_templates (is_active) WHERE is_active = TRUE;
CREATE INDEX idx_report_template_shared_family ON report_templates (shared_with_family) WHERE shared_with_family = TRUE;
CREATE UNIQUE INDEX unique_user_template_name ON report_templates (user_id, name);
