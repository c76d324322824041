#!/usr/bin/env node
// rights - every operation of the personal face x everybody: the owner, holders of a view,
// an edit and a full share, of one that expired, that was revoked, of a patient made
// private, a stranger, an admin, nobody.  What each must be answered stands in TABLE and
// LEVELS below and nowhere else; shares are made as people make them, by invitation and
// answer.  A route that is not in the table is a failure, and so is a line no route serves.
import { Server, Tally } from './lib/server.mjs';
import { MARK, personal, plant } from './lib/samples.mjs';

const ROLES = ['owner', 'view', 'edit', 'full', 'expired', 'revoked', 'private', 'stranger', 'admin', 'nobody'];
const OUTSIDE = ['expired', 'revoked', 'private', 'stranger', 'admin'];
const fine = 'fine'; // 2xx
const mine = 'mine'; // no 401, 403 or 5xx, nothing of anybody else
const row = (owner, view, edit, full, outside, more = {}) => ({ owner, view, edit, full, ...Object.fromEntries(OUTSIDE.map((r) => [r, outside])), nobody: 401, ...more });

// What a level means to each; numbers are statuses.
const LEVELS = {
	see: row(fine, fine, fine, fine, 404),
	change: row(fine, 403, fine, fine, 404),
	manage: row(fine, 403, 403, fine, 404),
	own: row(fine, 403, 403, 403, 404),
	// Of the active patient, who may be one that is shared; a stranger's is their own.
	active: row(fine, fine, fine, fine, 404, { stranger: mine, admin: mine }),
	// A row that hangs on another: whoever does not see the first gets 404.
	mine: row(mine, mine, mine, mine, mine),
	// Of nobody's patient: read by all, changed by who added it and by admins.
	shared: row(fine, 403, 403, 403, 403, { admin: fine }),
	all: row(fine, fine, fine, fine, fine),
	// Sharing of relatives: the contract has 400 for who may not know of them.
	relative: row(fine, 403, 403, fine, 400),
	// Leaving: the owner cannot; who has or had a share may always.
	leave: row(400, fine, fine, fine, 404, { expired: fine, revoked: fine, private: fine }),
	unshared: row(400, 400, 400, 400, 400),
	// An invitation is of the two it names.
	invitation: row(fine, 404, 404, 404, 404),
	answer: row(404, 404, 404, 404, 404),
	unaccepted: row(400, 404, 404, 404, 404),
	// Each is somebody new each time: it ends what they have.
	alone: row(mine, mine, mine, mine, mine),
	// The house is its administrators'.
	house: row(403, 403, 403, 403, 403, { admin: mine }),
	open: null,
};

const TABLE = `
open    GET /auth/registration-status
open    POST /auth/register
open    POST /auth/login
alone   POST /auth/change-password
alone   POST /auth/logout
open    GET /auth/sso/config
open    POST /auth/sso/initiate
mine    GET /users/me
mine    PUT /users/me
alone   DELETE /users/me
mine    GET /users/me/preferences
mine    PUT /users/me/preferences
mine    GET /users/me/sessions
answer  DELETE /users/me/sessions/{id}
open    GET /setup
open    POST /setup
open    GET /system/version
open    GET /system/health
open    GET /system/log-level
open    GET /utils/timezone-info
open    GET /frontend-logs/health
open    POST /frontend-logs/log
open    POST /frontend-logs/error
mine    POST /frontend-logs/user-action
open    GET /admin/dashboard/health-check
open    GET /admin/dashboard/stats-test
house   POST /admin/models/users/{user_id}/reset-password
house   GET /house/users
house   POST /house/users
house   PATCH /house/users/{id}
house   DELETE /house/users/{id}
house   POST /house/users/{id}/password
house   POST /house/users/{id}/end-sessions
house   GET /house/registration
house   PUT /house/registration
house   GET /house/activity
house   GET /house/health
house   POST /house/audit/verify
mine    GET /patients/me
mine    POST /patients/me
mine    PUT /patients/me
alone   DELETE /patients/me
mine    GET /patients/current
mine    POST /patient-management/
mine    GET /patient-management/
mine    GET /patient-management/owned/list
mine    GET /patient-management/active/current
see     POST /patient-management/switch
mine    GET /patient-management/self-record
mine    GET /patient-management/stats
see     GET /patient-management/{id}
change  PUT /patient-management/{id}
own     DELETE /patient-management/{id}
mine    GET /patients/me/recent-activity
see     GET /patients/recent-activity/
see     GET /patients/me/dashboard-stats
see     POST /patients/{patient_id}/photo
see     GET /patients/{patient_id}/photo
see     GET /patients/{patient_id}/photo/info
own     DELETE /patients/{patient_id}/photo
see     PUT /people/{patient_id}/look
see     GET /patients/{patient_id}/medications/
change  POST /patients/{patient_id}/medications/
see     GET /patients/{patient_id}/conditions/
see     GET /patients/{patient_id}/allergies/
see     GET /patients/{patient_id}/immunizations/
see     GET /patients/{patient_id}/procedures/
see     GET /patients/{patient_id}/treatments/
see     GET /patients/{patient_id}/lab-results/
see     GET /patients/{patient_id}/encounters/
see     GET /medications/
change  POST /medications/
see     GET /medications/{id}
change  PUT /medications/{id}
change  DELETE /medications/{id}
see     GET /medications/patient/{patient_id}
see     GET /conditions/
change  POST /conditions/
see     GET /conditions/{id}
change  PUT /conditions/{id}
change  DELETE /conditions/{id}
active  GET /conditions/dropdown
see     GET /conditions/patient/{patient_id}/active
see     GET /conditions/patients/{patient_id}/conditions/
see     GET /conditions/condition-medications/{condition_id}
see     GET /conditions/medication/{medication_id}/conditions
see     GET /conditions/{condition_id}/lab-results
change  POST /conditions/{condition_id}/medications
change  PUT /conditions/{condition_id}/medications/{relationship_id}
change  DELETE /conditions/{condition_id}/medications/{relationship_id}
see     GET /allergies/
change  POST /allergies/
see     GET /allergies/{id}
change  PUT /allergies/{id}
change  DELETE /allergies/{id}
see     GET /allergies/patient/{patient_id}/active
see     GET /allergies/patient/{patient_id}/critical
see     GET /allergies/patient/{patient_id}/check/{allergen}
see     GET /allergies/patients/{patient_id}/allergies/
see     GET /immunizations/
change  POST /immunizations/
see     GET /immunizations/{id}
change  PUT /immunizations/{id}
change  DELETE /immunizations/{id}
see     GET /immunizations/patient/{patient_id}/recent
see     GET /immunizations/patient/{patient_id}/booster-check/{vaccine_name}
see     GET /immunizations/patient/{patient_id}/immunizations/
see     GET /procedures/
change  POST /procedures/
see     GET /procedures/{id}
change  PUT /procedures/{id}
change  DELETE /procedures/{id}
see     GET /procedures/scheduled
see     GET /procedures/patient/{patient_id}/recent
see     GET /procedures/patients/{patient_id}/procedures/
see     GET /treatments/
change  POST /treatments/
see     GET /treatments/{id}
change  PUT /treatments/{id}
change  DELETE /treatments/{id}
see     GET /treatments/ongoing
see     GET /treatments/patient/{patient_id}/active
see     GET /treatments/patients/{patient_id}/treatments/
see     GET /encounters/
change  POST /encounters/
see     GET /encounters/{id}
change  PUT /encounters/{id}
change  DELETE /encounters/{id}
see     GET /encounters/patient/{patient_id}/recent
see     GET /encounters/patients/{patient_id}/encounters/
see     GET /vitals/
change  POST /vitals/
see     GET /vitals/stats
see     GET /vitals/{id}
change  PUT /vitals/{id}
change  DELETE /vitals/{id}
see     GET /vitals/patient/{patient_id}
see     GET /vitals/patient/{patient_id}/latest
see     GET /vitals/patient/{patient_id}/stats
see     GET /vitals/patient/{patient_id}/date-range
change  POST /vitals/patient/{patient_id}/vitals/
see     GET /people/{patient_id}
change  PUT /people/{patient_id}
see     GET /people/{patient_id}/vitals
see     GET /people/{patient_id}/vitals/stats
see     GET /people/{patient_id}/vitals/{id}
change  PUT /people/{patient_id}/vitals/{id}
change  POST /people/{patient_id}/vitals
see     POST /people/{patient_id}/medication-check
mine    GET /people
see     GET /people/{patient_id}/dashboard
see     GET /people/{patient_id}/timeline
see     GET /people/{patient_id}/trends
see     GET /people/{patient_id}/trends/available
see     GET /people/{patient_id}/chart
manage  GET /people/{patient_id}/activity
see     GET /people/{patient_id}/records/{type}
open    GET /page/start
see     GET /lab-results/
change  POST /lab-results/
see     GET /lab-results/{id}
change  PUT /lab-results/{id}
change  DELETE /lab-results/{id}
see     GET /lab-results/patient/{patient_id}
see     GET /lab-results/patient/{patient_id}/code/{code}
mine    GET /lab-results/practitioner/{practitioner_id}
mine    GET /lab-results/search/code/{code}
mine    GET /lab-results/search/code-pattern/{pattern}
see     GET /lab-results/stats/patient/{patient_id}/count
mine    GET /lab-results/stats/practitioner/{practitioner_id}/count
mine    GET /lab-results/stats/code/{code}/count
see     GET /lab-results/{id}/files
see     GET /lab-results/{id}/conditions
change  POST /lab-results/{id}/conditions
change  PUT /lab-results/{id}/conditions/{relationship_id}
change  DELETE /lab-results/{id}/conditions/{relationship_id}
see     GET /lab-test-components/lab-result/{lab_result_id}/components
change  POST /lab-test-components/lab-result/{lab_result_id}/components
change  POST /lab-test-components/lab-result/{lab_result_id}/components/bulk
see     GET /lab-test-components/lab-result/{lab_result_id}/statistics
see     GET /lab-test-components/components/search
see     GET /lab-test-components/components/abnormal
see     GET /lab-test-components/components/{id}
change  PUT /lab-test-components/components/{id}
change  DELETE /lab-test-components/components/{id}
see     GET /lab-test-components/patient/{patient_id}/trends/{test_name}
mine    GET /lab-test-components/suggestions/test-names
mine    GET /lab-test-components/suggestions/abbreviations
see     GET /insurances/
change  POST /insurances/
see     GET /insurances/{id}
change  PUT /insurances/{id}
change  DELETE /insurances/{id}
see     GET /insurances/expiring
see     GET /insurances/search
change  PATCH /insurances/{id}/status
change  PATCH /insurances/{id}/set-primary
see     GET /emergency-contacts/
change  POST /emergency-contacts/
see     GET /emergency-contacts/{id}
change  PUT /emergency-contacts/{id}
change  DELETE /emergency-contacts/{id}
see     GET /emergency-contacts/patient/{patient_id}/primary
change  POST /emergency-contacts/{id}/set-primary
see     GET /family-members/
change  POST /family-members/
see     GET /family-members/dropdown
see     GET /family-members/search/
see     GET /family-members/{id}
change  PUT /family-members/{id}
change  DELETE /family-members/{id}
see     GET /family-members/{id}/conditions
change  POST /family-members/{id}/conditions
change  PUT /family-members/{id}/conditions/{condition_id}
change  DELETE /family-members/{id}/conditions/{condition_id}
all     GET /practitioners/
mine    POST /practitioners/
all     GET /practitioners/{id}
shared  PUT /practitioners/{id}
shared  DELETE /practitioners/{id}
all     GET /practitioners/search/by-name
all     GET /practitioners/specialties
all     GET /pharmacies/
mine    POST /pharmacies/
all     GET /pharmacies/{id}
shared  PUT /pharmacies/{id}
shared  DELETE /pharmacies/{id}
manage  POST /patient-sharing/
manage  POST /patient-sharing/bulk-invite
manage  PUT /patient-sharing/
mine    GET /patient-sharing/shared-with-me
mine    GET /patient-sharing/shared-by-me
mine    GET /patient-sharing/stats/user
own     GET /patient-sharing/{patient_id}
manage  DELETE /patient-sharing/revoke
leave   DELETE /patient-sharing/remove-my-access/{patient_id}
mine    POST /patient-sharing/cleanup-expired
mine    GET /invitations/pending
mine    GET /invitations/sent
mine    GET /invitations/summary
mine    POST /invitations/cleanup
mine    POST /invitations/
answer  POST /invitations/{id}/respond
unaccepted POST /invitations/{id}/revoke
invitation DELETE /invitations/{id}
relative POST /family-history-sharing/{family_member_id}/shares
relative POST /family-history-sharing/bulk-invite
own     GET /family-history-sharing/{family_member_id}/shares
see     GET /family-history-sharing/{family_member_id}/details
manage  DELETE /family-history-sharing/{family_member_id}/shares/{user_id}
unshared DELETE /family-history-sharing/shared-with-me/{family_member_id}/remove-access
mine    GET /family-history-sharing/mine
mine    GET /family-history-sharing/shared-with-me
mine    GET /family-history-sharing/my-own
mine    GET /family-history-sharing/shared-by-me
mine    GET /tags/popular
mine    GET /tags/suggestions
mine    GET /tags/autocomplete
mine    GET /tags/search
mine    POST /tags/create
mine    PUT /tags/rename
mine    PUT /tags/replace
mine    DELETE /tags/delete
`.trim().split('\n').map((l) => { const [, level, method, path] = /^(\w+)\s+(\w+) (.*)$/.exec(l); return { level, method, path, name: `${method} ${path}` }; });

const tally = new Tally('rights');
const server = await Server.start();
const api = (method, path, token, body) => server.ask(method, `/api/v1${path}`, { token, body, headers: Buffer.isBuffer(body) ? { 'Content-Type': 'multipart/form-data; boundary=b' } : {} });
// One grey point, as BMP, as a form.
const point = Buffer.concat([Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.bmp"\r\nContent-Type: image/bmp\r\n\r\n'),
	Buffer.from('424d3a00000000000000360000002800000001000000010000000100180000000000040000000000000000000000000000000000000080808000', 'hex'), Buffer.from('\r\n--b--\r\n')]);
async function must(method, path, token, body) {
	const r = await api(method, path, token, body);
	if (r.status >= 300) throw new Error(`${method} ${path}: ${r.status} ${r.text}`);
	return r.json;
}

// ---- the people, and how they came to their shares ----

const admin = await server.makeAdmin();
const people = { admin, nobody: { token: null, name: 'nobody' } };
for (const name of ['owner', 'view', 'edit', 'full', 'expired', 'revoked', 'private', 'stranger', 'friend', 'target']) people[name] = await server.makeUser(name);
const owner = people.owner.token;
const words = { birth_date: '1980-01-01', last_name: MARK, first_name: 'Anna' };
const tags = ['zanzibartag'];
const tagged = new Set(['conditions', 'medications', 'allergies', 'immunizations', 'procedures', 'treatments', 'encounters', 'lab_results']);
const samples = Object.fromEntries(Object.entries(personal).map(([table, make]) => [table, (ids) => { const s = make(ids); return tagged.has(table) ? { ...s, body: { ...s.body, tags } } : s; }]));

// world.a is open to shares; world.b will be private.
const world = { a: { patient: people.owner.patient } };
await must('PUT', `/patient-management/${world.a.patient}`, owner, { last_name: MARK });
world.b = { patient: (await must('POST', '/patient-management/', owner, words)).id };
for (const ids of Object.values(world)) await plant(server, samples, owner, ids);

async function share(by, patient, who, level, more = {}) {
	const { invitation_id } = await must('POST', '/patient-sharing/', by.token, { patient_id: patient, shared_with_user_identifier: who.username ?? who.name, permission_level: level, ...more });
	await must('POST', `/invitations/${invitation_id}/respond`, who.token, { response: 'accepted' });
	await must('POST', '/patient-management/switch', who.token, { patient_id: patient });
}
for (const level of ['view', 'edit', 'full']) await share(people.owner, world.a.patient, people[level], level);
const over = Date.now() + 1500;
await share(people.owner, world.a.patient, people.expired, 'full', { expires_at: new Date(over).toISOString().slice(0, 23) });
await share(people.owner, world.a.patient, people.revoked, 'full');
await share(people.owner, world.b.patient, people.private, 'full');
for (const role of ['expired', 'revoked', 'private']) {
	const r = await api('GET', `/medications/?patient_id=${(role === 'private' ? world.b : world.a).patient}`, people[role].token);
	tally.hold(r.status === 200 && r.text.includes(MARK), `${role}: the share is not there before it ends`, r.text);
}
await must('DELETE', '/patient-sharing/revoke', owner, { patient_id: world.a.patient, shared_with_user_id: people.revoked.id });
await must('PUT', `/patient-management/${world.b.patient}`, owner, { privacy_level: 'private' });
await new Promise((go) => { setTimeout(go, Math.max(0, over - Date.now()) + 20); });
const ids_for = (role) => (role === 'private' ? world.b : world.a);

// ---- what a request is aimed at ----

const TABLES = { insurances: 'insurance', components: 'lab_test_components' };
const table_of = (word) => TABLES[word] ?? word.replaceAll('-', '_');
const segment = (path) => path.split('/')[1];

function url(op, ids) {
	const at = op.path.split('/');
	const value = (name) => {
		const before = at[at.indexOf(`{${name}}`) - 1];
		switch (name) {
		case 'patient_id': return ids.patient;
		case 'condition_id': return segment(op.path) === 'family-members' ? ids.family_conditions : ids.conditions;
		case 'relationship_id': return segment(op.path) === 'conditions' ? ids.condition_medications : ids.lab_result_conditions;
		case 'medication_id': return ids.medications;
		case 'lab_result_id': return ids.lab_results;
		case 'practitioner_id': return ids.practitioners;
		case 'family_member_id': return ids.family_members;
		case 'user_id': return (segment(op.path) === 'admin' ? people.target : people.friend).id;
		case 'code': case 'pattern': return 'ZZT';
		case 'type': return 'medications';
		case 'allergen': case 'vaccine_name': case 'test_name': return MARK;
		case 'id':
			if (before === 'patient-management') return ids.patient;
			if (before === 'sessions') return ids.session;
			if (before === 'users') return people.target.id; // of the house
			if (before === 'invitations') return ids.invitation;
			return ids[table_of(before)];
		default: throw new Error(`what is {${name}} of ${op.path}?`);
		}
	};
	const path = op.path.replace(/\{(\w+)\}/g, (m, name) => encodeURIComponent(value(name)));
	const query = new URLSearchParams(QUERIES[op.name]?.(ids) ?? {});
	if (op.level !== 'mine' && op.names.includes('patient_id') && !query.has('patient_id')) query.set('patient_id', ids.patient);
	return query.size ? `${path}?${query}` : path;
}

const QUERIES = {
	'GET /vitals/patient/{patient_id}/date-range': () => ({ start_date: '2020-01-01T00:00:00', end_date: '2030-01-01T00:00:00' }),
	'GET /lab-test-components/components/search': () => ({ q: MARK }),
	'GET /people/{patient_id}/trends': () => ({ of: 'heart_rate' }),
	'GET /insurances/search': () => ({ company: MARK }),
	'GET /family-members/search/': () => ({ name: MARK }),
	'GET /practitioners/search/by-name': () => ({ name: 'Sample' }),
	'PUT /patient-sharing/': (ids) => ({ patient_id: ids.patient, shared_with_user_id: people.friend.id }),
	'GET /tags/autocomplete': () => ({ q: 'zan' }),
	'GET /tags/search': () => ({ tags: tags[0] }),
	'PUT /tags/rename': () => ({ old_tag: tags[0], new_tag: 'intrudertag' }),
	'PUT /tags/replace': () => ({ old_tag: tags[0], new_tag: 'intrudertag' }),
	'DELETE /tags/delete': () => ({ tag: tags[0] }),
};

// A body in words of its own, so that an answer with MARK is one with Anna's data.
function sample(table, ids) {
	return JSON.parse(JSON.stringify(samples[table](ids).body).replaceAll(MARK, 'Intruder').replaceAll(tags[0], 'intruded'));
}

const offer = () => ({ shared_with_identifier: 'friend', permission_level: 'view' });
const BODIES = {
	'POST /auth/change-password': (ids, who) => ({ currentPassword: who.password, newPassword: `${who.password}x` }),
	'PUT /users/me': () => ({}),
	'PUT /users/me/preferences': () => ({ unit_system: 'imperial' }),
	'POST /frontend-logs/user-action': () => ({ action: 'a', component: 'c', timestamp: 't', url: 'u' }),
	'POST /patients/me': () => ({ ...words, last_name: 'Intruder' }),
	'PUT /patients/me': () => ({ blood_type: 'A+' }),
	'POST /patient-management/': () => ({ ...words, last_name: 'Intruder' }),
	'PUT /patient-management/{id}': () => ({ blood_type: 'A+' }),
	'POST /patients/{patient_id}/photo': () => point,
	'PUT /people/{patient_id}/look': () => ({ hue: 3 }),
	'POST /patient-management/switch': (ids) => ({ patient_id: ids.patient }),
	'POST /patients/{patient_id}/medications/': (ids) => sample('medications', ids),
	'POST /vitals/patient/{patient_id}/vitals/': (ids) => sample('vitals', ids),
	'POST /people/{patient_id}/vitals': () => ({ recorded_date: '2024-01-15T10:30:00', heart_rate: 60 }),
	'POST /people/{patient_id}/medication-check': () => ({ medication_name: 'Aspirin' }),
	'POST /conditions/{condition_id}/medications': (ids) => ({ medication_id: ids.medications }),
	'PUT /conditions/{condition_id}/medications/{relationship_id}': () => ({ relevance_note: 'noted' }),
	'POST /lab-results/{id}/conditions': (ids) => ({ condition_id: ids.conditions }),
	'PUT /lab-results/{id}/conditions/{relationship_id}': () => ({ relevance_note: 'noted' }),
	'POST /lab-test-components/lab-result/{lab_result_id}/components': (ids) => sample('lab_test_components', ids),
	'POST /lab-test-components/lab-result/{lab_result_id}/components/bulk': (ids) => ({ lab_result_id: ids.lab_results, components: [sample('lab_test_components', ids)] }),
	'PUT /lab-test-components/components/{id}': () => ({ notes: 'noted' }),
	'PATCH /insurances/{id}/status': () => ({ status: 'pending' }),
	'PUT /emergency-contacts/{id}': () => ({ notes: 'noted' }),
	'POST /family-members/{id}/conditions': (ids) => sample('family_conditions', ids),
	'PUT /family-members/{id}/conditions/{condition_id}': () => ({ notes: 'noted' }),
	'PUT /practitioners/{id}': () => ({ rating: 4 }),
	'PUT /pharmacies/{id}': () => ({ city: 'Oz' }),
	'POST /patient-sharing/': (ids) => ({ patient_id: ids.patient, shared_with_user_identifier: 'friend', permission_level: 'view' }),
	'POST /patient-sharing/bulk-invite': (ids) => ({ patient_ids: [ids.patient], shared_with_user_identifier: 'friend', permission_level: 'view' }),
	'PUT /patient-sharing/': () => ({ permission_level: 'edit' }),
	'DELETE /patient-sharing/revoke': (ids) => ({ patient_id: ids.patient, shared_with_user_id: people.friend.id }),
	'POST /invitations/': () => ({ invitation_type: 'family_join', sent_to_identifier: 'friend' }),
	'POST /invitations/{id}/respond': () => ({ response: 'accepted' }),
	'POST /family-history-sharing/{family_member_id}/shares': offer,
	'POST /family-history-sharing/bulk-invite': (ids) => ({ ...offer(), family_member_ids: [ids.family_members] }),
	'POST /admin/models/users/{user_id}/reset-password': () => ({ new_password: 'another one of 22' }),
	'POST /house/users': () => ({ username: 'intruder', email: 'intruder@example.com', full_name: 'In Truder', role: 'admin' }),
	'PATCH /house/users/{id}': () => ({ is_active: true }),
	'PUT /house/registration': () => ({ enabled: false }),
	'POST /tags/create': () => ({ tag: 'intruded' }),
};

function body(op, ids, who) {
	if (BODIES[op.name]) return BODIES[op.name](ids, who);
	const table = table_of(segment(op.path));
	if (op.method === 'POST' && personal[table] && op.path.split('/').length === 3) return sample(table, ids);
	return op.method === 'PUT' ? { notes: 'noted' } : undefined;
}

// ---- before and after a request that may succeed ----

async function fresh(table, ids) {
	const s = samples[table](ids);
	return (await must('POST', s.path.replace('/api/v1', ''), owner, s.body)).id;
}
// A row that may be deleted, or the second of a pair that may be linked once.
async function again(op, ids) {
	const table = op.path.includes('{relationship_id}') ? (segment(op.path) === 'conditions' ? 'condition_medications' : 'lab_result_conditions')
		: op.path.includes('{condition_id}') ? 'family_conditions' : table_of(op.path.split('/').at(-2));
	if (table === 'condition_medications') {
		const medications = await fresh('medications', ids);
		return { ...ids, condition_medications: (await must('POST', `/conditions/${ids.conditions}/medications`, owner, { medication_id: medications })).id };
	}
	if (table === 'lab_result_conditions') {
		const conditions = await fresh('conditions', ids);
		return { ...ids, lab_result_conditions: (await must('POST', `/lab-results/${ids.lab_results}/conditions`, owner, { condition_id: conditions })).id };
	}
	return { ...ids, [table]: await fresh(table, ids) };
}
// A share of friend's that `who` gave, or an offer to friend nobody answered.
async function friend_shared(ids, who) {
	await api('DELETE', '/patient-sharing/revoke', owner, { patient_id: ids.patient, shared_with_user_id: people.friend.id });
	await share(who, ids.patient, people.friend, 'view');
	return ids;
}
async function relative_shared(ids, who) {
	await api('DELETE', `/family-history-sharing/${ids.family_members}/shares/${people.friend.id}`, owner);
	const { invitation_id } = await must('POST', `/family-history-sharing/${ids.family_members}/shares`, who.token, offer());
	await must('POST', `/invitations/${invitation_id}/respond`, people.friend.token, { response: 'accepted' });
	return ids;
}
const giver = (role) => (role === 'full' ? people.full : people.owner);
async function offered(ids) {
	await api('DELETE', '/patient-sharing/revoke', owner, { patient_id: ids.patient, shared_with_user_id: people.friend.id });
	const { invitation_id } = await must('POST', '/patient-sharing/', owner, { patient_id: ids.patient, shared_with_user_identifier: 'friend', permission_level: 'view', message: MARK });
	return { ...ids, invitation: invitation_id };
}
const withdraw = async (ids, r, who) => { if (r.json?.invitation_id) await must('DELETE', `/invitations/${r.json.invitation_id}`, who.token); };
async function photographed(ids) {
	await must('POST', `/patients/${ids.patient}/photo`, owner, point);
	return ids;
}
const BEFORE = {
	'DELETE /patient-management/{id}': async (ids, role) => (role === 'owner' ? { patient: (await must('POST', '/patient-management/', owner, words)).id } : ids),
	'POST /conditions/{condition_id}/medications': async (ids) => ({ ...ids, medications: await fresh('medications', ids) }),
	'POST /lab-results/{id}/conditions': async (ids) => ({ ...ids, conditions: await fresh('conditions', ids) }),
	'DELETE /users/me/sessions/{id}': async (ids) => ({ ...ids, session: (await must('GET', '/users/me/sessions', people.friend.token))[0].id }),
	'GET /emergency-contacts/patient/{patient_id}/primary': async (ids) => ({ ...ids, contact: await fresh('emergency_contacts', ids) }),
	'GET /patients/{patient_id}/photo': photographed,
	'DELETE /patients/{patient_id}/photo': photographed,
	'DELETE /practitioners/{id}': (ids) => used('practitioners', ids),
	'DELETE /pharmacies/{id}': (ids) => used('pharmacies', ids),
	'PUT /patient-sharing/': (ids, role) => friend_shared(ids, giver(role)),
	'DELETE /patient-sharing/revoke': (ids, role) => friend_shared(ids, giver(role)),
	'DELETE /family-history-sharing/{family_member_id}/shares/{user_id}': (ids, role) => relative_shared(ids, giver(role)),
	'POST /invitations/{id}/respond': offered,
	'POST /invitations/{id}/revoke': offered,
	'DELETE /invitations/{id}': offered,
};
const AFTER = {
	'POST /patient-sharing/': withdraw,
	'POST /patient-sharing/bulk-invite': withdraw,
	'POST /invitations/': withdraw,
	'POST /family-history-sharing/{family_member_id}/shares': withdraw,
	'POST /family-history-sharing/bulk-invite': withdraw,
	'POST /invitations/{id}/respond': (ids) => must('DELETE', `/invitations/${ids.invitation}`, owner),
	'POST /invitations/{id}/revoke': (ids) => must('DELETE', `/invitations/${ids.invitation}`, owner),
	'DELETE /invitations/{id}': (ids) => api('DELETE', `/invitations/${ids.invitation}`, owner),
	'DELETE /patient-sharing/remove-my-access/{patient_id}': async (ids, r, who, role) => { if (['view', 'edit', 'full'].includes(role)) await share(people.owner, ids.patient, who, role); },
	'POST /patient-management/switch': () => undefined,
};
// One of the directory that a record of Anna's uses.
async function used(table, ids) {
	const id = await fresh(table, ids);
	await must('POST', '/medications/', owner, { patient_id: world.a.patient, medication_name: `${MARK}ol`, [table === 'practitioners' ? 'practitioner_id' : 'pharmacy_id']: id });
	return { ...ids, [table]: id };
}

// The private patient is private again after what its owner prepared; the doors of
// the other stay as they are.
async function prepare(op, ids, role) {
	const before = BEFORE[op.name] ?? (op.method === 'DELETE' && op.level === 'change' ? (i) => again(op, i) : null);
	if (!before) return ids;
	const closed = ids === world.b && /sharing|invitations/.test(op.path);
	if (closed) await must('PUT', `/patient-management/${ids.patient}`, owner, { privacy_level: 'owner' });
	const made = await before(ids, role);
	if (closed) await must('PUT', `/patient-management/${ids.patient}`, owner, { privacy_level: 'private' });
	return made;
}

// ---- the cells ----

let alone = 0;
async function somebody(op, role) {
	if (op.level !== 'alone' || role === 'nobody') return people[role];
	return server.makeUser(`alone${alone++}`);
}

async function cell(op, role) {
	const ids = await prepare(op, ids_for(role), role);
	const who = await somebody(op, role);
	const r = await api(op.method, url(op, ids), who.token, body(op, ids, who));
	const want = LEVELS[op.level][role];
	const ok = want === fine ? r.status < 300 : want === mine ? r.status < 500 && r.status !== 401 && r.status !== 403 : r.status === want;
	tally.hold(ok, `${op.name} as ${role}: ${want} expected, answered ${r.status}`, r.text);
	if ([...OUTSIDE, 'nobody'].includes(role) && !(role === 'admin' && op.level === 'shared') && !(op.level === 'all' || /invitations|patient-sharing\/shared/.test(op.path) && role !== 'nobody'))
		tally.hold(!r.text.includes(MARK), `${op.name} as ${role}: tells what is not theirs`, r.text);
	await AFTER[op.name]?.(ids, r, who, role);
}

// What is in the two records, told apart from what reading leaves behind.
const of = `IN (${world.a.patient}, ${world.b.patient})`;
const KEPT = [
	`SELECT id, first_name, last_name, privacy_level, owner_user_id, blood_type FROM patients WHERE id ${of}`,
	`SELECT id, patient_id FROM patient_photos WHERE patient_id ${of}`,
	`SELECT * FROM patient_looks WHERE patient_id ${of}`,
	...Object.keys(personal).map((t) => {
		switch (t) {
		case 'practitioners': case 'pharmacies': return `SELECT * FROM ${t} WHERE added_by = ${people.owner.id}`;
		case 'lab_test_components': case 'lab_result_conditions': return `SELECT * FROM ${t} WHERE lab_result_id IN (SELECT id FROM lab_results WHERE patient_id ${of})`;
		case 'condition_medications': return `SELECT * FROM ${t} WHERE condition_id IN (SELECT id FROM conditions WHERE patient_id ${of})`;
		case 'family_conditions': return `SELECT * FROM ${t} WHERE family_member_id IN (SELECT id FROM family_members WHERE patient_id ${of})`;
		default: return `SELECT * FROM ${t} WHERE patient_id ${of}`;
		}
	}),
	`SELECT patient_id, shared_with_user_id, permission_level, is_active FROM patient_shares WHERE patient_id ${of} AND shared_with_user_id NOT IN (${['friend', 'expired', 'revoked', 'private'].map((r) => people[r].id)}) ORDER BY 1, 2`,
].join(';\n');

const openapi = (await server.ask('GET', '/openapi.json')).json;
const served = new Map(Object.entries(openapi.paths).filter(([p]) => p.startsWith('/api/v1/')).flatMap(([path, methods]) =>
	Object.entries(methods).map(([method, o]) => [`${method.toUpperCase()} ${path.slice('/api/v1'.length)}`, o])));
const listed = new Set(TABLE.map((op) => op.name));
for (const name of served.keys()) tally.hold(listed.has(name), `${name} is in no line of the table`);
for (const op of TABLE) tally.hold(served.has(op.name), `${op.name} is in the table and not served`);

// Those who must not come first: nothing may have changed.  Then those who may.
for (const op of TABLE) {
	if (!served.has(op.name) || op.level === 'open') continue;
	op.names = (served.get(op.name).parameters ?? []).filter((p) => p.in === 'query').map((p) => p.name);
	const may = (role) => LEVELS[op.level][role] === fine;
	const cells = ROLES.filter((role) => !(op.level === 'alone' && !['stranger', 'nobody'].includes(role)));
	const outside = cells.filter((r) => !may(r) && !(op.level === 'mine' && ['owner', 'edit', 'full'].includes(r)));
	const quiet = !BEFORE[op.name] && !(op.method === 'DELETE' && op.level === 'change') && op.method !== 'GET';
	const before = quiet ? await server.sql('personal', KEPT) : '';
	for (const role of outside) await cell(op, role);
	if (quiet) tally.hold(await server.sql('personal', KEPT) === before, `${op.name}: somebody who must not changed something`);
	for (const role of cells.filter((r) => !outside.includes(r))) await cell(op, role);
}

// ---- ids in bodies that point into another patient's records ----

// [table, member, table it points into]
const REFERENCES = [
	['conditions', 'medication_id', 'medications'], ['allergies', 'medication_id', 'medications'], ['procedures', 'condition_id', 'conditions'],
	['treatments', 'condition_id', 'conditions'], ['encounters', 'condition_id', 'conditions'],
];
for (const role of ROLES.filter((r) => !['nobody', 'admin'].includes(r))) {
	const who = people[role], theirs = ids_for(role);
	const own = role === 'owner' ? { ...world.b } : { patient: who.patient };
	if (role !== 'owner') await plant(server, samples, who.token, own);
	for (const [table, member, into] of REFERENCES) {
		const path = samples[table](own).path.replace('/api/v1', '');
		const create = await api('POST', path, who.token, { ...sample(table, own), [member]: theirs[into] });
		tally.hold(create.status === 400 && create.json.message === 'Invalid reference', `${role}: ${table}.${member} into another record: ${create.status}`, create.text);
		if (table !== 'procedures') {
			const update = await api('PUT', `${path}${own[table]}`, who.token, { [member]: theirs[into] });
			tally.hold(update.status === 400 && update.json.message === 'Invalid reference', `${role}: ${table}.${member} changed to another record: ${update.status}`, update.text);
		}
		const into_theirs = await api('POST', path, who.token, { ...sample(table, theirs), [member]: own[into] });
		const want = LEVELS.change[role] === fine ? 400 : LEVELS.change[role];
		tally.hold(into_theirs.status === want, `${role}: ${table} of the other record with one's own ${member}: ${want} expected, answered ${into_theirs.status}`, into_theirs.text);
	}
	for (const [path, sent] of [[`/conditions/${own.conditions}/medications`, { medication_id: theirs.medications }], [`/lab-results/${own.lab_results}/conditions`, { condition_id: theirs.conditions }]]) {
		const r = await api('POST', path, who.token, sent);
		tally.hold([400, 404].includes(r.status) && !r.text.includes(MARK), `${role}: POST ${path} with an id of another record: ${r.status}`, r.text);
	}
	for (const [method, path, sent] of [
		['PUT', `/conditions/${own.conditions}/medications/${theirs.condition_medications}`, { relevance_note: 'x' }],
		['DELETE', `/conditions/${own.conditions}/medications/${theirs.condition_medications}`],
		['PUT', `/lab-results/${own.lab_results}/conditions/${theirs.lab_result_conditions}`, { relevance_note: 'x' }],
		['DELETE', `/lab-results/${own.lab_results}/conditions/${theirs.lab_result_conditions}`],
		['PUT', `/family-members/${own.family_members}/conditions/${theirs.family_conditions}`, { notes: 'x' }],
		['DELETE', `/family-members/${own.family_members}/conditions/${theirs.family_conditions}`],
	]) {
		const r = await api(method, path, who.token, sent);
		tally.hold([400, 403, 404].includes(r.status) && !r.text.includes(MARK), `${role}: ${method} ${path} with an id of another record: ${r.status}`, r.text);
	}
	// The path says which lab result and patient; a body cannot move a row elsewhere.
	if (role === 'owner') continue;
	const moved = await api('POST', `/lab-test-components/lab-result/${own.lab_results}/components`, who.token, { ...sample('lab_test_components', own), lab_result_id: theirs.lab_results });
	tally.hold(moved.status === 201 && moved.json.lab_result_id === own.lab_results, `${role}: a component is put into another lab result`, moved.text);
	const put = await api('PUT', `/medications/${own.medications}`, who.token, { patient_id: theirs.patient });
	tally.hold(put.status === 200 && put.json.patient_id === own.patient, `${role}: a medication is moved to another patient`, put.text);
	const both = await api('POST', '/patient-sharing/bulk-invite', who.token, { patient_ids: [own.patient, theirs.patient], shared_with_user_identifier: 'friend' });
	tally.hold(both.status === (LEVELS.manage[role] === fine ? 200 : LEVELS.manage[role]), `${role}: offers another's patient among their own: ${both.status}`, both.text);
	if (both.status === 200) await withdraw(own, both, who);
}

tally.hold(!server.err.includes(MARK), 'standard error tells what was sent');
try { await server.stop(); tally.hold(true); } catch (e) { tally.hold(false, e.message); }
server.remove();
tally.end();
