#!/usr/bin/env node
// contract - what personal-api.md prints, route by route: statuses, the members of answers
// and of their parts, sentences, orders and roundings, held against the server's answers.
// Other tests ask whether rules hold; this one, whether a client of old sees what it knows.
import { Server, Tally } from './lib/server.mjs';

const tally = new Tally('contract');
const server = await Server.start();
let anna = await server.makeUser('anna');
const ben = await server.makeUser('ben');
const ENVELOPE = ['data', 'status', 'message', 'error_code', 'description', 'detail'];
const f = (words) => words.split(/[ ,]+/);
const ids = (rows) => rows.map?.((row) => row.id).join();
const day = (n) => new Date(Date.now() + n * 86400000).toISOString().slice(0, 10);

function unlike(object, keys) {
	const have = Object.keys(object ?? {});
	const wrong = [...keys.filter((k) => !have.includes(k)).map((k) => `-${k}`), ...have.filter((k) => !keys.includes(k)).map((k) => `+${k}`)];
	return wrong.join(' ');
}

// One request.  status; keys: exactly these members; elem: of the first element; is: of the
// whole; raw: its text; msg, desc, code: of the envelope; v: texts of validation_errors.
async function t(method, path, { who = anna, body, status = 200, keys, elem, msg, desc, code, v = [], is, raw } = {}) {
	const r = await server.ask(method, `/api/v1${path}`, { token: who?.token, body });
	const j = r.json, claim = (ok, words) => tally.hold(ok, `${method} ${path.slice(0, 120)}: ${words}`, `${r.status} ${r.text.slice(0, 500)}`);
	claim(r.status === status, `is not ${status}`);
	if (keys) claim(!unlike(j, keys), `members ${unlike(j, keys)}`);
	if (elem) claim(Array.isArray(j) && j.length > 0 && !unlike(j[0], elem), `members ${unlike(j?.[0], elem)}`);
	if (is) claim(j !== undefined && is(j), String(is));
	if (raw) claim(raw.test(r.text), String(raw));
	if (status >= 400 && status !== 405) claim(!unlike(j, status === 422 ? [...ENVELOPE, 'validation_errors'] : ENVELOPE), 'the envelope');
	if (msg) claim(j?.message === msg && j?.detail === msg, `does not say "${msg}"`);
	if (desc) claim(j?.description === desc, `is not described as "${desc}"`);
	if (code) claim(j?.error_code === code, `has no code ${code}`);
	for (const text of [].concat(v)) claim(j?.validation_errors?.some((e) => e.includes(text)) && j.detail.every((d) => Object.keys(d).join() === 'type,loc,msg'), `does not say "${text}"`);
	return j;
}

let P = anna.patient;

const prac = await t('POST', '/practitioners/', { body: { name: ' Dr. Who ', specialty: 'Cardiology', practice: 'Tardis', phone_number: '1-555-123-4567', website: 'example.com', rating: 4.26 }, keys: f('name specialty practice phone_number website rating id'), is: (j) => j.phone_number === '5551234567' && j.website === 'https://example.com' && j.rating === 4.3 && j.name === 'Dr. Who' });
const PK = f('name specialty practice phone_number website rating id');
await t('GET', `/practitioners/${prac.id}`, { keys: PK });
await t('GET', '/practitioners/?specialty=CARD', { elem: PK });
await t('GET', '/practitioners/search/by-name?name=who', { elem: PK });
await t('GET', '/practitioners/search/by-name?name=w', { status: 422 });
await t('GET', '/practitioners/search/by-name', { status: 422, v: 'Field required' });
await t('GET', '/practitioners/specialties', { keys: ['specialties'] });
await t('GET', '/practitioners/99999', { status: 404, msg: 'Practitioner not found', desc: 'The requested practitioner does not exist', code: 'NOT-404' });
await t('PUT', `/practitioners/${prac.id}`, { body: { rating: 7 }, status: 422, v: 'Rating must be between 0 and 5' });
await t('POST', '/practitioners/', { body: { name: 'D', specialty: 'C', practice: 'T', phone_number: '123', website: 'not a url' }, status: 422, v: ['Practitioner name must be at least 2 characters long', 'Specialty must be at least 2 characters long', 'Practice must be at least 2 characters long', 'Phone number must be between 10-15 digits', 'Please enter a valid website URL'] });
await t('PUT', `/practitioners/${prac.id}`, { body: { phone_number: ' ', website: '' }, is: (j) => j.phone_number === null && j.website === null });
// pharmacies
const FK = f('name brand street_address city state zip_code country store_number phone_number fax_number email website hours drive_through twenty_four_hour specialty_services id created_at updated_at');
const ph = await t('POST', '/pharmacies/', { body: { name: 'Corner Pharmacy', state: 'TX', zip_code: '12345-6789', phone_number: '555-123-4567', brand: '' }, keys: FK, is: (j) => j.drive_through === false && j.twenty_four_hour === false && j.phone_number === '5551234567' && j.brand === null });
await t('GET', '/pharmacies/', { elem: FK });
await t('POST', '/pharmacies/', { body: { name: 'ab', zip_code: '1234', email: 'x', brand: 'b' }, status: 422, v: ['Pharmacy name must be at least 3 characters long', 'ZIP code must be in format 12345 or 12345-6789', 'value is not a valid email address'] });
await t('PUT', `/pharmacies/${ph.id}`, { body: { name: null }, status: 422 });
await t('GET', '/pharmacies/99999', { status: 404, msg: 'Pharmacy not found' });
// medications
const MK = f('id medication_name dosage frequency route indication effective_period_start effective_period_end status practitioner_id pharmacy_id tags patient_id practitioner pharmacy');
const med = await t('POST', '/medications/', { body: { patient_id: P, medication_name: ' Aspirin ', route: 'ORAL', status: '', practitioner_id: prac.id, pharmacy_id: ph.id, tags: [' Heart Care ', 'heart care', 'B'] }, keys: MK, is: (j) => j.medication_name === 'Aspirin' && j.route === 'oral' && j.status === null && j.tags.sort().join() === 'b,heart-care' && j.practitioner.id === prac.id && Object.keys(j.practitioner).length === 7 && Object.keys(j.pharmacy).length === 19 });
await t('POST', '/medications/', { body: { patient_id: P, medication_name: 'A', route: 'eaten', status: 'gone', dosage: 'x'.repeat(51), frequency: 'y'.repeat(51), effective_period_start: '2024-02-01', effective_period_end: '2024-01-01' }, status: 422, v: ['Medication name must be at least 2 characters long', 'Route must be one of: ', 'Status must be one of: active, stopped, on-hold, completed, cancelled', 'Dosage must be less than 50 characters', 'Frequency must be less than 50 characters'] });
await t('POST', '/medications/', { body: { patient_id: P, medication_name: 'Abcd', effective_period_start: '2024-02-01', effective_period_end: '2024-01-01' }, status: 422, v: 'End date must be after start date' });
await t('POST', '/medications/', { body: { patient_id: P, medication_name: 'Abcd', tags: Array.from({ length: 16 }, (_, i) => 't' + i) }, status: 422, v: 'Maximum 15 tags per record' });
await t('POST', '/medications/', { body: { patient_id: P, medication_name: 'Abcd', tags: ['t'.repeat(51)] }, status: 422, v: 'Tag length must be 50 characters or less' });
await t('POST', '/medications/', { body: { patient_id: P, medication_name: 'Abcd', practitioner_id: 99999 }, status: 400, msg: 'Invalid reference', desc: 'The operation references a non-existent record', code: 'BIZ-400' });
await t('GET', '/medications/?name=SPIR', { elem: MK });
await t('GET', '/medications/?limit=x', { status: 422, v: 'Input should be a valid integer' });
await t('GET', '/medications/?patient_id=abc', { status: 422 });
await t('GET', '/medications/?patient_id=999999', { status: 404, msg: 'Patient not found', desc: 'The requested patient does not exist' });
await t('GET', `/medications/${med.id}`, { keys: MK });
await t('GET', `/medications/patient/${P}?active_only=true`, { is: (j) => j.length === 0 });
await t('GET', '/medications/99999', { status: 404, msg: 'Medication not found', desc: 'The requested medication does not exist' });
await t('GET', `/medications/${med.id}`, { who: ben, status: 404, msg: 'Medication not found' });
await t('GET', `/medications/${med.id}`, { who: null, status: 401, msg: 'Authentication required', code: 'AUTH-401', desc: 'You must be authenticated to access this resource' });
await t('PUT', `/medications/${med.id}`, { body: { status: 'Active', medication_name: '' }, status: 422 });
await t('PUT', `/medications/${med.id}`, { body: { status: 'Active', effective_period_start: '2024-01-01' }, keys: MK, is: (j) => j.status === 'active' });
// conditions
const CK = f('id condition_name diagnosis notes onset_date end_date status severity icd10_code snomed_code code_description patient_id practitioner_id medication_id tags');
const con = await t('POST', '/conditions/', { body: { patient_id: P, diagnosis: 'Asthma', status: 'ACTIVE', onset_date: '2020-01-01', practitioner_id: prac.id }, keys: CK, is: (j) => j.status === 'active' });
await t('GET', `/conditions/${con.id}`, { keys: [...CK, 'patient', 'practitioner', 'treatments'], is: (j) => Object.keys(j.patient).join() === 'id,first_name,last_name,birth_date,user_id' && Object.keys(j.practitioner).join() === 'id,name,specialty,phone_number' });
await t('GET', '/conditions/dropdown', { elem: f('id diagnosis status severity onset_date') });
await t('GET', `/conditions/patient/${P}/active`, { elem: CK });
await t('GET', `/conditions/patients/${P}/conditions/`, { elem: CK });
await t('GET', '/conditions/?status=active', { elem: CK });
await t('POST', '/conditions/', { body: { patient_id: 0, diagnosis: 'A', status: 'odd', onset_date: '2999-01-01', severity: '' }, status: 422, v: ['String should have at least 2 characters', 'Status must be one of: active, inactive, resolved, chronic, recurrence, relapse', 'Onset date cannot be in the future'] });
await t('POST', `/conditions/${con.id}/medications`, { body: { medication_id: med.id, relevance_note: ' x ' }, keys: f('condition_id medication_id relevance_note id created_at updated_at'), is: (j) => j.relevance_note === 'x' });
const cm = await t('GET', `/conditions/condition-medications/${con.id}`, { elem: f('id medication_id condition_id relevance_note created_at updated_at') });
await t('POST', `/conditions/${con.id}/medications`, { body: { medication_id: med.id }, status: 400, msg: 'Relationship between this condition and medication already exists', code: 'BIZ-400' });
await t('POST', `/conditions/${con.id}/medications`, { body: { medication_id: 99999 }, status: 404, msg: 'Medication with ID 99999 not found' });
await t('GET', `/conditions/condition-medications/99999`, { status: 404, msg: 'Condition with ID 99999 not found' });
await t('POST', `/conditions/99999/medications`, { body: { medication_id: med.id }, status: 404, msg: 'Condition with ID 99999 not found' });
await t('PUT', `/conditions/${con.id}/medications/${cm[0].id}`, { body: { relevance_note: 'x'.repeat(501) }, status: 422, v: 'Relevance note must be less than 500 characters' });
await t('PUT', `/conditions/${con.id}/medications/${cm[0].id}`, { body: { relevance_note: '' }, is: (j) => j.relevance_note === null });
await t('PUT', `/conditions/${con.id}/medications/9999`, { body: {}, status: 404, msg: 'Relationship with ID 9999 not found' });
await t('GET', `/conditions/medication/${med.id}/conditions`, { elem: f('condition_id medication_id relevance_note id created_at updated_at medication condition') });
await t('GET', `/conditions/medication/99999/conditions`, { status: 404, msg: 'Medication with ID 99999 not found' });
// allergies
const AK = f('id allergen reaction severity onset_date notes status patient_id medication_id tags');
const al = await t('POST', '/allergies/', { body: { patient_id: P, allergen: 'Nuts', severity: 'SEVERE' }, keys: AK });
await t('GET', `/allergies/${al.id}`, { keys: [...AK, 'patient', 'medication'] });
await t('GET', `/allergies/patient/${P}/active`, { elem: AK });
await t('GET', `/allergies/patient/${P}/critical`, { elem: AK });
await t('GET', `/allergies/patient/${P}/check/NUT`, { keys: f('patient_id allergen has_allergy'), is: (j) => j.has_allergy === true && j.allergen === 'NUT' });
await t('GET', `/allergies/patients/${P}/allergies/`, { elem: AK });
await t('PUT', `/allergies/${al.id}`, { body: { severity: 'bad', status: 'x' }, status: 422 });
await t('DELETE', `/allergies/99999`, { status: 404, msg: 'Allergy not found' });
// immunizations
const IK = f('id vaccine_name vaccine_trade_name date_administered dose_number lot_number ndc_number manufacturer site route expiration_date location notes patient_id practitioner_id tags');
const im = await t('POST', '/immunizations/', { body: { patient_id: P, vaccine_name: 'Tetanus', date_administered: '2024-01-01', route: '' }, keys: IK, is: (j) => j.route === '' });
await t('POST', '/immunizations/', { body: { patient_id: P, vaccine_name: 'Tetanus', date_administered: '2024-01-01T00:00:00' }, status: 422, v: 'Invalid date format. Use YYYY-MM-DD' });
await t('POST', '/immunizations/', { body: { patient_id: P, vaccine_name: 'Tetanus', date_administered: '2024-01-01', dose_number: 0 }, status: 422, v: 'Input should be greater than or equal to 1' });
await t('GET', `/immunizations/${im.id}`, { keys: [...IK, 'patient', 'practitioner'] });
await t('GET', `/immunizations/patient/${P}/recent?days=3650`, { elem: IK });
await t('GET', `/immunizations/patient/${P}/recent?days=3651`, { status: 422, v: 'Input should be less than or equal to 3650' });
await t('GET', `/immunizations/patient/${P}/booster-check/tet`, { keys: f('patient_id vaccine_name booster_due'), is: (j) => j.booster_due === true });
await t('GET', `/immunizations/patient/${P}/immunizations/`, { elem: IK });
await t('GET', '/immunizations/?vaccine_name=TET', { elem: IK });
// procedures
const RK = f('id procedure_name procedure_type procedure_code description date notes status facility procedure_setting procedure_complications procedure_duration patient_id practitioner_id condition_id anesthesia_type anesthesia_notes tags');
const pr = await t('POST', '/procedures/', { body: { patient_id: P, procedure_name: 'Knee', date: '2024-01-01', status: 'in-progress', procedure_duration: '30', condition_id: con.id }, keys: RK, is: (j) => j.status === 'in-progress' && j.procedure_duration === 30 });
await t('POST', '/procedures/', { body: { patient_id: P, procedure_name: 'Knee', date: '2999-01-01', status: 'completed', procedure_duration: 0 }, status: 422, v: ['Procedure date cannot be in the future', 'Input should be greater than 0'] });
await t('GET', `/procedures/${pr.id}`, { keys: [...RK, 'patient', 'practitioner', 'condition'] });
await t('GET', '/procedures/scheduled', { is: (j) => Array.isArray(j) });
await t('GET', `/procedures/patient/${P}/recent`, { is: (j) => Array.isArray(j) });
await t('GET', `/procedures/patients/${P}/procedures/`, { elem: RK });
await t('PUT', `/procedures/${pr.id}`, { body: { condition_id: null, notes: 'n' }, is: (j) => j.condition_id === con.id });
// treatments
const TK = f('id treatment_name treatment_type description start_date end_date frequency treatment_category outcome location dosage notes status patient_id practitioner_id condition_id tags');
const tr = await t('POST', '/treatments/', { body: { patient_id: P, treatment_name: 'Walks', treatment_type: 'therapy', start_date: '2024-01-01', status: null, condition_id: con.id }, keys: TK, is: (j) => j.status === 'active' });
await t('GET', `/treatments/${tr.id}`, { keys: [...TK, 'patient', 'practitioner', 'condition'] });
await t('GET', `/treatments/patient/${P}/active`, { elem: TK });
await t('GET', '/treatments/ongoing', { elem: TK });
await t('GET', `/treatments/patients/${P}/treatments/`, { elem: TK });
await t('PUT', `/treatments/${tr.id}`, { body: { end_date: '2023-01-01' }, status: 422, v: 'End date cannot be before start date' });
await t('PUT', `/treatments/${tr.id}`, { body: { status: 'On-Hold' }, is: (j) => j.status === 'on-hold' });
// encounters
const EK = f('id reason date notes visit_type chief_complaint diagnosis treatment_plan follow_up_instructions duration_minutes location priority patient_id practitioner_id condition_id tags');
const en = await t('POST', '/encounters/', { body: { patient_id: P, reason: ' Cough ', date: '2024-01-01', notes: '' }, keys: EK, is: (j) => j.reason === 'Cough' && j.notes === null });
await t('GET', `/encounters/${en.id}`, { keys: [...EK, 'patient', 'practitioner', 'condition', 'patient_name', 'practitioner_name'] });
await t('POST', '/encounters/', { body: { patient_id: P, reason: 'C', date: '2024-01-01', duration_minutes: 601, visit_type: 'x'.repeat(101), follow_up_instructions: 'x'.repeat(1001) }, status: 422, v: ['Encounter reason must be at least 2 characters long', 'Duration must be between 1 and 600 minutes', 'Visit type must be less than 100 characters', 'Follow-up instructions must be less than 1000 characters'] });
await t('GET', `/encounters/patient/${P}/recent?days=365`, {});
await t('GET', `/encounters/patients/${P}/encounters/`, { elem: EK });
// vitals
const VK = f('id recorded_date systolic_bp diastolic_bp heart_rate temperature weight height oxygen_saturation respiratory_rate blood_glucose bmi pain_scale notes location device_used patient_id practitioner_id created_at updated_at');
const vi = await t('POST', '/vitals/', { body: { patient_id: P, recorded_date: '2024-01-15 10:30', weight: '150', heart_rate: 60.0 }, keys: VK, raw: /"weight":150\.0/, is: (j) => j.recorded_date === '2024-01-15T10:30:00' });
for (const p of ['/vitals/', `/vitals/patient/${P}`, `/vitals/patient/${P}?vital_type=weight`, `/vitals/patient/${P}/date-range?start_date=2024-01-01&end_date=2024-12-31T00:00:00`]) await t('GET', p, { elem: VK });
await t('GET', `/vitals/patient/${P}/latest`, { keys: VK });
await t('GET', `/vitals/patient/${P}/date-range`, { status: 422, v: 'Field required' });
const SK = f('total_readings latest_reading_date avg_systolic_bp avg_diastolic_bp avg_heart_rate avg_temperature current_temperature current_weight current_bmi weight_change');
await t('GET', '/vitals/stats', { keys: SK, is: (j) => Object.keys(j).join() === SK.join() });
await t('GET', `/vitals/patient/${P}/stats`, { keys: SK });
await t('GET', '/vitals/99999', { status: 404, msg: 'Vitals reading not found' });
await t('PUT', '/vitals/99999', { body: {}, status: 404, msg: 'Vitals not found' });
await t('GET', `/vitals/patient/${ben.patient}/latest`, { who: ben, status: 404, msg: 'No vitals readings found for this patient' });
await t('PUT', `/vitals/${vi.id}`, { body: { systolic_bp: 300 }, status: 422, v: 'Systolic blood pressure must be between 60-250 mmHg' });
await t('POST', `/vitals/patient/${P}/vitals/`, { body: { patient_id: ben.patient, recorded_date: '2024-01-15T10:30:00', heart_rate: 60 }, status: 400, msg: 'Patient ID in URL does not match patient ID in request body', code: 'BIZ-400' });
// labs
const LK = f('id test_name test_code test_category test_type facility status labs_result ordered_date completed_date notes patient_id practitioner_id tags created_at updated_at'), LX = [...LK, 'patient_name', 'practitioner_name', 'files'];
const la = await t('POST', '/lab-results/', { status: 201, body: { patient_id: P, test_name: ' CBC ', test_code: 'cbc', test_category: 'Blood Work', status: '', labs_result: ' ', practitioner_id: prac.id }, keys: LK, is: (j) => j.test_code === 'CBC' && j.test_category === 'blood work' && j.status === 'ordered' && j.labs_result === null });
await t('GET', '/lab-results/', { elem: LX, is: (j) => j[0].patient_name === 'anna Tester' || j[0].patient_name === 'Anna Tester' });
await t('GET', `/lab-results/${la.id}`, { keys: LX, is: (j) => j.practitioner_name === 'Dr. Who' });
await t('GET', `/lab-results/patient/${P}`, { elem: LK });
await t('GET', `/lab-results/patient/${P}/code/cbc`, { elem: LK });
await t('GET', `/lab-results/practitioner/${prac.id}`, { elem: LK });
await t('GET', `/lab-results/search/code/cbc`, { elem: LK });
await t('GET', `/lab-results/search/code-pattern/cb`, { elem: LK });
await t('GET', `/lab-results/stats/patient/${P}/count`, { keys: f('patient_id lab_result_count') });
await t('GET', `/lab-results/stats/practitioner/${prac.id}/count`, { keys: f('practitioner_id lab_result_count') });
await t('GET', `/lab-results/stats/code/CBC/count`, { keys: f('code usage_count') });
await t('PUT', `/lab-results/${la.id}`, { body: { status: '' }, status: 422 });
await t('PUT', `/lab-results/${la.id}`, { body: { ordered_date: '2024-02-01', completed_date: '2024-01-01' }, status: 422, v: 'Completed date cannot be before ordered date' });
await t('GET', `/lab-results/?limit=0`, { status: 422, v: 'Input should be greater than or equal to 1' });
await t('GET', `/lab-results/?skip=-1`, { status: 422, v: 'Input should be greater than or equal to 0' });
const lr = await t('POST', `/lab-results/${la.id}/conditions`, { body: { condition_id: con.id, relevance_note: ' n ' }, keys: f('lab_result_id condition_id relevance_note id created_at updated_at') });
await t('GET', `/lab-results/${la.id}/conditions`, { elem: f('lab_result_id condition_id relevance_note id created_at updated_at condition'), is: (j) => Object.keys(j[0].condition).join() === 'id,diagnosis,status,severity' });
await t('POST', `/lab-results/${la.id}/conditions`, { body: { condition_id: con.id }, status: 400, msg: 'Relationship between this lab result and condition already exists' });
await t('POST', `/lab-results/${la.id}/conditions`, { body: { condition_id: 99999 }, status: 404, msg: 'Condition not found' });
await t('PUT', `/lab-results/${la.id}/conditions/9999`, { body: {}, status: 404, msg: 'Lab result condition relationship not found' });
await t('DELETE', `/lab-results/${la.id}/conditions/${lr.id}`, { is: (j) => j.message === 'Lab result condition relationship deleted successfully' });
await t('GET', `/lab-results/99999`, { status: 404, msg: 'Lab result not found', desc: 'The requested lab result does not exist' });
// components
const PC = f('id test_name abbreviation test_code value unit ref_range_min ref_range_max ref_range_text status category display_order notes lab_result_id created_at updated_at');
const co = await t('POST', `/lab-test-components/lab-result/${la.id}/components`, { status: 201, body: { test_name: ' LDL ', abbreviation: 'ldl', value: '130', unit: 'mg/dL', ref_range_min: 0, ref_range_max: 100, category: 'LIPIDS' }, keys: PC, is: (j) => j.status === 'high' && j.abbreviation === 'LDL' && j.category === 'lipids' });
await t('GET', `/lab-test-components/components/${co.id}`, { keys: [...PC, 'lab_result'], is: (j) => Object.keys(j.lab_result).join() === 'id,test_name,ordered_date,completed_date,status' });
await t('GET', `/lab-test-components/lab-result/${la.id}/components`, { elem: PC });
await t('GET', `/lab-test-components/lab-result/${la.id}/statistics`, { keys: f('total_components status_breakdown category_breakdown abnormal_count critical_count normal_count') });
await t('POST', `/lab-test-components/lab-result/${la.id}/components/bulk`, { status: 422, body: { lab_result_id: la.id, components: [] }, v: 'At least one component is required' });
await t('POST', `/lab-test-components/lab-result/${la.id}/components/bulk`, { status: 201, body: { lab_result_id: la.id, components: [{ test_name: 'A', value: 1, unit: 'x' }] }, keys: f('created_count components errors') });
await t('POST', `/lab-test-components/lab-result/${la.id}/components`, { status: 422, body: { test_name: ' ', value: 1e16, unit: ' ', ref_range_min: 5, ref_range_max: 5, display_order: -1 }, v: ['Test name is required', 'Unit is required'] });
await t('POST', `/lab-test-components/lab-result/${la.id}/components`, { status: 422, body: { test_name: 'X', value: 1, unit: 'u', ref_range_min: 5, ref_range_max: 5 }, v: ['Reference range maximum must be greater than minimum'] });
await t('GET', `/lab-test-components/lab-result/99999/components`, { status: 404, msg: 'Lab result not found' });
await t('GET', `/lab-test-components/patient/${P}/trends/ldl`, { keys: f('test_name unit category data_points statistics is_aggregated aggregation_period'), is: (j) => Object.keys(j.data_points[0]).sort().join() === f('id value unit status ref_range_min ref_range_max ref_range_text recorded_date created_at lab_result').sort().join() && Object.keys(j.statistics).sort().join() === f('count latest average min max std_dev trend_direction time_in_range_percent normal_count abnormal_count').sort().join() && j.test_name === 'ldl' });
await t('GET', `/lab-test-components/patient/${P}/trends/none`, { is: (j) => j.unit === '' && j.statistics.count === 0 && j.statistics.latest === null && j.statistics.trend_direction === 'stable' && j.statistics.normal_count === 0 });
await t('GET', `/lab-test-components/components/search?q=ld`, { elem: PC });
await t('GET', `/lab-test-components/components/search?q=%20`, { status: 400, msg: 'Search query cannot be empty', code: 'BAD-400', desc: 'HTTP 400 error occurred' });
await t('GET', `/lab-test-components/components/search?q=${'a'.repeat(101)}`, { status: 400, msg: 'Search query too long. Maximum 100 characters allowed.' });
await t('GET', `/lab-test-components/components/search?q=%25`, { status: 400, msg: 'Search query contains invalid characters. Only letters, numbers, spaces, hyphens, underscores, and periods are allowed.' });
await t('GET', `/lab-test-components/components/search?q=${'_'.repeat(11)}`, { status: 400, msg: 'Search query contains too many wildcard characters' });
await t('GET', `/lab-test-components/components/abnormal`, { elem: PC });
await t('GET', `/lab-test-components/suggestions/test-names?limit=5`, { is: (j) => Array.isArray(j) });
await t('DELETE', `/lab-test-components/components/${co.id}`, { status: 204 });
await t('GET', `/lab-test-components/components/${co.id}`, { status: 404, msg: 'Lab test component not found' });
// insurances
const NK = f('id insurance_type company_name employer_group member_name member_id group_number plan_name policy_holder_name relationship_to_holder effective_date expiration_date status is_primary coverage_details contact_info notes patient_id created_at updated_at');
const ins = await t('POST', '/insurances/', { body: { patient_id: P, insurance_type: 'medical', company_name: 'Co', member_name: 'A', member_id: '1', effective_date: '2024-01-01', employer_group: '', expiration_date: '' }, keys: NK });
await t('POST', '/insurances/', { body: { patient_id: P, insurance_type: 'Medical', company_name: ' ', member_name: ' ', member_id: ' ', effective_date: '2024-01-01', status: 'Active' }, status: 422, v: ["Invalid insurance type. Must be one of: ['medical', 'dental', 'vision', 'prescription']", 'Company name is required', 'Member name is required', 'Member ID is required', "Invalid status. Must be one of: ['active', 'inactive', 'expired', 'pending']"] });
await t('POST', '/insurances/', { body: { patient_id: P, insurance_type: 'dental', company_name: 'Co', member_name: 'A', member_id: '1', effective_date: '2024-01-01', expiration_date: '2024-01-01', coverage_details: { basic_coverage: 200 } }, status: 422, v: ['Expiration date must be after effective date', 'Invalid basic_coverage: must be a valid percentage'] });
await t('POST', '/insurances/', { body: { patient_id: P, insurance_type: 'medical', company_name: 'Co', member_name: 'A', member_id: '1', effective_date: '2024-01-01', coverage_details: { copay_pcp: 'many' } }, status: 422, v: ['Invalid copay_pcp: must be a valid number'] });
await t('GET', '/insurances/', { elem: NK });
await t('GET', `/insurances/${ins.id}`, { keys: NK });
await t('PATCH', `/insurances/${ins.id}/status`, { body: { status: 'pending' }, keys: NK });
await t('PATCH', `/insurances/${ins.id}/set-primary`, { keys: NK });
await t('PATCH', `/insurances/${ins.id}/status`, { body: { status: 'odd' }, status: 422 });
await t('GET', '/insurances/expiring', { is: (j) => Array.isArray(j) });
await t('GET', '/insurances/search?company=co', { elem: NK });
await t('GET', '/insurances/search?company=', { status: 422 });
await t('DELETE', '/insurances/99999', { status: 404, msg: 'Insurance not found' });
// contacts
const KK = f('id name relationship phone_number secondary_phone email is_primary is_active address notes patient_id');
const ec = await t('POST', '/emergency-contacts/', { body: { patient_id: ben.patient, name: 'Zoe', relationship: 'FRIEND', phone_number: ' (555) 123-4567 ', email: ' Z@Example.ORG ', secondary_phone: '' }, keys: KK, is: (j) => j.patient_id === P && j.phone_number === '(555) 123-4567' && j.email === 'z@example.org' && j.secondary_phone === '' });
await t('GET', `/emergency-contacts/${ec.id}`, { keys: [...KK, 'patient'] });
await t('GET', '/emergency-contacts/', { elem: KK });
await t('GET', `/emergency-contacts/patient/${P}/primary`, { status: 404, msg: 'Primary Emergency Contact not found' });
await t('POST', `/emergency-contacts/${ec.id}/set-primary`, { keys: KK });
await t('GET', `/emergency-contacts/patient/${P}/primary`, { keys: KK });
await t('POST', '/emergency-contacts/', { body: { name: 'Z', relationship: 'foe', phone_number: '12345678ab', email: 'x@y' }, status: 422, v: ['String should have at least 2 characters', 'Relationship must be one of: spouse, parent', 'Phone number must be between 10-15 digits', 'Invalid email format'] });
await t('GET', '/emergency-contacts/99999', { status: 404, msg: 'Emergency Contact not found' });
// family
const GK = f('id name relationship gender birth_year death_year is_deceased notes patient_id created_at updated_at family_conditions'), HK = f('id condition_name diagnosis_age severity status condition_type notes icd10_code family_member_id created_at updated_at');
const fm = await t('POST', '/family-members/', { body: { patient_id: P, name: 'Opa', relationship: 'FATHER', gender: 'Male', birth_year: 1930 }, keys: GK });
const fc = await t('POST', `/family-members/${fm.id}/conditions`, { body: { condition_name: 'Gout', condition_type: 'other' }, keys: HK });
await t('GET', '/family-members/', { elem: GK, is: (j) => Object.keys(j[0].family_conditions[0]).sort().join() === HK.sort().join() });
await t('GET', `/family-members/${fm.id}`, { keys: GK });
await t('GET', '/family-members/dropdown', { elem: f('id name relationship') });
await t('GET', '/family-members/search/?name=op', { elem: GK });
await t('GET', '/family-members/search/?name=o', { status: 422 });
await t('GET', `/family-members/${fm.id}/conditions`, { elem: HK });
await t('PUT', `/family-members/${fm.id}`, { body: { death_year: 1920 }, status: 422, v: 'Death year cannot be before birth year' });
await t('PUT', `/family-members/${fm.id}`, { body: { death_year: 1990, is_deceased: false }, status: 422, v: 'If death year is provided, family member must be marked as deceased' });
await t('PUT', `/family-members/${fm.id}/conditions/99999`, { body: {}, status: 404, msg: 'Family Condition not found' });
const fm2 = await t('POST', '/family-members/', { body: { patient_id: P, name: 'Oma', relationship: 'mother' }, keys: GK });
await t('PUT', `/family-members/${fm2.id}/conditions/${fc.id}`, { body: {}, status: 400, msg: 'Condition does not belong to the specified family member' });
await t('DELETE', `/family-members/${fm.id}/conditions/${fc.id}`, { is: (j) => j.message === 'Family Condition deleted successfully' });
await t('DELETE', `/family-members/99999`, { status: 404, msg: 'Family Member not found' });
await t('POST', '/family-members/', { body: { patient_id: P, name: '', relationship: 'foe', gender: '', birth_year: 1899 }, status: 422, v: ['String should have at least 1 character', 'Input should be greater than or equal to 1900'] });
// patients
const UK = f('first_name last_name birth_date gender address blood_type height weight physician_id id'), FU = f('id first_name last_name birth_date gender blood_type height weight address physician_id owner_user_id is_self_record privacy_level user_id family_id relationship_to_family external_account_id is_externally_accessible');
await t('GET', '/patients/me', { is: (j) => UK.every((k) => k in j) });
await t('GET', '/patients/current', {});
await t('POST', '/patients/me', { body: { first_name: 'a', last_name: 'b', birth_date: '2000-01-01' }, status: 400, msg: 'Patient record already exists', code: 'BAD-400', desc: 'HTTP 400 error occurred' });
await t('PUT', '/patients/me', { body: { gender: 'x', blood_type: 'Q', height: 5, weight: 0.5, address: 'abc', birth_date: '2999-01-01', physician_id: 0, first_name: 'x'.repeat(51) }, status: 422, v: ['Gender must be one of: M, F, MALE, FEMALE, OTHER, U, UNKNOWN', 'Blood type must be one of: ', 'Height must be between 12 and 108 inches', 'Weight must be between 1 and 992 pounds', 'Address must be at least 5 characters long', 'Birth date cannot be in the future', 'Physician ID must be a positive integer', 'First name must be less than 50 characters'] });
await t('PUT', '/patients/me', { body: { gender: 'female', blood_type: 'a+', first_name: 'anna maria', address: ' ' }, is: (j) => j.gender === 'F' && j.blood_type === 'A+' && j.first_name === 'Anna Maria' && j.address === null });
await t('GET', '/patients/recent-activity/?limit=3', { elem: f('id model_name action description timestamp') });
await t('GET', '/patients/me/recent-activity', { elem: f('id model_name action description timestamp') });
await t('GET', '/patients/me/dashboard-stats', { keys: f('patient_id total_records active_medications total_lab_results total_procedures total_treatments total_conditions total_allergies total_immunizations total_encounters total_vitals') });
for (const w of ['medications', 'conditions', 'allergies', 'immunizations', 'procedures', 'treatments', 'lab-results', 'encounters']) await t('GET', `/patients/${P}/${w}/`, { is: (j) => Array.isArray(j) && j.length && 'created_at' in j[0] });
await t('GET', `/patients/999999/medications/`, { status: 404, msg: 'Patient not found' });
const kid = await t('POST', '/patient-management/', { body: { first_name: 'Kid', last_name: 'Tester', birth_date: '2019-05-05' }, keys: FU, is: (j) => j.privacy_level === 'owner' && j.is_self_record === false });
await t('GET', '/patient-management/', { keys: f('patients total_count owned_count shared_count') });
await t('GET', '/patient-management/owned/list', { elem: FU });
await t('GET', `/patient-management/${kid.id}`, { keys: FU });
await t('GET', '/patient-management/999999', { status: 404, msg: 'Patient with ID 999999 not found' });
await t('GET', `/patient-management/${kid.id}`, { who: ben, status: 404, msg: `Patient with ID ${kid.id} not found` });
await t('GET', '/patient-management/active/current', { keys: FU });
await t('GET', '/patient-management/self-record', { keys: FU });
await t('GET', '/patient-management/stats', { keys: f('owned_count accessible_count has_self_record active_patient_id sharing_stats') });
await t('POST', '/patient-management/', { body: { first_name: 'Kid', last_name: 'Tester', birth_date: '2019-05-05', is_self_record: true }, status: 400, msg: 'You already have a self-record. Only one self-record per user is allowed.', code: 'BIZ-400', desc: 'The operation violates business rules' });
await t('POST', '/patient-management/', { body: { first_name: '', last_name: 'Tester', birth_date: '2019-13-05', height: '' }, status: 422 });
await t('PUT', `/patient-management/${kid.id}`, { body: { gender: '', first_name: null, height: 40 }, keys: FU, is: (j) => j.first_name === 'Kid' && j.height === 40 });
await t('POST', '/patient-management/switch', { body: { patient_id: 999999 }, status: 404, msg: 'Patient with ID 999999 not found' });
await t('POST', '/patient-management/switch', { body: {}, status: 422, v: 'Field required' });
// sharing
const SH = f('id patient_id shared_by_user_id shared_with_user_id permission_level custom_permissions is_active expires_at created_at updated_at');
const iv = await t('POST', '/patient-sharing/', { body: { patient_id: P, shared_with_user_identifier: 'ben' }, keys: f('message invitation_id expires_at title'), is: (j) => j.message === 'Patient share invitation sent successfully' && j.title === 'Patient Record Share: Anna Maria Tester' });
await t('POST', '/patient-sharing/', { body: { patient_id: P, shared_with_user_identifier: 'ben' }, status: 409, msg: 'A pending invitation already exists for this patient and user', code: 'CONF-409', desc: 'HTTP 409 error occurred' });
await t('POST', '/patient-sharing/', { body: { patient_id: P, shared_with_user_identifier: 'nobody' }, status: 404, msg: "User 'nobody' not found" });
await t('POST', '/patient-sharing/', { body: { patient_id: P, shared_with_user_identifier: 'anna' }, status: 400, msg: 'Cannot share patient with yourself' });
await t('POST', '/patient-sharing/', { body: { patient_id: 99999, shared_with_user_identifier: 'ben' }, status: 404, msg: "Patient record not found or you don't have permission to share it" });
await t('POST', '/patient-sharing/', { body: { patient_id: 100000001, shared_with_user_identifier: ' ', permission_level: 'x', expires_hours: 9000 }, status: 422, v: ['Patient ID exceeds reasonable bounds', "Permission level must be one of: ['view', 'edit', 'full']", 'Input should be less than or equal to 8760'] });
const IVK = f('id sent_by_user_id sent_to_user_id invitation_type status title message context_data expires_at responded_at response_note created_at updated_at sent_by sent_to');
await t('GET', '/invitations/pending', { who: ben, elem: IVK, is: (j) => Object.keys(j[0].sent_by).join() === 'id,name,email' && j[0].sent_to === null && Object.keys(j[0].context_data).sort().join() === f('patient_id patient_name patient_birth_date permission_level custom_permissions expires_at').sort().join() });
await t('GET', '/invitations/sent', { elem: IVK, is: (j) => j[0].sent_by === null });
await t('POST', `/invitations/${iv.invitation_id}/respond`, { who: ben, body: { response: 'maybe' }, status: 400, msg: "Response must be 'accepted' or 'rejected'" });
await t('POST', `/invitations/${iv.invitation_id}/respond`, { who: ben, body: { response: 'accepted' }, keys: f('message invitation_id share_id status'), is: (j) => j.message === 'Successfully accepted patient share for Anna Maria Tester' });
await t('POST', `/invitations/99999/respond`, { who: ben, body: { response: 'accepted' }, status: 404, msg: 'The invitation could not be found or may have already been responded to' });
await t('POST', '/patient-sharing/', { body: { patient_id: P, shared_with_user_identifier: 'ben' }, status: 409, msg: 'This patient is already shared with the specified user' });
await t('GET', '/patient-sharing/shared-with-me', { who: ben, elem: [...SH, 'patient', 'shared_by_user', 'shared_with_user'], is: (j) => Object.keys(j[0].patient).join() === 'id,first_name,last_name,birth_date' && Object.keys(j[0].shared_by_user).join() === 'id,username,name' });
await t('GET', '/patient-sharing/shared-by-me', { elem: [...SH, 'patient', 'shared_by_user', 'shared_with_user'] });
await t('GET', `/patient-sharing/${P}`, { keys: f('patient_id shares total_count'), is: (j) => Object.keys(j.shares[0]).sort().join() === [...SH, 'shared_with_username', 'shared_with_email', 'shared_with_full_name'].sort().join() });
await t('GET', `/patient-sharing/99999`, { status: 404, msg: 'Patient not found or not owned by user' });
await t('GET', '/patient-sharing/stats/user', { keys: f('shared_by_me shared_with_me') });
await t('PUT', `/patient-sharing/?patient_id=${P}&shared_with_user_id=${ben.id}`, { body: { permission_level: 'edit' }, keys: SH });
await t('PUT', `/patient-sharing/?patient_id=${P}&shared_with_user_id=99999`, { body: { permission_level: 'edit' }, status: 400, msg: 'No active share found to update' });
await t('PUT', `/patient-sharing/`, { body: {}, status: 422, v: 'Field required' });
await t('DELETE', '/patient-sharing/revoke', { body: { patient_id: P, shared_with_user_id: 99999 }, is: (j) => j.message === 'No active share found to revoke' });
await t('GET', `/medications/${med.id}`, { who: ben, status: 200 });
await t('POST', `/medications/`, { who: ben, body: { patient_id: kid.id, medication_name: 'Syrup' }, status: 404, msg: 'Patient not found' });
await t('PUT', `/patient-management/${P}`, { who: ben, body: { privacy_level: 'private' }, status: 403 });
await t('DELETE', `/patient-management/${P}`, { who: ben, status: 403, msg: 'Only the patient owner can delete this record', code: 'PERM-403' });
await t('DELETE', `/patient-sharing/remove-my-access/${P}`, { who: ben, is: (j) => j.message === 'Successfully removed your access to this patient' });
await t('DELETE', `/patient-sharing/remove-my-access/${P}`, { status: 400, msg: 'Cannot remove access to patients you own' });
await t('DELETE', `/patient-sharing/remove-my-access/99999`, { status: 404, msg: 'Patient not found' });
await t('POST', '/patient-sharing/cleanup-expired', { keys: ['message'] });
await t('POST', '/invitations/cleanup', { keys: f('message expired_count') });
await t('GET', '/invitations/summary', { keys: f('pending_received sent_pending sent_accepted sent_rejected total_received total_sent') });
await t('POST', '/patient-sharing/bulk-invite', { body: { patient_ids: [P, kid.id], shared_with_user_identifier: 'ben' }, is: (j) => j.message === 'Bulk invitation sent for 2 patients' && j.success === true && j.patient_count === 2 && j.title === 'Patient Records Share: Anna Maria Tester, Kid Tester' });
await t('POST', '/patient-sharing/bulk-invite', { body: { patient_ids: [], shared_with_user_identifier: 'ben' }, status: 422, v: 'At least one patient_id required' });
await t('POST', '/patient-sharing/bulk-invite', { body: { patient_ids: [99998, 99999], shared_with_user_identifier: 'ben' }, status: 404, msg: 'Patients not found or not owned by user: 99998, 99999' });
// family history
await t('GET', '/family-history-sharing/mine', { keys: f('owned_family_history shared_family_history summary'), is: (j) => Object.keys(j.owned_family_history[0]).join() === 'id,name,relationship,gender,birth_year,death_year,is_deceased,notes,family_conditions' && Object.keys(j.summary).join() === 'owned_count,shared_count,total_count' });
await t('GET', '/family-history-sharing/shared-with-me', { keys: f('shared_family_history count') });
await t('GET', '/family-history-sharing/my-own', { keys: f('owned_family_history count') });
await t('GET', '/family-history-sharing/shared-by-me', { keys: f('shared_by_me count') });
await t('POST', `/family-history-sharing/${fm.id}/shares`, { body: { shared_with_identifier: 'ben', sharing_note: 'hi' }, keys: f('message invitation_id expires_at title'), is: (j) => j.title === 'Family History Share: Opa (father)' });
await t('POST', `/family-history-sharing/99999/shares`, { body: { shared_with_identifier: 'ben' }, status: 400, msg: 'Family member not found or not owned by user' });
await t('POST', `/family-history-sharing/${fm.id}/shares`, { body: { shared_with_identifier: 'no' }, status: 400, msg: 'Recipient user not found' });
await t('POST', `/family-history-sharing/${fm.id}/shares`, { body: { shared_with_identifier: 'anna' }, status: 400, msg: 'Cannot send invitation to yourself' });
await t('GET', `/family-history-sharing/99999/details`, { status: 404, msg: 'Family member not found or access denied' });
await t('GET', `/family-history-sharing/${fm.id}/details`, { keys: f('id name relationship gender birth_year death_year is_deceased notes family_conditions') });
await t('DELETE', `/family-history-sharing/${fm.id}/shares/99999`, { status: 404, msg: 'Share not found or not authorized' });
await t('DELETE', `/family-history-sharing/shared-with-me/${fm.id}/remove-access`, { who: ben, status: 400, msg: 'No active share found or not authorized to remove access' });
await t('POST', '/family-history-sharing/bulk-invite', { body: { family_member_ids: [fm.id, fm2.id], shared_with_identifier: 'ben' }, keys: f('success invitation_id family_member_count family_member_ids message expires_at title') });
// tags
await t('GET', '/tags/popular', { elem: f('tag usage_count entity_types') });
await t('GET', '/tags/suggestions?entity_type=medication', { is: (j) => j.includes('heart-care') });
await t('GET', '/tags/autocomplete?q=HE', { is: (j) => j[0] === 'heart-care' });
await t('GET', '/tags/autocomplete?q=', { status: 422 });
await t('GET', '/tags/search?tags=heart-care', { is: (j) => Array.isArray(j.medication) && j.medication.length === 1 });
await t('GET', '/tags/search', { status: 422, v: 'Field required' });
await t('POST', '/tags/create', { body: { tag: 'new' }, is: (j) => j.message === "Successfully created tag 'new'" && j.tag === 'new' });
await t('PUT', '/tags/rename?old_tag=heart-care&new_tag=heart', { is: (j) => j.message === "Successfully renamed 'heart-care' to 'heart'" && j.records_updated === 1 });
await t('PUT', '/tags/replace?old_tag=heart&new_tag=b', { is: (j) => j.records_updated === 1 && j.message === "Successfully replaced 'heart' with 'b'" });
await t('DELETE', '/tags/delete?tag=b', { is: (j) => j.message === "Successfully deleted tag 'b'" && j.records_updated === 1 });
await t('PUT', '/tags/rename', { status: 422 });
// users
await t('GET', '/users/me', { keys: f('username email full_name role id auth_method external_id sso_provider sso_metadata last_sso_login account_linked_at sso_linking_preference') });
const OK = f('unit_system session_timeout_minutes paperless_enabled paperless_url paperless_username paperless_password default_storage_backend paperless_auto_sync paperless_sync_tags paperless_api_token id user_id created_at updated_at');
await t('GET', '/users/me/preferences', { keys: OK });
await t('PUT', '/users/me/preferences', { body: { unit_system: 'METRIC', paperless_url: 'https://x.example/' }, is: (j) => j.unit_system === 'metric' && j.paperless_url === 'https://x.example' });
await t('PUT', '/users/me/preferences', { body: { unit_system: 'x', session_timeout_minutes: 2, paperless_url: 'http://example.org' }, status: 422, v: ['Unit system must be one of: imperial, metric', 'Session timeout must be at least 5 minutes', 'External URLs must use HTTPS for security'] });
await t('PUT', '/users/me', { body: { username: 'ben' }, status: 409, msg: "An account with the username 'ben' already exists. Please choose a different username." });
await t('PUT', '/users/me', { body: { username: 'a b', email: 'x', full_name: 'x' }, status: 422, v: ['Username can only contain letters, numbers, underscores, and hyphens', 'value is not a valid email address', 'Full name must be at least 2 characters long'] });
// deletes
for (const [p, w] of [[`/medications/${med.id}`, 'Medication'], [`/conditions/${con.id}`, 'Condition'], [`/allergies/${al.id}`, 'Allergy'], [`/immunizations/${im.id}`, 'Immunization'], [`/procedures/${pr.id}`, 'Procedure'], [`/treatments/${tr.id}`, 'Treatment'], [`/encounters/${en.id}`, 'Encounter'], [`/vitals/${vi.id}`, 'Vitals'], [`/insurances/${ins.id}`, 'Insurance'], [`/emergency-contacts/${ec.id}`, 'Emergency Contact'], [`/family-members/${fm.id}`, 'Family Member'], [`/practitioners/${prac.id}`, 'Practitioner']]) await t('DELETE', p, { keys: ['message'], is: (j) => j.message === `${w} deleted successfully` });
await t('DELETE', `/lab-results/${la.id}`, { keys: f('message files_deleted files_preserved') });
await t('DELETE', `/pharmacies/${ph.id}`, { keys: ['ok'] });
await t('POST', '/medications/', { body: '{', status: 422 });

// ---- orders, filters, roundings: a patient of their own ----

anna = await server.makeUser('anna2');
P = anna.patient;
async function mk(path, ...bodies) {
	const made = [];
	for (const body of bodies) made.push((await t('POST', path, { body: { patient_id: P, ...body }, status: path === '/lab-results/' ? 201 : 200 })).id);
	return made;
}

// numbers, booleans, dates
await t('POST', '/emergency-contacts/', { body: { name: 'Zoe', relationship: 'friend', phone_number: '5551234567', is_active: 'Yes', is_primary: 'off' }, is: (j) => j.is_active === true && j.is_primary === false });
await t('POST', '/emergency-contacts/', { body: { name: 'Zoe', relationship: 'friend', phone_number: '5551234567', is_active: 2 }, status: 422, v: 'Input should be a valid boolean' });
await t('POST', '/vitals/', { body: { patient_id: P, recorded_date: '2024-01-15T10:30:00.5+02:00', heart_rate: '61' }, is: (j) => j.recorded_date === '2024-01-15T10:30:00.500000' && j.heart_rate === 61 });
await t('POST', '/vitals/', { body: { patient_id: P, recorded_date: '2024-01-15', heart_rate: 61.5 }, status: 422, v: 'Input should be a valid integer' });
await t('POST', '/vitals/', { body: { patient_id: String(P), recorded_date: '2024-01-15', heart_rate: 61.0 }, is: (j) => j.recorded_date === '2024-01-15T00:00:00' });
await t('POST', '/vitals/', { body: { patient_id: P, recorded_date: '2024-01-15', weight: '' }, status: 422, v: 'Input should be a valid number' });
await t('POST', '/conditions/', { body: { patient_id: P, diagnosis: 'Flu', status: 'active', onset_date: '2024-01-15T00:00:00Z' }, is: (j) => j.onset_date === '2024-01-15' });
await t('POST', '/conditions/', { body: { patient_id: P, diagnosis: 'Flu', status: 'active', onset_date: '2024-01-15T10:00:00' }, status: 422, v: 'Input should be a valid date' });
await t('POST', '/conditions/', { body: { patient_id: P, diagnosis: 5, status: 'active' }, status: 422, v: 'Input should be a valid string' });
await t('POST', '/conditions/', { body: [], status: 422 });
await t('POST', '/conditions/', { body: { patient_id: P, diagnosis: 'Flu', status: 'active', tags: 'x' }, status: 422, v: 'Input should be a valid list' });
await t('POST', '/conditions/', { body: { patient_id: P, diagnosis: 'Flu', status: 'active', tags: null }, is: (j) => j.tags.length === 0 });
// orders and filters
const m = await mk('/medications/', { medication_name: 'Beta', status: 'active', tags: ['x', 'y'] }, { medication_name: 'Alpha', status: 'stopped', tags: ['x'] }, { medication_name: 'Gamma', status: 'active' });
await t('GET', '/medications/', { is: (j) => ids(j) === [m[2], m[1], m[0]].join() });
await t('GET', '/medications/?limit=1&skip=1', { is: (j) => ids(j) === String(m[1]) });
await t('GET', '/medications/?limit=1&name=beta', { is: (j) => j.length <= 1 });
await t('GET', '/medications/?tags=x', { is: (j) => ids(j) === [m[0], m[1]].join() });
await t('GET', '/medications/?tags=x&tags=y&tag_match_all=true', { is: (j) => ids(j) === String(m[0]) });
await t('GET', '/medications/?status=active&limit=1', { is: (j) => j.length >= 1 });
await t('GET', '/medications/?search=alph', { is: (j) => ids(j) === String(m[1]) });
await t('GET', '/medications/?tag_match_all=perhaps', { status: 422 });
const c = await mk('/conditions/', { diagnosis: 'One', status: 'active', onset_date: '2020-01-01' }, { diagnosis: 'Two', status: 'active', onset_date: '2022-01-01' }, { diagnosis: 'Three', status: 'active' }, { diagnosis: 'Four', status: 'resolved' });
await t('GET', `/conditions/patient/${P}/active`, { is: (j) => ids(j.filter((x) => c.includes(x.id))) === [c[2], c[1], c[0]].join() });
await t('GET', `/conditions/dropdown`, { is: (j) => ids(j.filter((x) => c.includes(x.id))) === [...c].reverse().join() });
await t('GET', `/conditions/dropdown?active_only=true`, { is: (j) => { const l = ids(j.filter((x) => c.includes(x.id))); return l === [c[2], c[1], c[0]].join() || l === [c[1], c[0], c[2]].join(); } });
await t('GET', '/conditions/?status=resolved', { is: (j) => ids(j) === String(c[3]) });
const a = await mk('/allergies/', { allergen: 'Nut', severity: 'severe', onset_date: '2020-01-01' }, { allergen: 'Peanut', severity: 'life-threatening' }, { allergen: 'Dust', severity: 'mild' }, { allergen: 'Cat', severity: 'severe', onset_date: '2022-01-01' }, { allergen: 'Bee', severity: 'severe' });
await t('GET', `/allergies/patient/${P}/active`, { is: (j) => j.map((x) => x.severity).join() === 'severe,severe,severe,mild,life-threatening' });
await t('GET', `/allergies/patient/${P}/critical`, { is: (j) => ids(j) === [a[1], a[3], a[0], a[4]].join() });
await t('GET', '/allergies/?severity=severe', { is: (j) => j.length === 3 && j.slice(-3).map((x) => x.onset_date).filter(Boolean).join() === '2022-01-01,2020-01-01' });
await t('GET', '/allergies/?allergen=NUT', { is: (j) => ids(j) === [a[0], a[1]].join() });
const i = await mk('/immunizations/', { vaccine_name: 'Flu', date_administered: day(-400) }, { vaccine_name: 'Flu', date_administered: day(-10) }, { vaccine_name: 'Tetanus', date_administered: day(-100) });
await t('GET', `/immunizations/patient/${P}/recent`, { is: (j) => ids(j) === [i[1], i[2]].join() });
await t('GET', `/immunizations/?vaccine_name=flu`, { is: (j) => ids(j) === [i[1], i[0]].join() });
await t('GET', `/immunizations/patient/${P}/booster-check/flu`, { is: (j) => j.booster_due === false });
await t('GET', `/immunizations/patient/${P}/booster-check/tet?months_interval=3`, { is: (j) => j.booster_due === true });
await t('GET', `/immunizations/patient/${P}/booster-check/tet?months_interval=4`, { is: (j) => j.booster_due === false });
const p = await mk('/procedures/', { procedure_name: 'Old', date: day(-200), status: 'completed' }, { procedure_name: 'New', date: day(-5), status: 'completed' }, { procedure_name: 'Next', date: day(20), status: 'scheduled' });
await t('GET', '/procedures/scheduled', { is: (j) => ids(j) === String(p[2]) });
await t('GET', `/procedures/patient/${P}/recent`, { is: (j) => ids(j.filter((x) => x.id !== p[2])) === String(p[1]) });
await t('GET', '/procedures/?status=completed', { is: (j) => j.length === 2 });
const trs = await mk('/treatments/', { treatment_name: 'Ay', treatment_type: 'therapy', start_date: '2023-01-01', end_date: day(5) }, { treatment_name: 'Be', treatment_type: 'therapy', start_date: '2024-01-01' }, { treatment_name: 'Ce', treatment_type: 'therapy', start_date: '2022-01-01', end_date: '2022-02-01' }, { treatment_name: 'De', treatment_type: 'therapy', start_date: '2022-01-01', status: 'planned' });
await t('GET', '/treatments/ongoing', { is: (j) => ids([...j].sort((x, y) => x.id - y.id)) === [trs[0], trs[1]].join() });
await t('GET', `/treatments/patient/${P}/active`, { is: (j) => ids(j) === [trs[1], trs[0], trs[2]].join() });
const en2 = await mk('/encounters/', { reason: 'Old', date: day(-40) }, { reason: 'New', date: day(-2) }, { reason: 'Now', date: day(-1) });
await t('GET', `/encounters/patient/${P}/recent`, { is: (j) => ids(j) === [en2[2], en2[1]].join() });
const fam = await mk('/family-members/', { name: 'Zed', relationship: 'brother' }, { name: 'Abe', relationship: 'brother' }, { name: 'Kim', relationship: 'aunt' });
await t('GET', '/family-members/', { is: (j) => ids(j) === [fam[2], fam[1], fam[0]].join() });
await t('GET', '/family-members/?relationship=BROTHER', { is: (j) => ids(j) === [fam[1], fam[0]].join() });
await t('GET', '/family-members/dropdown', { is: (j) => ids(j) === [...fam].reverse().join() });
const inss = await mk('/insurances/', { insurance_type: 'dental', company_name: 'B', member_name: 'A', member_id: '1', effective_date: '2024-01-01', expiration_date: day(10) }, { insurance_type: 'vision', company_name: 'A', member_name: 'A', member_id: '1', effective_date: '2024-01-01', expiration_date: day(5), status: 'pending' }, { insurance_type: 'medical', company_name: 'Ab', member_name: 'A', member_id: '1', effective_date: '2024-01-01', expiration_date: day(3) });
await t('GET', '/insurances/', { is: (j) => j.map((x) => x.insurance_type).join() === 'vision,medical,dental' });
await t('GET', '/insurances/expiring', { is: (j) => ids(j) === [inss[2], inss[0]].join() });
await t('GET', '/insurances/search?company=a', { is: (j) => ids(j) === [inss[1], inss[2]].join() });
await t('GET', '/insurances/?active_only=true', { is: (j) => j.length === 2 });
await t('GET', '/insurances/?insurance_type=dental', { is: (j) => ids(j) === String(inss[0]) });
await t('POST', '/emergency-contacts/', { body: { name: 'Adam', relationship: 'friend', phone_number: '5551234567' } });
await t('POST', '/emergency-contacts/', { body: { name: 'Yan', relationship: 'friend', phone_number: '5551234567', is_primary: true } });
await t('GET', '/emergency-contacts/', { is: (j) => j.map((x) => x.name).join() === 'Yan,Adam,Zoe' });
await t('GET', '/emergency-contacts/?is_primary=false', { is: (j) => j.map((x) => x.name).join() === 'Adam,Zoe' });
const l = await mk('/lab-results/', { test_name: 'Panel', completed_date: '2024-03-01', status: 'completed' }, { test_name: 'Other', status: 'completed', ordered_date: '2024-05-01' }, { test_name: 'Third', ordered_date: day(3), status: 'completed' });
await t('GET', `/lab-results/${l[1]}`, { is: (j) => j.completed_date === day(0) });
await t('GET', `/lab-results/${l[2]}`, { is: (j) => j.completed_date === day(3) });
await t('POST', `/lab-test-components/lab-result/${l[0]}/components/bulk`, { status: 201, body: { lab_result_id: l[0], components: [{ test_name: 'B', value: 1, unit: 'x', display_order: 2, status: 'critical' }, { test_name: 'A', value: 5, unit: 'x', display_order: 1, ref_range_min: 1, ref_range_max: 9, category: 'other' }, { test_name: 'C', value: 5, unit: 'x' }] } });
await t('GET', `/lab-test-components/lab-result/${l[0]}/components`, { is: (j) => j.map((x) => x.test_name).join('') === 'ABC' && j[0].status === 'normal' && j[2].status === null });
await t('GET', `/lab-test-components/lab-result/${l[0]}/statistics`, { is: (j) => JSON.stringify(j.status_breakdown) === '{"critical":1,"normal":1,"unknown":1}' || (j.status_breakdown.critical === 1 && j.status_breakdown.unknown === 1 && j.category_breakdown.other === 3 && j.abnormal_count === 1 && j.critical_count === 1 && j.normal_count === 1) });
for (const [n, v] of [1, 2, 3, 4, 5, 6].entries()) { const [lr] = await mk('/lab-results/', { test_name: 'Series', completed_date: `2024-0${n + 1}-01`, status: 'completed' });
await t('POST', `/lab-test-components/lab-result/${lr}/components`, { status: 201, body: { test_name: 'TSH', value: v, unit: 'mU/L', ref_range_min: 0, ref_range_max: 4 } }); }
await t('GET', `/lab-test-components/patient/${P}/trends/t_h`, { is: (j) => { const s = j.statistics; return s.count === 6 && s.latest === 6 && s.average === 3.5 && s.min === 1 && s.max === 6 && s.std_dev === 1.71 && s.trend_direction === 'increasing' && s.time_in_range_percent === 66.7 && s.normal_count === 4 && s.abnormal_count === 2 && j.data_points[0].recorded_date === '2024-06-01' && j.test_name === 't_h'; } });
await t('GET', `/lab-test-components/patient/${P}/trends/tsh?date_from=2024-02-01&date_to=2024-03-01`, { is: (j) => j.statistics.count === 2 && j.statistics.trend_direction === 'stable' });
await t('GET', `/lab-test-components/patient/${P}/trends/tsh?limit=101`, { status: 422 });
// vitals stats
for (const b of [{ recorded_date: '2024-02-01T00:00:00', weight: 150, height: 70, temperature: 98.66, systolic_bp: 120 }, { recorded_date: '2024-03-01T00:00:00', weight: 160.2, systolic_bp: 125, temperature: 99 }]) await t('POST', '/vitals/', { body: { patient_id: P, ...b } });
await t('GET', '/vitals/stats', { is: (j) => j.avg_systolic_bp === 122.5 && j.current_weight === 160.2 && j.weight_change === 10.2 && j.current_temperature === 99 && j.avg_temperature === 98.8 && j.latest_reading_date === '2024-03-01T00:00:00' && j.current_bmi === 21.5 && j.avg_heart_rate === 61 });
await t('GET', `/vitals/patient/${P}?vital_type=weight`, { is: (j) => j.map((x) => x.recorded_date.slice(0, 7)).join() === '2024-03,2024-02' });
await t('GET', `/vitals/patient/${P}/date-range?start_date=2024-02-01&end_date=2024-02-28`, { is: (j) => j.length === 1 });
await t('GET', `/vitals/patient/${P}?days=0`, { status: 422 });
// activity words
await t('GET', '/patients/recent-activity/?limit=1', { is: (j) => j.length === 1 && j[0].model_name === 'Vital Signs' && j[0].action === 'created' && /^Created Vital Signs/.test(j[0].description) });
await t('GET', '/patients/recent-activity/?limit=51', { status: 422 });
await t('PUT', '/patients/me', { body: { height: 70 } });
await t('GET', '/patients/recent-activity/?limit=1', { is: (j) => j[0].description === 'Updated Patient Information' && j[0].model_name === 'Patient Information' && j[0].id === P });
await t('PUT', `/medications/${m[0]}`, { body: { dosage: '1 mg' } });
await t('GET', '/patients/recent-activity/?limit=1', { is: (j) => j[0].description === 'Updated Medication: Beta' });
await t('GET', '/patients/recent-activity/?patient_id=99999', { status: 404 });
await t('GET', '/patients/me/dashboard-stats?patient_id=99999', { status: 404 });
await t('GET', '/patients/me/dashboard-stats', { is: (j) => j.active_medications === 3 && j.total_records === 3 + j.total_lab_results + 3 + 4 + j.total_conditions + 5 + 3 + 3 + j.total_vitals + 3 });
// auth
for (const [header, message] of [['Bearer abc', 'Authentication failed'], ['Bearer a.b.c', 'Token validation failed'], ['Basic x', 'Authentication required'], ['Bearer ', 'Authentication required']]) {
	const r = await server.ask('GET', '/api/v1/users/me', { headers: { Authorization: header } });
	tally.hold(r.status === 401 && r.json.message === message && !r.headers['www-authenticate'], `"${header}" is not "${message}"`, r.text);
}
tally.hold((await server.ask('GET', '/api/v1/users/me', { headers: { Authorization: `bEARER ${anna.token}` } })).status === 200, 'the scheme has no case');
const login = await server.form('/api/v1/auth/login', { username: 'ANNA2', password: anna.password });
tally.hold(login.status === 200 && login.json.token_type === 'bearer' && login.json.session_timeout_minutes === 30, 'login', login.text);
const payload = login.json.access_token.split('.')[1];
tally.hold(!/[-_]/.test(payload) && /^{"sub":"anna2","role":"user","user_id":\d+,"full_name":"anna Tester","exp":\d+/.test(Buffer.from(payload, 'base64').toString()), 'the token is not what front ends decode', payload);
for (const fields of [{ username: 'anna2' }, { username: 'anna2', password: anna.password, grant_type: 'code' }]) {
	const r = await server.form('/api/v1/auth/login', fields);
	tally.hold(r.status === 422, `login with ${Object.keys(fields)}`, r.text);
}
await t('POST', '/auth/login', { who: null, body: { username: 'anna2', password: anna.password }, status: 422 });
const chief = await server.makeAdmin(), long = 'correct horse battery 1';
await t('POST', '/auth/register', { who: null, body: { username: 'x', email: 'x@example.com', full_name: 'X', role: 'user', password: 'a' }, status: 401, msg: 'New user registration is currently disabled. Please contact an administrator.' });
await t('POST', '/auth/register', { who: chief, body: { username: 'x', email: 'x@x.local', full_name: 'X', role: 'king', password: 'abc' }, status: 422, v: ['Username must be at least 3 characters long', 'Full name must be at least 2 characters long', 'Role must be one of: admin, user, guest, doctor, nurse, staff', 'value is not a valid email address'] });
await t('POST', '/auth/register', { who: chief, body: { username: 'Anna2', email: 'q@example.com', full_name: 'Qu Q', role: 'user', password: long }, status: 409, msg: "An account with the username 'anna2' already exists. Please choose a different username.", code: 'CONF-409', desc: 'The request conflicts with the current state of the resource' });
await t('POST', '/auth/register', { who: chief, body: { username: 'annaq', email: 'Anna2@EXAMPLE.com', full_name: 'Qu Q', role: 'user', password: long }, status: 409, is: (j) => /^An account with the email address 'anna2@example\.com' already exists\. Please use a different email or try logging in\.$/i.test(j.message) });
await t('POST', '/auth/register', { who: chief, body: { username: 'Madonna', email: 'm@example.com', full_name: 'Madonna', role: 'User', password: long }, is: (j) => j.username === 'madonna' && j.role === 'user' && j.auth_method === 'local' });
const single = { token: await server.login('madonna', long) }, born = new Date();
born.setUTCFullYear(born.getUTCFullYear() - 25);
await t('GET', '/patients/me', { who: single, is: (j) => j.first_name === 'Madonna' && j.last_name === 'Madonna' && j.gender === 'OTHER' && j.address === 'Please update your address in your profile' && Math.abs(new Date(j.birth_date) - born) < 3 * 86400000 });
await t('POST', '/auth/change-password', { who: single, body: { currentPassword: 'x', newPassword: 'another horse 22' }, status: 401, msg: 'Current password is incorrect' });
await t('POST', '/auth/change-password', { who: single, body: { currentPassword: long, newPassword: 'x' }, status: 400, code: 'BIZ-400', msg: 'New password must be at least 12 characters long' });
await t('POST', '/auth/logout', { who: single, is: (j) => j.message === 'Successfully logged out' });
await t('GET', '/users/me', { who: single, status: 401 });
await t('GET', '/auth/registration-status', { who: null, is: (j) => j.registration_enabled === false && j.message === 'Registration is currently disabled. Please contact an administrator.' });

// conventions
for (const [method, path, status, text] of [['PATCH', '/medications/', 405, '{"detail":"Method Not Allowed"}'], ['GET', '/nowhere', 404, '{"detail":"Not Found"}'], ['HEAD', '/medications/', 200, ''], ['GET', '/medications', 200], ['GET', '/conditions/dropdown/', 200]]) {
	const r = await server.ask(method, `/api/v1${path}`, { token: anna.token });
	tally.hold(r.status === status && (text === undefined || r.text === text), `${method} ${path}`, `${r.status} ${r.text}`);
}
await t('GET', '/system/version', { who: null, keys: f('app_name version timestamp'), raw: /"timestamp":"[-\dT:.]+Z"/ });
await t('GET', '/system/health', { who: null, keys: f('status timestamp logging_system'), raw: /"timestamp":"[-\dT:.]+Z"/ });
await t('GET', '/system/log-level', { who: null, keys: f('current_level available_levels default_level categories file_mapping configuration timestamp rate_limit_info') });
await t('GET', '/utils/timezone-info', { who: null, keys: f('facility_timezone current_utc_time current_facility_time timezone_offset_hours'), raw: /"timezone_offset_hours":-?\d+\.\d+}/ });
await t('GET', '/frontend-logs/health', { who: null, keys: f('status service timestamp') });
await t('GET', '/admin/dashboard/health-check', { who: null, keys: f('status timestamp service version uptime startup_time') });
await t('GET', '/admin/dashboard/stats-test', { who: null, is: (j) => JSON.stringify(j) === '{"message":"Test endpoint working","status":"ok"}' });
await t('DELETE', '/users/me', { keys: f('message deleted_user_id deleted_patient_id deletion_summary'), is: (j) => Object.keys(j.deletion_summary).sort().join() === f('user_preferences patient_shares family_history_shares invitations_sent invitations_received patient activity_logs_updated user').sort().join() });

try { await server.stop(); tally.hold(true); } catch (e) { tally.hold(false, e.message); }
server.remove();
tally.end();
