// 64 clients race for the same 100 times, over REST, and half of them over MCP.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { origin, start, token } from './lib.mjs';

let clinic, bearers, npi, mrns;
const json = (bearer) => ({ Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' });

async function tool(bearer, name, args) {
  const answer = await fetch(`${origin}/mcp`, { method: 'POST', headers: json(bearer),
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }) });
  return (await answer.json()).result;
}

before(async () => {
  clinic = await start();
  bearers = [];
  for (let i = 0; i < 64; i++) bearers.push(await token(clinic.client('doctor')));
  npi = (await tool(bearers[0], 'search_providers', { search_term: 'smith' }))
    .structuredContent.providers.find((one) => one.accepting_new_patients).npi;
  mrns = [];
  for (let i = 0; i < 64; i++) { // of our own: others may have appointments by then
    const made = await tool(bearers[i], 'create_patient', { first_name: `Racer${i}`, last_name: 'Race', dob: '1980-01-01' });
    mrns.push(made.structuredContent.patient.mrn);
  }
});
after(async () => assert.equal(await clinic.stop(), 0));

async function book(i, slot, over_mcp) {
  const what = { provider_npi: npi, ...slot, duration_minutes: 15 };
  if (over_mcp) {
    const result = await tool(bearers[i], 'schedule_appointment', { mrn: mrns[i], ...what });
    return result.isError ? result.structuredContent.message : null;
  }
  const answer = await fetch(`${origin}/clinic/v1/appointments`, { method: 'POST', headers: json(bearers[i]),
    body: JSON.stringify({ patient_mrn: mrns[i], ...what }) });
  return answer.status === 201 ? null : (await answer.json()).detail;
}

for (const [label, over_mcp] of [['rest', () => false], ['both', (i) => i % 2 === 1]])
  test(`a slot is given away once, and losers are told why: ${label}`, async () => {
    const { slots } = (await tool(bearers[0], 'find_open_slots', { provider_npi: npi, days: 60, limit: 100,
      duration_minutes: 15 })).structuredContent;
    assert.equal(slots.length, 100);
    const given = new Map();
    await Promise.all(mrns.map(async (mrn, i) => {
      for (const slot of slots) {
        const refused = await book(i, slot, over_mcp(i)), key = `${slot.date} ${slot.time}`;
        if (refused === null) given.set(key, [...given.get(key) ?? [], mrn]);
        else assert.match(refused, /taken|another appointment/);
      }
    }));
    assert.equal(given.size, 100);
    assert.ok([...given.values()].every((who) => who.length === 1), 'nobody shares a slot');
  });
