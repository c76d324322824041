#!/usr/bin/env node
// queries - the query examples and recommendations of the two schema documents, as SQL: each
// must run on the tables as they are, and by the indexes named beside it; on SQLite, and
// with CHARTHOUSE_TEST_DATABASE on PostgreSQL.
import { Server, Tally } from './lib/server.mjs';

const tally = new Tally('queries');
const server = await Server.start();
const postgres = Boolean(process.env.CHARTHOUSE_TEST_DATABASE);

// The words of each for "has this tag".
const TAGGED = postgres ? `tags @> '["diabetes"]'` : `EXISTS (SELECT 1 FROM json_each(tags) WHERE value = 'diabetes')`;

// [where it stands in the document, statement, indexes the plan must use]
const PERSONAL = [
	['Get Active Medications for Patient', `SELECT * FROM medications WHERE patient_id = 1 AND status = 'active' ORDER BY medication_name`, ['idx_medications_patient_status']],
	['Get Lab Results with Components', `SELECT * FROM lab_results WHERE patient_id = 1 AND status = 'completed' ORDER BY completed_date DESC`, ['idx_lab_results_patient_date']],
	['Get Lab Results with Components: the components', `SELECT * FROM lab_test_components WHERE lab_result_id IN (1, 2, 3)`, ['idx_lab_test_components_lab_result']],
	['Get Conditions with Related Medications', `SELECT c.*, m.* FROM conditions c LEFT JOIN condition_medications cm ON cm.condition_id = c.id LEFT JOIN medications m ON m.id = cm.medication_id WHERE c.patient_id = 1 AND c.status = 'active'`,
		['idx_conditions_patient_status', /condition_medications\w* \(condition_id=|condition_id=\?/]],
	['Search by Tags', `SELECT * FROM medications WHERE patient_id = 1 AND ${TAGGED}`, [postgres ? /idx_medications_patient|ix_medications_tags/ : 'idx_medications_patient']],
	...(postgres ? [['rule: GIN index on JSONB for efficient queries', `SELECT * FROM report_templates WHERE selected_records @> '[{"category": "vitals"}]'`, ['idx_report_template_selected_records']]] : []),
	...(postgres ? [['Search by Tags: whosever', `SELECT * FROM medications WHERE ${TAGGED}`, ['ix_medications_tags']]] : []),
	['Get Shared Patients for User', `SELECT p.* FROM patients p JOIN patient_shares s ON p.id = s.patient_id WHERE s.shared_with_user_id = 1 AND s.is_active = TRUE`, ['idx_patient_shares_with_patient', 'INTEGER PRIMARY KEY']],
	['Recommendation 1: patient_id first', `SELECT * FROM vitals WHERE patient_id = 1 ORDER BY id DESC LIMIT 100`, [postgres ? 'idx_vitals_patient' : 'idx_vitals_patient_id']],
	...['encounters', 'immunizations', 'procedures', 'allergies'].map((t) => ['Recommendation 1: patient_id first', `SELECT * FROM ${t} WHERE patient_id = 1`, [`idx_${t}_patient_id`]]),
	...['treatments', 'emergency_contacts', 'family_members', 'insurance'].map((t) => ['Recommendation 1: patient_id first', `SELECT * FROM ${t} WHERE patient_id = 1`, [/_patient_id/]]),
	['Recommendation 2: status + patient_id', `SELECT count(*) FROM conditions WHERE patient_id = 1 AND status = 'active'`, ['idx_conditions_patient_status']],
	['Recommendation 2: lab result + status', `SELECT * FROM lab_test_components WHERE lab_result_id = 1 AND status = 'high'`, ['idx_lab_test_components_lab_result_status']],
	['Recommendation 2: lab result + category', `SELECT * FROM lab_test_components WHERE lab_result_id = 1 AND category = 'lipids'`, ['idx_lab_test_components_lab_result_category']],
	['Recommendation 4: partial indexes', `SELECT * FROM report_templates WHERE is_active = TRUE`, ['idx_report_template_is_active']],
	['Recommendation 4: partial indexes', `SELECT * FROM report_templates WHERE shared_with_family = TRUE`, ['idx_report_template_shared_family']],
	['Recommendation 4: active shares', `SELECT * FROM family_history_shares WHERE family_member_id = 1 AND shared_with_user_id = 2 AND is_active = TRUE`, ['unique_active_family_history_share_partial']],
	['Index Strategy 1: foreign keys', `SELECT * FROM medications WHERE practitioner_id = 1`, [/practitioner_id/]],
	['Index Strategy 5: text', `SELECT * FROM lab_test_components WHERE test_name = 'WBC'`, ['idx_lab_test_components_test_name_text']],
	['Index Strategy 5: text', `SELECT * FROM lab_test_components WHERE abbreviation = 'WBC'`, ['idx_lab_test_components_abbreviation_text']],
	['rule: Composite index on (entity_type, entity_id) for efficient queries', `SELECT * FROM entity_files WHERE entity_type = 'procedure' AND entity_id = 1`, ['idx_entity_type_id']],
	['Patients', `SELECT * FROM patients WHERE owner_user_id = 1`, ['idx_patients_owner_user_id']],
	['Users', `SELECT * FROM users WHERE email = 'a@example.com'`, [/\(email=\?\)/]],
	['User Tags', `SELECT * FROM user_tags WHERE user_id = 1`, [/user_id=\?/]],
	['Report Audit', `SELECT * FROM report_generation_audit WHERE user_id = 1 AND created_at > '2024-01-01'`, ['idx_report_audit_user_created']],
];

const CLINIC = [
	['Get Patient with All Records', `SELECT p.*, COUNT(DISTINCT a.id) as appointment_count, COUNT(DISTINCT m.id) as medication_count, COUNT(DISTINCT al.id) as allergy_count, COUNT(DISTINCT v.id) as vital_sign_count, COUNT(DISTINCT l.id) as lab_result_count
		FROM patients p LEFT JOIN appointments a ON p.id = a.patient_id LEFT JOIN medications m ON p.id = m.patient_id LEFT JOIN allergies al ON p.id = al.patient_id LEFT JOIN vital_signs v ON p.id = v.patient_id LEFT JOIN lab_results l ON p.id = l.patient_id
		WHERE p.mrn = 'MRN001' GROUP BY p.id`, [/mrn=\?/]],
	['Get Complete Patient Record', `SELECT * FROM patients WHERE mrn = 'MRN001'`, [/mrn=\?/]],
	['Get Complete Patient Record: appointments', `SELECT a.*, pr.name as provider_name, pr.specialty FROM appointments a JOIN providers pr ON a.provider_id = pr.id WHERE a.patient_id = (SELECT id FROM patients WHERE mrn = 'MRN001')`, [/patient_id=\?/]],
	...['medications', 'allergies'].map((t) => [`Get Complete Patient Record: ${t}`, `SELECT * FROM ${t} WHERE patient_id = (SELECT id FROM patients WHERE mrn = 'MRN001')`, [/patient_id=\?/]]),
	['Get Complete Patient Record: vital signs', `SELECT * FROM vital_signs WHERE patient_id = (SELECT id FROM patients WHERE mrn = 'MRN001') ORDER BY recorded_date DESC`, [/patient_id=\?/]],
	['Get Complete Patient Record: lab results', `SELECT * FROM lab_results WHERE patient_id = (SELECT id FROM patients WHERE mrn = 'MRN001') ORDER BY resulted_date DESC`, [/patient_id=\?/]],
	['Get Upcoming Appointments', `SELECT a.*, p.first_name, p.last_name, pr.name as provider_name FROM appointments a JOIN patients p ON a.patient_id = p.id JOIN providers pr ON a.provider_id = pr.id WHERE a.date >= CURRENT_DATE AND a.status = 'scheduled' ORDER BY a.date, a.time`, [/(date>\?|status=\?)/]],
	['Get Active Medications', `SELECT m.*, p.first_name, p.last_name FROM medications m JOIN patients p ON m.patient_id = p.id WHERE m.status = 'active' ORDER BY p.last_name, m.name`, [/status=\?/]],
	['Recommended Indexes', `SELECT * FROM patients WHERE last_name = 'Doe'`, [/last_name=\?/]],
	['Recommended Indexes', `SELECT * FROM vital_signs WHERE recorded_date > '2024-01-01'`, [/recorded_date>\?/]],
	['Recommended Indexes', `SELECT * FROM lab_results WHERE resulted_date > '2024-01-01'`, [/resulted_date>\?/]],
	['Recommended Indexes', `SELECT * FROM oauth_clients WHERE client_id = 'x'`, [/client_id=\?/]],
	['Recommended Indexes', `SELECT * FROM oauth_clients WHERE app_id = 'x'`, [/app_id=\?/]],
	['Recommended Indexes', `SELECT * FROM providers WHERE npi = '1'`, [/npi=\?/]],
];

// A plan of PostgreSQL says "Index Cond: (mrn = ...)" where SQLite says "(mrn=?)".
function inPostgres(index) {
	if (index === 'INTEGER PRIMARY KEY') return /_pkey/;
	if (!(index instanceof RegExp)) return index;
	return new RegExp(index.source.replace(/\\([()])/g, '').replace(/(\w+)(=|>)\\\?/g, 'Index Cond: .*\\b$1\\b[^=>]*$2'));
}

// A table that is walked through although nothing else was allowed has no index for it.
async function plan_of(store, statement) {
	if (!postgres) return server.sql(store, `EXPLAIN QUERY PLAN ${statement}`);
	return server.sql(store, `SET enable_seqscan = off; EXPLAIN ${statement}`);
}

// Among indexes that begin alike, the planner of PostgreSQL needs rows to choose by.
async function fill() {
	const anna = await server.makeUser('anna');
	const { json } = await server.ask('POST', '/api/v1/lab-results/', { token: anna.token, body: { patient_id: anna.patient, test_name: 'Panel' } });
	for (const [status, n] of [['normal', 48], ['high', 2]]) {
		const components = Array.from({ length: n }, (_, i) => ({ test_name: `${status} ${i}`, value: i + 1, unit: 'U/L', status, category: 'lipids' }));
		const r = await server.ask('POST', `/api/v1/lab-test-components/lab-result/${json.id}/components/bulk`, { token: anna.token, body: { lab_result_id: json.id, components } });
		if (r.status >= 300) throw new Error(`components: ${r.status} ${r.text}`);
	}
	await server.sql('personal', 'ANALYZE lab_test_components');
}

if (postgres) await fill();
for (const [store, queries] of [['personal', PERSONAL], ['clinic', CLINIC]])
	for (const [where, statement, indexes] of queries) {
		const name = `${store}: ${where}`;
		try {
			await server.sql(store, statement);
			const plan = await plan_of(store, statement);
			for (const index of postgres ? indexes.map(inPostgres) : indexes)
				tally.hold(index instanceof RegExp ? index.test(plan) : plan.includes(index), `${name} does not use ${index}`, plan);
			tally.hold(postgres ? /Index/.test(plan) && !/Seq Scan/.test(plan) : !/SCAN (?!json_each|CONSTANT)/.test(plan), `${name} walks through a table`, plan);
		} catch (e) { tally.hold(false, `${name} is refused`, e.message); }
	}
await server.stop();
server.remove();
tally.end();
