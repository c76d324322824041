CREATE TABLE report_generation_audit (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
	report_type VARCHAR(50) NOT NULL CHECK (length(report_type) <= 50),
	categories_included JSON,
	total_records INTEGER,
	generation_time_ms INTEGER,
	file_size_bytes BIGINT,
	status VARCHAR(20) NOT NULL DEFAULT 'success' CHECK (status IN ('success', 'failed', 'timeout')),
	error_details TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME
);
CREATE INDEX idx_report_audit_user_created ON report_generation_audit (user_id, created_at);
CREATE INDEX idx_report_audit_status ON report_generation_audit (status);
CREATE INDEX idx_report_audit_created_at ON report_generation_audit (created_at);
