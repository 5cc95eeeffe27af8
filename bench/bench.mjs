// Drives the release binary on the large demo clinic and pgbench on the same cluster; prints the table of figures.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

const seconds = Number(process.env.SECONDS_EACH ?? 10);
const port = 8096;
const base = `http://127.0.0.1:${port}/api/v1`;
const root = new URL('..', import.meta.url).pathname;
const data = mkdtempSync('/var/tmp/dentpro-bench-');
execFileSync('chmod', ['755', data]);
const rows = [];
const round = (n, digits = 2) => Number(n.toFixed(digits));
const row = (what, value, aim, good) => {
  rows.push({ what, value, aim, good });
  console.log(`${good ? 'ok  ' : 'MISS'} ${what}: ${value} (aim ${aim})`);
};

// --- the server ---------------------------------------------------------------------------------------------------
const began = Date.now();
const server = spawn(`${root}target/release/dentpro`, ['demo', '--scale', 'large', '--data', data, '--listen', `127.0.0.1:${port}`], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, DENTPRO_LOG_FILTER: 'error' },
});
server.stdout.on('data', (text) => process.stdout.write(text));
async function ready() {
  for (;;) {
    if (server.exitCode !== null) throw new Error('the server ended');
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await pause(200);
  }
}
const memory = (field) => Number(readFileSync(`/proc/${server.pid}/status`, 'utf8').match(new RegExp(`${field}:\\s+(\\d+)`))[1]) / 1024;

async function call(method, path, body, headers = {}) {
  const started = performance.now();
  const answer = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: body && JSON.stringify(body),
  });
  const json = await answer.json().catch(() => null);
  return { status: answer.status, json, ms: performance.now() - started };
}
const quantile = (list, q) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))];

let token = '';
try {
  await ready();
  row('large demo ready, s', round((Date.now() - began) / 1000, 1), '≤ 120', Date.now() - began < 120_000);
  token = (await call('POST', '/session', { email: 'admin@dentpro.demo', password: 'dentpro-demo-2026', token: true })).json.token;
  await pause(3000);
  row('server memory idle, MB', round(memory('VmRSS'), 1), '≤ 60', memory('VmRSS') <= 60);

  const patients = (await call('GET', '/patients?limit=100')).json.items;
  const session = (await call('GET', '/session')).json;
  const doctors = (await call('GET', '/staff?role=doctor')).json.items;
  const chairs = (await call('GET', '/chairs')).json.items;
  const facts = {
    clinic: session.clinic.id, staff: session.staff_id, account: session.account.id, patient: patients[0].id,
    doctor: doctors[0].id, chair: chairs[0].id, branch: chairs[0].branch_id,
  };

  // --- throughput against pgbench: the same statements, the same round trips --------------------------------------
  
  const pgHost = `${data}/postgres`;
  const pgEnv = { ...process.env, PGHOST: pgHost, PGUSER: 'dentpro', PGDATABASE: 'dentpro', PGPASSWORD: readFileSync(`${data}/postgres.password`, 'utf8').trim(), PGOPTIONS: '-c role=dentpro_app' };
  const bin = readdirSync('/usr/lib/postgresql').sort().at(-1);
  const pgbench = (file, clients) => {
    const variables = Object.entries(facts).flatMap(([k, v]) => ['-D', `${k}=${v}`]);
    const out = execFileSync(`/usr/lib/postgresql/${bin}/bin/pgbench`, ['-n', '-M', 'prepared', '-c', clients, '-j', '1', '-T', seconds, '-f', `${root}bench/sql/${file}`, '-D', `token=${token}`, ...variables], { env: pgEnv, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return Number(out.match(/tps = ([\d.]+)/)[1]);
  };
  const wrk = (path, clients, script) => {
    const out = execFileSync('wrk', ['-t1', `-c${clients}`, `-d${seconds}s`, '--latency', '-H', `Authorization: Bearer ${token}`, ...(script ? ['-s', `${root}bench/${script}`] : []), base + path], { encoding: 'utf8', env: { ...process.env, ...Object.fromEntries(Object.entries(facts).map(([k, v]) => [`BENCH_${k.toUpperCase()}`, v])) } });
    const ms = (label) => {
      const [, value, unit] = out.match(new RegExp(`${label}%\\s+([\\d.]+)(us|ms|s)`));
      return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit];
    };
    const failed = Number(out.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0);
    return { rate: Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1]), p50: ms(50), p99: ms(99), failed };
  };
  for (const [what, path, file, aim] of [
    ['single patient read', `/patients/${facts.patient}`, 'patient.sql', 0.75],
    ['list of 25 patients', '/patients', 'patients.sql', 0.5],
  ]) {
    const peer = pgbench(file, 8);
    const ours = wrk(path, 8);
    row(`${what}: ours/pgbench (${round(ours.rate, 0)}/${round(peer, 0)} a second)`, round(ours.rate / peer), `≥ ${aim}`, ours.rate / peer >= aim && ours.failed === 0);
  }
  const bookingPeer = pgbench('booking.sql', 8);
  const booking = wrk('/appointments', 8, 'booking.lua');
  row(`booking with audit: ours/pgbench (${round(booking.rate, 0)}/${round(bookingPeer, 0)} a second, ${booking.failed} refused)`, round(booking.rate / bookingPeer), '≥ 0.7', booking.rate / bookingPeer >= 0.7);
  const sixteen = wrk(`/patients/${facts.patient}`, 16);
  row(`p99/p50 at 16 clients (${round(sixteen.p99)} / ${round(sixteen.p50)} ms)`, round(sixteen.p99 / sixteen.p50, 1), '≤ 5', sixteen.p99 <= 5 * sixteen.p50);

  // --- search on 50,000 patients ------------------------------------------------------------------------------------
  const terms = { 'Arabic prefix': [], 'Latin prefix': [], 'Arabic substring': [], 'Latin substring': [], 'phone digits': [] };
  for (const p of patients) {
    if (p.name_ar) { terms['Arabic prefix'].push(p.name_ar.slice(0, 4)); terms['Arabic substring'].push(p.name_ar.slice(2, 7)); }
    if (p.name_en) { terms['Latin prefix'].push(p.name_en.slice(0, 4)); terms['Latin substring'].push(p.name_en.slice(2, 7)); }
    if (p.phone) terms['phone digits'].push(String(p.phone).slice(-6));
  }
  for (const [what, list] of Object.entries(terms)) {
    const times = [];
    for (const q of list) times.push((await call('GET', `/patients?q=${encodeURIComponent(q)}`)).ms);
    row(`search by ${what}: p95, ms (HTTP, one client)`, round(quantile(times, 0.95), 1), '≤ 10', quantile(times, 0.95) <= 10);
  }

  // --- 64 clients on one slot ---------------------------------------------------------------------------------------
  const times = [];
  let exactly = true;
  for (let n = 0; n < 20; n++) {
    const day = new Date(Date.now() + (400 + n) * 86_400_000).toISOString().slice(0, 10);
    const body = { patient_id: facts.patient, doctor_id: facts.doctor, chair_id: facts.chair, starts_at: `${day}T03:00:00Z`, ends_at: `${day}T03:30:00Z`, reason: 'race' };
    const answers = await Promise.all(Array.from({ length: 64 }, () => call('POST', '/appointments', body, { 'idempotency-key': crypto.randomUUID() })));
    const won = answers.filter((a) => a.status === 201).length;
    exactly &&= won === 1 && answers.every((a) => a.status === 201 || a.status === 409);
    times.push(...answers.map((a) => a.ms));
  }
  row('64 clients on one slot: exactly one booking, 20 times', exactly, 'true', exactly);
  row('64 clients on one slot: p99, ms', round(quantile(times, 0.99), 1), '≤ 100', quantile(times, 0.99) <= 100);
  row('server memory at its highest under this load, MB', round(memory('VmHWM'), 1), '≤ 120', memory('VmHWM') <= 120);
} finally {
  server.kill('SIGTERM');
  await new Promise((done) => server.once('exit', done));
  rmSync(data, { recursive: true, force: true });
}

// --- the browser ----------------------------------------------------------------------------------------------------
const run = (command, args) => {
  try {
    return { good: true, out: execFileSync(command, args, { cwd: `${root}web`, encoding: 'utf8' }).trim() };
  } catch (error) {
    return { good: false, out: String(error.stdout ?? error).trim() };
  }
};
const size = run('npm', ['run', '--silent', 'size']);
row('first load, gzipped JavaScript', size.out.split('\n').at(-1), '≤ 250 kB', size.good);
const book = run('node', ['bench/daybook.mjs']);
row('day book in Chromium', book.out.replace(/\s+/g, ' '), '12 × 60 ready ≤ 250 ms, no task over 50 ms while dragging', book.good);

// --- the table ------------------------------------------------------------------------------------------------------
const machine = `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
const table = ['| figure | measured | aim | |', '| --- | --- | --- | --- |', ...rows.map((r) => `| ${r.what} | ${r.value} | ${r.aim} | ${r.good ? 'reached' : 'missed'} |`)];
const text = `# \`make bench\`\n\n${machine}; ${seconds} s each; server and load on the same cores.\n\n${table.join('\n')}\n`;
mkdirSync(`${root}bench/results`, { recursive: true });
writeFileSync(`${root}bench/results/${new Date().toISOString().slice(0, 10)}.md`, text);
console.log(`\n${text}`);
