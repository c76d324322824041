CREATE TABLE practitioners (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	specialty VARCHAR NOT NULL,
	practice VARCHAR NOT NULL,
	phone_number VARCHAR,
	website VARCHAR,
	rating REAL CHECK (rating BETWEEN 0 AND 5),
	added_by INTEGER REFERENCES users (id) ON DELETE NO ACTION,
	created_at DATETIME,
	updated_at DATETIME
);
CREATE INDEX ix_practitioners_added_by ON practitioners (added_by);
