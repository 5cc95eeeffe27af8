// Open browsers: how soon each of them hears of a change, and what they cost in memory.
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { daysAhead, figure, quantile, round, seconds } from '../harness.mjs';

const STREAMS = 500;
const CHANGES_A_SECOND = 50;

/** Opens the stream of one browser; `hear` gets the id of everything that changed. */
function open({ base, token }, hear) {
  return new Promise((ready, failed) => {
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
    const asked = request(`${base}/events`, { headers, agent: false }, (answer) => {
      if (answer.statusCode !== 200) failed(new Error(`a stream was answered ${answer.statusCode}`));
      answer.setEncoding('utf8');
      let rest = '';
      answer.on('data', (chunk) => {
        ready(asked);
        const lines = (rest + chunk).split('\n');
        rest = lines.pop();
        for (const line of lines) {
          const at = line.indexOf('"entity_id":"');
          if (at > 0) hear(line.slice(at + 13, at + 49));
        }
      });
      // The end of the measurement cuts them off.
      answer.on('error', () => {});
    });
    asked.on('error', failed);
    asked.end();
  });
}

export async function streams({ client, facts, server }) {
  const day = daysAhead(2200, 3000)(0);
  const before = server.memory('VmRSS');
  const sent = new Map();
  const heard = [];
  const hear = (id) => {
    const since = sent.get(id);
    if (since !== undefined) heard.push(performance.now() - since);
  };
  const opened = [];
  for (let n = 0; n < STREAMS; n += 50) {
    opened.push(...(await Promise.all(Array.from({ length: 50 }, () => open(client, hear)))));
  }

  const began = performance.now();
  const changes = [];
  for (let n = 0; n < seconds * CHANGES_A_SECOND; n += 1) {
    await pause(Math.max(0, began + (n * 1000) / CHANGES_A_SECOND - performance.now()));
    const from = Date.parse(`${day}T00:00:00Z`) + n * 300_000;
    const body = {
      id: uuidVersion7(),
      patient_id: facts.patient,
      doctor_id: facts.doctor,
      chair_id: facts.chair,
      starts_at: new Date(from).toISOString(),
      ends_at: new Date(from + 300_000).toISOString(),
    };
    sent.set(body.id, performance.now());
    changes.push(client.call('POST', '/appointments', body, { 'idempotency-key': body.id }));
  }
  const took = (performance.now() - began) / 1000;
  const answers = await Promise.all(changes);
  const refused = answers.find((a) => a.status !== 201);
  if (refused) throw new Error(`a change was answered ${refused.status}: ${JSON.stringify(refused.json)}`);
  const expected = STREAMS * changes.length;
  for (let tries = 0; heard.length < expected && tries < 50; tries += 1) await pause(100);
  const cost = server.memory('VmRSS') - before;
  for (const asked of opened) asked.destroy();

  const what = `${STREAMS} streams at ${round(changes.length / took, 0)} changes a second`;
  const p99 = quantile(heard, 0.99);
  figure(`${what}: all heard`, `${heard.length} of ${expected}`, 'all', heard.length === expected);
  figure(`${what}: from the request to the browser, p99, ms`, round(p99, 0), '≤ 300', p99 <= 300);
  figure(`${what}: memory more than before, MB`, round(cost, 1), '≤ 60', cost <= 60);
}

function uuidVersion7() {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = crypto.randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}
