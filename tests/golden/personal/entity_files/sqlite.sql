CREATE TABLE entity_files (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	entity_type VARCHAR(50) NOT NULL CHECK (length(entity_type) <= 50),
	entity_id INTEGER NOT NULL,
	file_name VARCHAR(255) NOT NULL CHECK (length(file_name) <= 255),
	file_path VARCHAR(500) NOT NULL CHECK (length(file_path) <= 500),
	file_type VARCHAR(100) NOT NULL CHECK (length(file_type) <= 100),
	file_size BIGINT,
	description TEXT,
	category VARCHAR(100) CHECK (length(category) <= 100),
	uploaded_at DATETIME NOT NULL,
	storage_backend VARCHAR(20) NOT NULL DEFAULT 'local' CHECK (storage_backend IN ('local', 'paperless')),
	paperless_document_id VARCHAR(255) CHECK (length(paperless_document_id) <= 255),
	paperless_task_uuid VARCHAR(255) CHECK (length(paperless_task_uuid) <= 255),
	sync_status VARCHAR(20) NOT NULL DEFAULT 'synced' CHECK (sync_status IN ('synced', 'pending', 'processing', 'failed', 'missing', 'duplicate')),
	last_sync_at DATETIME,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX idx_entity_type_id ON entity_files (entity_type, entity_id);
CREATE INDEX idx_category ON entity_files (category);
CREATE INDEX idx_uploaded_at ON entity_files (uploaded_at);
CREATE INDEX idx_created_at ON entity_files (created_at);
CREATE INDEX idx_storage_backend ON entity_files (storage_backend);
CREATE INDEX idx_paperless_document_id ON entity_files (paperless_document_id);
CREATE INDEX idx_sync_status ON entity_files (sync_status);
