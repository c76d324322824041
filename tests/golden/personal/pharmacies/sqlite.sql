CREATE TABLE pharmacies (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	brand VARCHAR,
	street_address VARCHAR,
	city VARCHAR,
	state VARCHAR,
	zip_code VARCHAR,
	country VARCHAR,
	store_number VARCHAR,
	phone_number VARCHAR,
	fax_number VARCHAR,
	email VARCHAR,
	website VARCHAR,
	hours VARCHAR,
	drive_through BOOLEAN DEFAULT FALSE CHECK (drive_through IN (0, 1)),
	twenty_four_hour BOOLEAN DEFAULT FALSE CHECK (twenty_four_hour IN (0, 1)),
	specialty_services VARCHAR,
	added_by INTEGER REFERENCES users (id) ON DELETE NO ACTION,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX ix_pharmacies_added_by ON pharmacies (added_by);
