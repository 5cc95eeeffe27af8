// Many who ask for one slot at once: one gets it.
import { daysAhead, figure, quantile, round } from '../harness.mjs';

const CLIENTS = 64;
const TIMES = 20;

export async function oneSlot({ client, facts }) {
  const ask = (day) => ({
    patient_id: facts.patient,
    doctor_id: facts.doctor,
    chair_id: facts.chair,
    starts_at: `${day}T03:00:00Z`,
    ends_at: `${day}T03:30:00Z`,
    reason: 'race',
  });
  await raced('one slot', client, ask);
}

/** Lets all clients ask for what `ask` says of a day and a client, on a new day each time. */
async function raced(what, client, ask) {
  const times = [];
  let oneWinner = true;
  const day = daysAhead(400, 1400);
  for (let n = 0; n <= TIMES; n += 1) {
    const book = (_, number) =>
      client.call('POST', '/appointments', ask(day(n), number), { 'idempotency-key': crypto.randomUUID() });
    const answers = await Promise.all(Array.from({ length: CLIENTS }, book));
    oneWinner &&= answers.filter((a) => a.status === 201).length === 1;
    oneWinner &&= answers.every((a) => a.status === 201 || a.status === 409);
    // The first time opens the connections.
    if (n > 0) times.push(...answers.map((a) => a.ms));
  }
  const p99 = quantile(times, 0.99);
  figure(`${CLIENTS} clients on ${what}: exactly one booking, ${TIMES} times`, oneWinner, 'true', oneWinner);
  figure(`${CLIENTS} clients on ${what}: p99, ms`, round(p99, 1), '≤ 100', p99 <= 100);
}
