CREATE TABLE providers (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	npi VARCHAR(20) NOT NULL UNIQUE CHECK (length(npi) <= 20),
	name VARCHAR(100) NOT NULL CHECK (length(name) <= 100),
	specialty VARCHAR(100) CHECK (length(specialty) <= 100),
	department VARCHAR(100) CHECK (length(department) <= 100),
	phone VARCHAR(20) CHECK (length(phone) <= 20),
	email VARCHAR(100) CHECK (length(email) <= 100),
	accepting_new_patients BOOLEAN DEFAULT TRUE CHECK (accepting_new_patients IN (0, 1)),
	search_text TEXT,
	created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
	updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
