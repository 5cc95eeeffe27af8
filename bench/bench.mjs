// Measures the release binary on the large demo clinic, beside pgbench on the same cluster, and writes the table.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { book } from './figures/book.mjs';
import { dayBook, firstLoad, odontogram } from './figures/browser.mjs';
import { chart } from './figures/chart.mjs';
import { races } from './figures/race.mjs';
import { search } from './figures/search.mjs';
import { highestMemory, idleMemory, loadedDemo, startedAgain } from './figures/start.mjs';
import { streams } from './figures/streams.mjs';
import { booking, listOf25, singleRead, steadiness } from './figures/throughput.mjs';
import { daysAhead, root, rounds, rows, seconds, signIn, startServer } from './harness.mjs';

/** What needs the running server, in this order; the highest memory comes after all load. */
const served = {
  idleMemory,
  singleRead,
  listOf25,
  steadiness,
  search,
  book,
  chart,
  races,
  booking,
  highestMemory,
  streams,
};
const alone = { firstLoad, dayBook, odontogram };
const all = ['loadedDemo', 'startedAgain', ...Object.keys(served), ...Object.keys(alone)];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length) throw new Error(`no figure is called ${unknown}; there are ${all.join(', ')}`);
const wanted = (name) => asked.length === 0 || asked.includes(name);

/** A directory of its own, or the one that is kept between runs. */
function dataDirectory() {
  const kept = process.env.BENCH_DATA;
  if (kept) mkdirSync(kept, { recursive: true });
  const data = kept ?? mkdtempSync('/var/tmp/dentpro-bench-');
  // As root PostgreSQL runs as another user, who has to get through.
  execFileSync('chmod', ['755', data]);
  return { data, fresh: !existsSync(`${data}/postgres`), keep: Boolean(kept) };
}

/** The ids that requests and statements name. */
async function clinicFacts({ call }) {
  const session = (await call('GET', '/session')).json;
  const patient = (await call('GET', '/patients?limit=1')).json.items[0];
  const doctor = (await call('GET', '/staff?role=doctor&limit=1')).json.items[0];
  const chair = (await call('GET', '/chairs')).json.items[0];
  return {
    clinic: session.clinic.id,
    account: session.account.id,
    staff: session.staff_id,
    patient: patient.id,
    doctor: doctor.id,
    chair: chair.id,
    branch: chair.branch_id,
  };
}

/** One booking, long ago, whose answer pgbench stores too. */
async function bookOnce({ call }, { patient, doctor, chair }) {
  const day = daysAhead(-6000, -4000)(0);
  const body = {
    patient_id: patient,
    doctor_id: doctor,
    chair_id: chair,
    starts_at: `${day}T03:00:00Z`,
    ends_at: `${day}T03:05:00Z`,
    reason: 'bench',
  };
  const answer = await call('POST', '/appointments', body, { 'idempotency-key': crypto.randomUUID() });
  if (answer.status !== 201)
    throw new Error(`a booking was answered ${answer.status}: ${JSON.stringify(answer.json)}`);
  return answer.json;
}

async function measureServer(directory, port) {
  const bench = { data: directory.data, port };
  if (directory.fresh) await loadedDemo(bench);
  if (wanted('startedAgain')) bench.server = await startedAgain(bench);
  else {
    const args = ['demo', '--data', bench.data, '--listen', `127.0.0.1:${port}`];
    bench.server = await startServer(`${root}target/release/dentpro`, args, bench);
  }
  try {
    if (wanted('idleMemory')) await idleMemory(bench);
    bench.client = await signIn(bench.server.base);
    bench.facts = await clinicFacts(bench.client);
    bench.sampleBooking = await bookOnce(bench.client, bench.facts);
    for (const [name, measure] of Object.entries(served)) {
      if (name !== 'idleMemory' && wanted(name)) await measure(bench);
    }
  } finally {
    await bench.server.stop();
  }
}

function writeTable(load) {
  const machine = `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
  const conditions = `${rounds} rounds of ${seconds} s; server, PostgreSQL and load on the same cores; load of the machine before: ${load}.`;
  const line = (r) => `| ${r.what} | ${r.value} | ${r.aim} | ${r.good ? 'reached' : '**missed**'} |`;
  const table = ['| figure | measured | aim | |', '| --- | --- | --- | --- |', ...rows.map(line)].join('\n');
  const date = new Date().toISOString().slice(0, 10);
  const text = `# \`make bench\`, ${date}\n\n${machine}.\n${conditions}\n\n${table}\n`;
  console.log(`\n${text}`);
  if (asked.length) return;
  mkdirSync(`${root}bench/results`, { recursive: true });
  writeFileSync(`${root}bench/results/${date}.md`, text);
}

const load = loadavg()[0].toFixed(2);
const directory = dataDirectory();
try {
  if (asked.length === 0 || asked.some((name) => !(name in alone))) await measureServer(directory, 8096);
  for (const [name, measure] of Object.entries(alone)) if (wanted(name)) measure();
} finally {
  if (!directory.keep) rmSync(directory.data, { recursive: true, force: true });
}
writeTable(load);
