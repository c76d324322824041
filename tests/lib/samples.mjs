// samples - one good body per record, for whoever needs rows: the matrix makes one of
// each, refused() spoils them member by member.  Every text carries MARK, so that it can be
// looked for where it must not be.
export const MARK = 'Zanzibar';

// ids: {patient, practitioner, pharmacy, condition, medication, lab_result, family_member}
export const personal = {
	practitioners: () => ({ path: '/api/v1/practitioners/', body: { name: 'Dr. Sample', specialty: 'Surgery', practice: 'Sample House' } }),
	pharmacies: () => ({ path: '/api/v1/pharmacies/', body: { name: 'Sample Pharmacy' } }),
	conditions: (ids) => ({ path: '/api/v1/conditions/', body: { patient_id: ids.patient, diagnosis: `${MARK} fever`, status: 'active' } }),
	medications: (ids) => ({ path: '/api/v1/medications/', body: { patient_id: ids.patient, medication_name: `${MARK}ol`, practitioner_id: ids.practitioners, pharmacy_id: ids.pharmacies } }),
	allergies: (ids) => ({ path: '/api/v1/allergies/', body: { patient_id: ids.patient, allergen: `${MARK} nut`, severity: 'mild' } }),
	immunizations: (ids) => ({ path: '/api/v1/immunizations/', body: { patient_id: ids.patient, vaccine_name: `${MARK} vaccine`, date_administered: '2023-05-05' } }),
	procedures: (ids) => ({ path: '/api/v1/procedures/', body: { patient_id: ids.patient, procedure_name: `${MARK} procedure`, date: '2023-05-05', status: 'completed' } }),
	treatments: (ids) => ({ path: '/api/v1/treatments/', body: { patient_id: ids.patient, treatment_name: `${MARK} treatment`, treatment_type: 'therapy', start_date: '2023-05-05' } }),
	encounters: (ids) => ({ path: '/api/v1/encounters/', body: { patient_id: ids.patient, reason: `${MARK} visit`, date: '2023-05-05' } }),
	vitals: (ids) => ({ path: '/api/v1/vitals/', body: { patient_id: ids.patient, recorded_date: '2024-01-15T10:30:00', heart_rate: 61, notes: `${MARK} calm` } }),
	lab_results: (ids) => ({ path: '/api/v1/lab-results/', body: { patient_id: ids.patient, test_name: `${MARK} test`, test_code: 'ZZT', practitioner_id: ids.practitioners } }),
	insurance: (ids) => ({ path: '/api/v1/insurances/', body: { patient_id: ids.patient, insurance_type: 'medical', company_name: `${MARK} Mutual`, member_name: 'Sample', member_id: 'S-1', effective_date: '2023-05-05' } }),
	emergency_contacts: (ids) => ({ path: `/api/v1/emergency-contacts/?patient_id=${ids.patient}`, body: { name: `${MARK} Zoe`, relationship: 'friend', phone_number: '5551234567', is_primary: true } }),
	family_members: (ids) => ({ path: '/api/v1/family-members/', body: { patient_id: ids.patient, name: `${MARK} Opa`, relationship: 'father' } }),
	lab_test_components: (ids) => ({ path: `/api/v1/lab-test-components/lab-result/${ids.lab_results}/components`,
		body: { lab_result_id: ids.lab_results, test_name: `${MARK} component`, value: 1.5, unit: 'mg', ref_range_min: 1, ref_range_max: 2 }, one: '/api/v1/lab-test-components/components/' }),
	family_conditions: (ids) => ({ path: `/api/v1/family-members/${ids.family_members}/conditions`, body: { condition_name: `${MARK} gout` },
		one: `/api/v1/family-members/${ids.family_members}/conditions/` }),
	condition_medications: (ids) => ({ path: `/api/v1/conditions/${ids.conditions}/medications`, body: { medication_id: ids.medications, relevance_note: `${MARK} link` },
		one: `/api/v1/conditions/${ids.conditions}/medications/` }),
	lab_result_conditions: (ids) => ({ path: `/api/v1/lab-results/${ids.lab_results}/conditions`, body: { condition_id: ids.conditions, relevance_note: `${MARK} link` },
		one: `/api/v1/lab-results/${ids.lab_results}/conditions/` }),
};

// ids: {mrn, npi}
export const clinic = {
	patients: () => ({ path: '/clinic/v1/patients', key: 'mrn', body: { first_name: MARK, last_name: `${MARK}son`, dob: '1970-07-07', ssn: '123-45-6789' } }),
	providers: () => ({ path: '/clinic/v1/providers', key: 'npi', body: { npi: '1679576722', name: 'Dr. Sample', accepting_new_patients: true } }),
	appointments: (ids) => ({ path: '/clinic/v1/appointments', key: 'appointment_id', body: { patient_mrn: ids.patients, provider_npi: ids.providers, date: new Date(Date.now() + 9e8).toISOString().slice(0, 10), time: '10:00', reason: `${MARK} visit` } }),
	medications: (ids) => ({ path: '/clinic/v1/medications', key: 'medication_id', body: { patient_mrn: ids.patients, name: `${MARK}ol`, dosage: '1 mg', frequency: 'daily' } }),
	allergies: (ids) => ({ path: '/clinic/v1/allergies', key: 'id', body: { patient_mrn: ids.patients, allergen: `${MARK} nut`, severity: 'mild' } }),
	vital_signs: (ids) => ({ path: '/clinic/v1/vital-signs', key: 'id', body: { patient_mrn: ids.patients, recorded_date: '2024-01-15T10:30:00Z', heart_rate: 61, notes: `${MARK} calm` } }),
	lab_results: (ids) => ({ path: '/clinic/v1/lab-results', key: 'order_id', body: { patient_mrn: ids.patients, test_name: `${MARK} test`, ordered_date: '2024-01-01' } }),
	oauth_clients: () => ({ path: '/clinic/v1/clients', key: 'client_id', body: { app_id: `${MARK}-app`, app_name: `${MARK} app`, role: 'nurse', scopes: ['read:patients'] } }),
};

// Makes one of each; resolves to {table: key}.
export async function plant(server, samples, token, ids = {}) {
	for (const [table, sample] of Object.entries(samples)) {
		const { path, body, key = 'id' } = sample(ids);
		const r = await server.ask('POST', path, { token: typeof token === 'function' ? token(table) : token, body });
		if (r.status !== 200 && r.status !== 201) throw new Error(`sample of ${table}: ${r.status} ${r.text}`);
		ids[table] = r.json[key];
	}
	return ids;
}
