// Requests a second beside what pgbench reaches with the same statements and round trips, in turns.
import { setTimeout as pause } from 'node:timers/promises';
import { daysAhead, figure, median, pgbench, round, rounds, sha256, wrk } from '../harness.mjs';

const CLIENTS = 8;

/** Ours and the peer in turns, each when the server has come to rest; the ratio in the middle, with its rates. */
async function inTurns(client, ours, peer) {
  const pairs = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    await atRest(client);
    const theirs = await peer(turn);
    await atRest(client);
    const { rate, failed } = await ours(turn);
    pairs.push({ rate, failed, theirs, ratio: rate / theirs });
  }
  const ratio = median(pairs.map((pair) => pair.ratio));
  return {
    ...pairs.find((pair) => pair.ratio === ratio),
    failed: pairs.reduce((sum, pair) => sum + pair.failed, 0),
  };
}

/** Waits until every entry of the audit log is in its chain: what one run wrote is not sealed during the next. */
async function atRest({ call }) {
  while ((await call('GET', '/audit/chain')).json.unsealed > 0) await pause(500);
}

function compared(what, result, aim) {
  const rates = `${round(result.rate, 0)} : ${round(result.theirs, 0)} a second`;
  const failed = result.failed ? `, ${result.failed} failed` : '';
  figure(
    `${what}, ours : pgbench (${rates}${failed})`,
    round(result.ratio),
    `≥ ${aim}`,
    result.ratio >= aim && !result.failed,
  );
}

/** What the statements name, for pgbench. */
const names = ({ client, facts }) => ({ ...facts, hash: sha256(client.token), request: crypto.randomUUID() });

export async function singleRead(bench) {
  const path = `/patients/${bench.facts.patient}`;
  const peer = () => pgbench(bench.data, 'patient.sql', CLIENTS, names(bench));
  const ours = () => wrk(bench.client, path, CLIENTS);
  compared('single patient read', await inTurns(bench.client, ours, peer), 0.75);
}

export async function listOf25(bench) {
  const { items } = (await bench.client.call('GET', '/patients')).json;
  const values = {
    ...names(bench),
    status: 'active',
    page: 26,
    with_balance: true,
    ids: `{${items.map((p) => p.id)}}`,
  };
  const peer = () => pgbench(bench.data, 'patients.sql', CLIENTS, values);
  const ours = () => wrk(bench.client, '/patients', CLIENTS);
  compared(`list of ${items.length} patients`, await inTurns(bench.client, ours, peer), 0.5);
}

export async function booking(bench) {
  // Five minutes each, one chair and one doctor, years ahead, where nothing else is; each run in a time of its own.
  const first = daysAhead(1500, 50_000);
  const begins = (run) => Date.parse(first(run * 150)) / 1000;
  const response = JSON.stringify(bench.sampleBooking);
  const peer = (turn) =>
    pgbench(bench.data, 'booking.sql', CLIENTS, names(bench), {
      first: begins(2 * turn),
      clients: CLIENTS,
      n: 0,
      body: sha256('a body'),
      response,
    });
  const ours = (turn) =>
    wrk(bench.client, '/appointments', CLIENTS, 'booking.lua', {
      BENCH_FIRST: begins(2 * turn + 1),
      BENCH_PATIENT: bench.facts.patient,
      BENCH_DOCTOR: bench.facts.doctor,
      BENCH_CHAIR: bench.facts.chair,
    });
  compared('booking with audit', await inTurns(bench.client, ours, peer), 0.7);
}

export async function steadiness(bench) {
  const runs = [];
  while (runs.length < rounds) runs.push(await wrk(bench.client, `/patients/${bench.facts.patient}`, 16));
  const spread = median(runs.map(({ p50, p99 }) => p99 / p50));
  const { p50, p99 } = runs.find((run) => run.p99 / run.p50 === spread);
  figure(`p99 : p50 at 16 clients (${round(p99)} : ${round(p50)} ms)`, round(spread, 1), '≤ 5', spread <= 5);
}
