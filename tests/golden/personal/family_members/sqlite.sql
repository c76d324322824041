CREATE TABLE family_members (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	name VARCHAR NOT NULL,
	relationship VARCHAR NOT NULL CHECK (relationship IN ('father', 'mother', 'brother', 'sister', 'paternal_grandfather', 'paternal_grandmother', 'maternal_grandfather', 'maternal_grandmother', 'uncle', 'aunt', 'cousin', 'other')),
	gender VARCHAR CHECK (gender IN ('male', 'female', 'other')),
	birth_year INTEGER CHECK (birth_year BETWEEN 1900 AND 2030),
	death_year INTEGER CHECK (death_year BETWEEN 1900 AND 2030),
	is_deceased BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_deceased IN (0, 1)),
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL,
	CHECK (death_year IS NULL OR birth_year IS NULL OR death_year >= birth_year)
);
CREATE INDEX ix_family_members_patient_id ON family_members (patient_id);
