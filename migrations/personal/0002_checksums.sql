-- revision: 0002
-- parent: 0001
-- kind: schema
-- summary: Keep the checksum of every revision that was applied.

-- upgrade sqlite
ALTER TABLE schema_migrations ADD COLUMN checksum VARCHAR;

-- upgrade postgres
ALTER TABLE schema_migrations ADD COLUMN checksum VARCHAR COLLATE "C";

-- downgrade sqlite
ALTER TABLE schema_migrations DROP COLUMN checksum;

-- downgrade postgres
ALTER TABLE schema_migrations DROP COLUMN checksum;
