CREATE TABLE family_conditions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	family_member_id INTEGER NOT NULL REFERENCES family_members (id) ON DELETE CASCADE,
	condition_name VARCHAR NOT NULL,
	diagnosis_age INTEGER CHECK (diagnosis_age BETWEEN 0 AND 120),
	severity VARCHAR CHECK (severity IN ('mild', 'moderate', 'severe', 'life-threatening')),
	status VARCHAR CHECK (status IN ('active', 'resolved', 'chronic')),
	condition_type VARCHAR CHECK (condition_type IN ('cardiovascular', 'diabetes', 'cancer', 'mental_health', 'neurological', 'autoimmune', 'genetic', 'respiratory', 'endocrine', 'other')),
	notes TEXT,
	icd10_code VARCHAR,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX ix_family_conditions_family_member_id ON family_conditions (family_member_id);
