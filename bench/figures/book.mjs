// What the front desk opens all day, on the large clinic, by one client over HTTP.
import { figure, quantile, round } from '../harness.mjs';

const TIMES = 100;
const DAY = 86_400_000;
const WORKLISTS = ['unscheduled', 'broken', 'asap', 'planned', 'recall_due', 'unconfirmed'];

const dateOf = (time) => new Date(time).toISOString().slice(0, 10);
/** Days between half a year ago and a fortnight ahead, over and over. */
const someDay = (n) => Date.now() + (((n * 37) % 190) - 176) * DAY;

/** Asks for each of the addresses and sets the 95th percentile against the aim. */
async function timed({ call }, what, aim, address) {
  const times = [];
  let most = 0;
  for (let n = -5; n < TIMES; n += 1) {
    const answer = await call('GET', address(n));
    if (answer.status !== 200) throw new Error(`${address(n)} was answered ${answer.status}`);
    most = Math.max(most, answer.json.items.length);
    // The first few plan the statements on their connections.
    if (n >= 0) times.push(answer.ms);
  }
  const p95 = quantile(times, 0.95);
  figure(`${what} (up to ${most}), p95 of ${TIMES}, ms`, round(p95, 1), `≤ ${aim}`, p95 <= aim);
}

export async function book({ client, facts }) {
  const doctors = (await client.call('GET', '/staff?role=doctor&limit=100')).json.items.map((d) => d.id);
  const range = (from, days) => `from=${dateOf(from)}&to=${dateOf(from + days * DAY)}`;
  await timed(client, 'a day of a branch', 10, (n) => {
    const day = someDay(n);
    return `/appointments?from=${dateOf(day)}&to=${dateOf(day + DAY)}T06:00&branch_id=${facts.branch}&limit=1000`;
  });
  await timed(client, 'a week of a doctor', 20, (n) => {
    const doctor = doctors.at(n % doctors.length);
    return `/appointments?${range(someDay(n), 6)}&doctor_id=${doctor}&limit=1000`;
  });
  await timed(client, 'the loads of a month', 30, (n) => `/appointments/loads?${range(someDay(n), 41)}`);
  const ten = doctors.slice(0, 10).join(',');
  await timed(client, 'openings over 10 doctors × 60 days', 50, (n) => {
    const minutes = 15 * (1 + Math.abs(n % 6));
    return `/openings?minutes=${minutes}&doctor_id=${ten}&from=${dateOf(Date.now() + (n % 10) * DAY)}&days=60`;
  });
  for (const list of WORKLISTS) await timed(client, `worklist ${list}`, 50, () => `/worklists/${list}`);
}
