CREATE TABLE emergency_contacts (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	patient_id INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
	name VARCHAR NOT NULL,
	relationship VARCHAR NOT NULL CHECK (relationship IN ('spouse', 'parent', 'child', 'sibling', 'grandparent', 'grandchild', 'aunt', 'uncle', 'cousin', 'friend', 'neighbor', 'caregiver', 'guardian', 'partner', 'other')),
	phone_number VARCHAR NOT NULL,
	secondary_phone VARCHAR,
	email VARCHAR,
	is_primary BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_primary IN (0, 1)),
	is_active BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_active IN (0, 1)),
	address VARCHAR,
	notes TEXT,
	created_at DATETIME NOT NULL,
	updated_at DATETIME NOT NULL
);
CREATE INDEX idx_emergency_contacts_patient_id ON emergency_contacts (patient_id);
CREATE UNIQUE INDEX unique_emergency_contacts_primary ON emergency_contacts (patient_id) WHERE is_primary = TRUE;
