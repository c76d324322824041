// Every tool on the export of the reference and on the demo: no error, and what comes
// out is as the tool's output schema says.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { origin, start, token } from './lib.mjs';

let clinic;
after(async () => assert.equal(await clinic.stop(), 0));

class Agent {
  constructor(bearer, used, broken) {
    Object.assign(this, { bearer, used, broken });
  }

  async rpc(method, params) {
    const answer = await fetch(`${origin}/mcp`, { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      headers: { Authorization: `Bearer ${this.bearer}`, 'Content-Type': 'application/json' } });
    return (await answer.json()).result;
  }

  async learn() {
    const ajv = new Ajv({ strict: false });
    this.tools = new Map((await this.rpc('tools/list')).tools.map((tool) => [tool.name, ajv.compile(tool.outputSchema)]));
    return this;
  }

  async call(name, args) {
    const result = await this.rpc('tools/call', { name, arguments: args });
    const data = result?.structuredContent, fits = this.tools.get(name);
    this.used.add(name);
    if (!result || result.isError) this.broken.push(`${name}: ${data?.message ?? JSON.stringify(result)}`);
    else if (!fits(data)) this.broken.push(`${name}: ${JSON.stringify(fits.errors.slice(0, 3))}`);
    else assert.deepEqual(JSON.parse(result.content[0].text), data);
    return data;
  }
}

async function all(agent, path) {
  const items = [];
  for (let cursor = ''; cursor !== null;) {
    const page = await (await fetch(`${origin}/clinic/v1/${path}?limit=200${cursor && `&cursor=${cursor}`}`,
      { headers: { Authorization: `Bearer ${agent.bearer}` } })).json();
    items.push(...page.items);
    cursor = page.next_cursor ? encodeURIComponent(page.next_cursor) : null;
  }
  return items;
}

async function readAll(doctor, patients, providers) {
  for (const { mrn, last_name } of patients) {
    for (const tool of ['get_patient', 'get_patient_record', 'get_medications', 'get_lab_results',
      'get_vital_signs', 'get_allergies', 'get_appointments'])
      await doctor.call(tool, { mrn });
    await doctor.call('search_patients', { search_term: last_name });
  }
  for (const { npi, name } of providers) {
    await doctor.call('get_provider', { npi });
    await doctor.call('search_providers', { search_term: name });
    await doctor.call('find_open_slots', { provider_npi: npi });
  }
}

async function work(doctor, admin, client, providers) {
  const name = { first_name: 'Test', last_name: 'Person', dob: '1990-01-02' };
  const { mrn } = (await doctor.call('create_patient', name)).patient;
  await doctor.call('update_patient', { mrn, phone: '+1-555-0100' });
  const npi = providers.find((one) => one.accepting_new_patients).npi;
  const { slots } = await doctor.call('find_open_slots', { provider_npi: npi, days: 30 });
  const booked = await doctor.call('schedule_appointment', { mrn, provider_npi: npi, ...slots.at(-1) });
  const { appointment_id } = booked.appointment;
  await doctor.call('reschedule_appointment', { appointment_id, ...slots.at(-2), reason: 'Asked' });
  await doctor.call('cancel_appointment', { appointment_id, reason: 'Well again' });
  await doctor.call('add_allergy', { mrn, allergen: 'Latex', severity: 'mild' });
  const drug = await doctor.call('prescribe_medication', { mrn, medication_name: 'Metformin', dosage: '5 mg',
    frequency: 'daily', refills: 1 });
  const { medication_id } = drug.medication;
  await doctor.call('refill_medication', { medication_id });
  await doctor.call('discontinue_medication', { medication_id, reason: 'Rash' });
  await doctor.call('record_vital_signs', { mrn, systolic_bp: 120, diastolic_bp: 80, temperature: 98.6 });
  const lab = await doctor.call('order_lab', { mrn, test_name: 'CBC' });
  await doctor.call('record_lab_result', { order_id: lab.lab_result.order_id, results: { WBC: '7.5' } });
  await doctor.call('authenticate', { client_id: client.client_id, client_secret: client.client_secret, app_id: 'doctor' });
  await doctor.call('validate_token', { access_token: doctor.bearer });
  await admin.call('register_client', { app_id: 'x', app_name: 'X', role: 'nurse', scopes: ['read:patients'] });
}

const clinics = [['an export', {}, 3], ['the demo', { demo: true }, 200]];
if (process.env.CHARTHOUSE_WHOLE) clinics.push(['the whole export', { from: process.env.CHARTHOUSE_WHOLE }, 221]);
for (const [label, how, least] of clinics)
  test(`${label} answers every tool without an error`, async () => {
    if (clinic) assert.equal(await clinic.stop(), 0);
    clinic = await start([], undefined, how);
    const used = new Set(), broken = [], client = clinic.client('doctor');
    const doctor = await new Agent(await token(client), used, broken).learn();
    const admin = await new Agent(await token(clinic.client('admin')), used, broken).learn();
    const patients = await all(doctor, 'patients'), providers = await all(doctor, 'providers');
    assert.ok(patients.length >= least, `${patients.length} patients`);
    await readAll(doctor, patients, providers);
    await work(doctor, admin, client, providers);
    assert.deepEqual(broken, []);
    assert.deepEqual([...used].sort(), [...new Set([...doctor.tools.keys(), ...admin.tools.keys()])].sort());
    assert.equal(used.size, 26);
  });
