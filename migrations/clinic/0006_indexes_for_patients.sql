-- revision: 0006
-- parent: 0005
-- kind: schema
-- summary: Indexes for the log of one patient, and for the replies kept for a row.

-- upgrade sqlite
DROP INDEX idx_activity_log_patient_id;
CREATE INDEX idx_activity_log_patient_id ON activity_log (patient_id, id);
CREATE INDEX idx_idempotency_keys_location ON idempotency_keys (location);

-- upgrade postgres
DROP INDEX idx_activity_log_patient_id;
CREATE INDEX idx_activity_log_patient_id ON activity_log (patient_id, id);
CREATE INDEX idx_idempotency_keys_location ON idempotency_keys (location);

-- downgrade sqlite
DROP INDEX idx_activity_log_patient_id;
DROP INDEX idx_idempotency_keys_location;
CREATE INDEX idx_activity_log_patient_id ON activity_log (patient_id);

-- downgrade postgres
DROP INDEX idx_activity_log_patient_id;
DROP INDEX idx_idempotency_keys_location;
CREATE INDEX idx_activity_log_patient_id ON activity_log (patient_id);
