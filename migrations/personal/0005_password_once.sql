-- revision: 0005
-- parent: 0004
-- kind: schema
-- summary: Remember which passwords an administrator has given, to be changed at once.

-- upgrade sqlite
ALTER TABLE users ADD COLUMN password_once BOOLEAN CHECK (password_once IN (0, 1));

-- upgrade postgres
ALTER TABLE users ADD COLUMN password_once BOOLEAN;
COMMENT ON COLUMN users.password_once IS 'Must change the password';

-- downgrade sqlite
ALTER TABLE users DROP COLUMN password_once;

-- downgrade postgres
ALTER TABLE users DROP COLUMN password_once;
