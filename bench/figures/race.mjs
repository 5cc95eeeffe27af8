// Many who ask for the same time at once: no two of them get it.
import { daysAhead, figure, quantile, round } from '../harness.mjs';

const CLIENTS = 64;
const TIMES = 20;

const at = (day, minute) => new Date(Date.parse(`${day}T03:00:00Z`) + minute * 60_000).toISOString();
const key = () => ({ 'idempotency-key': crypto.randomUUID() });

/**
 * Lets all clients ask at once, on a new day each time. `prepare` makes what they need of the day; `ask` answers a
 * client's request; `fair` judges the statuses and the times that were given away.
 */
async function raced(what, { prepare = () => null, ask, fair }) {
  const times = [];
  let right = true;
  const day = daysAhead(400, 1400);
  for (let n = 0; n <= TIMES; n += 1) {
    const prepared = await prepare(day(n));
    const answers = await Promise.all(
      Array.from({ length: CLIENTS }, (_, number) => ask(day(n), number, prepared)),
    );
    const given = answers.filter((a) => a.status < 300).map((a) => a.json);
    right &&= answers.every((a) => a.status < 300 || a.status === 409) && fair(given);
    // The first time opens the connections.
    if (n > 0) times.push(...answers.map((a) => a.ms));
  }
  const p99 = quantile(times, 0.99);
  figure(`${CLIENTS} clients on ${what}, ${TIMES} times: never two`, right, 'true', right);
  figure(`${CLIENTS} clients on ${what}: p99, ms`, round(p99, 1), '≤ 100', p99 <= 100);
}

const one = (given) => given.length === 1;

/** At least one, and none of them at the time of another. */
function apart(given) {
  const ranges = given.map((a) => [a.starts_at, a.ends_at]).sort();
  return ranges.length > 0 && ranges.every(([start], i) => i === 0 || ranges[i - 1][1] <= start);
}

export async function races({ client, facts }) {
  const { doctor: doctor_id, chair: chair_id } = facts;
  const doctors = (await client.call('GET', '/staff?role=doctor&limit=100')).json.items.map((d) => d.id);
  const chairs = (await client.call('GET', '/chairs')).json.items.map((c) => c.id);
  const book = (body) =>
    client.call('POST', '/appointments', { patient_id: facts.patient, reason: 'race', ...body }, key());
  const slot = (day, from, until) => ({ starts_at: at(day, from), ends_at: at(day, until) });

  await raced('one slot', {
    ask: (day) => book({ doctor_id, chair_id, ...slot(day, 0, 30) }),
    fair: one,
  });
  await raced('one chair', {
    ask: (day, n) => book({ doctor_id: doctors[n % doctors.length], chair_id, ...slot(day, 0, 30) }),
    fair: one,
  });
  await raced('one doctor', {
    ask: (day, n) => book({ doctor_id, chair_id: chairs[n % chairs.length], ...slot(day, 0, 30) }),
    fair: one,
  });
  await raced('unequal times that overlap', {
    ask: (day, n) => book({ doctor_id, chair_id, ...slot(day, 5 * (n % 7), 5 * (n % 7) + 10 + 5 * (n % 5)) }),
    fair: apart,
  });
  await raced('one slot by moving', {
    prepare: async (day) => {
      const made = [];
      for (let n = 0; n < CLIENTS; n += 1) {
        made.push((await book({ doctor_id, chair_id, ...slot(day, 60 + 5 * n, 65 + 5 * n) })).json);
      }
      return made;
    },
    ask: (day, n, made) => {
      const place = { doctor_id, chair_id, ...slot(day, 0, 5) };
      const headers = { ...key(), 'if-match': `"${made[n].version}"` };
      return client.call('POST', `/appointments/${made[n].id}/reschedule`, place, headers);
    },
    fair: one,
  });
}
