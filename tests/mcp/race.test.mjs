// 64 clients race for the same 100 times, half over REST and half over MCP.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { origin, start, token } from './lib.mjs';

let clinic, bearers, slots, npi, mrns;
const json = (bearer) => ({ Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' });

async function tool(bearer, name, args) {
  const answer = await fetch(`${origin}/mcp`, { method: 'POST', headers: json(bearer),
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }) });
  return (await answer.json()).result;
}

before(async () => {
  clinic = await start();
  bearers = [];
  for (let i = 0; i < 8; i++) bearers.push(await token(clinic.client('doctor')));
  npi = (await tool(bearers[0], 'search_providers', { search_term: 'smith' }))
    .structuredContent.providers.find((one) => one.accepting_new_patients).npi;
  slots = (await tool(bearers[0], 'find_open_slots', { provider_npi: npi, days: 60, limit: 100,
    duration_minutes: 15 })).structuredContent.slots;
  const list = await (await fetch(`${origin}/clinic/v1/patients?limit=64`, { headers: json(bearers[0]) })).json();
  mrns = list.items.map((one) => one.mrn);
});
after(async () => assert.equal(await clinic.stop(), 0));

async function book(i, slot) {
  const bearer = bearers[i % bearers.length];
  const what = { provider_npi: npi, ...slot, duration_minutes: 15 };
  if (i % 2) {
    const result = await tool(bearer, 'schedule_appointment', { mrn: mrns[i], ...what });
    return result.isError ? result.structuredContent.message : null;
  }
  const answer = await fetch(`${origin}/clinic/v1/appointments`, { method: 'POST', headers: json(bearer),
    body: JSON.stringify({ patient_mrn: mrns[i], ...what }) });
  return answer.status === 201 ? null : (await answer.json()).detail;
}

test('a slot is given away once, and losers are told why', async () => {
  assert.equal(slots.length, 100);
  assert.equal(mrns.length, 64);
  let won = 0;
  await Promise.all(mrns.map(async (_, i) => {
    for (const slot of slots) {
      const refused = await book(i, slot);
      if (refused === null) won++;
      else assert.match(refused, /taken|another appointment/);
    }
  }));
  assert.equal(won, 100);
});
