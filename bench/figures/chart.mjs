// The dental chart of a patient with a long history, by one client over HTTP.
import { figure, quantile, round } from '../harness.mjs';

const EVENTS = 2000;
const TIMES = 100;
const DAY = 86_400_000;
const TEETH = [1, 2, 3, 4].flatMap((quadrant) => [1, 2, 3, 4, 5, 6, 7].map((place) => `${quadrant}${place}`));
const SURFACES = [['O'], ['M', 'O'], ['D'], ['B'], ['M', 'O', 'D'], ['V']];
const MATERIALS = ['composite', 'amalgam', 'glass_ionomer'];

/** Decay, plans and fillings going round the mouth over some years; nothing that ends a tooth. */
function entry(n) {
  const on = new Date(Date.now() - (EVENTS - n) * DAY).toISOString().slice(0, 10);
  const place = { teeth: [TEETH[(n * 11) % TEETH.length]], surfaces: SURFACES[n % SURFACES.length], on };
  if (n % 3 === 0) return { layer: 'finding', code: 'caries', severity: n % 7, ...place };
  const layer = n % 3 === 1 ? 'plan' : 'done';
  return { layer, code: 'filling', material: MATERIALS[n % MATERIALS.length], ...place };
}

async function patientWithEvents({ call }) {
  const who = {
    name_ar: 'مريض القياس',
    name_en: 'Measured Patient',
    phones: [{ number: `0109${String(Date.now()).slice(-7)}` }],
  };
  const made = await call('POST', '/patients', who);
  if (made.status !== 201)
    throw new Error(`a patient was answered ${made.status}: ${JSON.stringify(made.json)}`);
  const path = `/patients/${made.json.id}/chart`;
  // One after the other: entries of one patient wait for each other anyway.
  for (let n = 0; n < EVENTS; n += 1) {
    const answer = await call('POST', `${path}/events`, entry(n));
    if (answer.status !== 201)
      throw new Error(`an entry was answered ${answer.status}: ${JSON.stringify(answer.json)}`);
  }
  return path;
}

export async function chart({ client }) {
  const path = await patientWithEvents(client);
  const day = (n) => new Date(Date.now() - n * 15 * DAY).toISOString().slice(0, 10);
  const addresses = { today: () => path, 'of a past day': (n) => `${path}?as_of=${day(n)}` };
  for (const [what, address] of Object.entries(addresses)) {
    const times = [];
    for (let n = -5; n < TIMES; n += 1) {
      const answer = await client.call('GET', address(Math.abs(n)));
      if (answer.status !== 200) throw new Error(`${address(n)} was answered ${answer.status}`);
      // The first few plan the statements on their connections.
      if (n >= 0) times.push(answer.ms);
    }
    const p95 = quantile(times, 0.95);
    figure(`chart of ${EVENTS} events, ${what}, p95 of ${TIMES}, ms`, round(p95, 1), '≤ 10', p95 <= 10);
  }
}
