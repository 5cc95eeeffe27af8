// What every figure needs: the server under test, a client, the load tools and the list of results.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

// While a tool runs, this process must notice the connections that the server closes.
const run = promisify(execFile);

export const root = new URL('..', import.meta.url).pathname;
export const seconds = Number(process.env.SECONDS_EACH ?? 10);
/** How often ours and the peer are measured, in turns; the median of the ratios counts. */
export const rounds = Number(process.env.ROUNDS ?? 3);
export const round = (n, digits = 2) => Number(n.toFixed(digits));
export const quantile = (list, q) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))];
export const median = (list) => quantile(list, 0.5);

/** Days that no earlier run on the same clinic is likely to have taken: counted from one between the two bounds. */
export function daysAhead(least, most) {
  const first = Date.now() + (least + Math.floor(Math.random() * (most - least))) * 86_400_000;
  return (n) => new Date(first + n * 86_400_000).toISOString().slice(0, 10);
}

// --- results ---------------------------------------------------------------------------------------------------------

export const rows = [];

/** One line of the table. */
export function figure(what, value, aim, good) {
  rows.push({ what, value, aim, good });
  console.log(`${good ? 'ok  ' : 'MISS'} ${what}: ${value} (aim ${aim})`);
}

// --- the server ------------------------------------------------------------------------------------------------------

/** Starts a command that serves the clinic in `data`; resolves when it is ready for requests. */
export async function startServer(command, args, { data, port, env = {} }) {
  const began = performance.now();
  const log = openSync(`${data}/server.log`, 'a');
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
  });
  const ended = new Promise((done) => child.once('exit', done));
  const server = {
    base: `http://127.0.0.1:${port}/api/v1`,
    /** A figure of the process in MB: `VmRSS` now, `VmHWM` at its highest. */
    memory: (field) =>
      Number(readFileSync(`/proc/${child.pid}/status`, 'utf8').match(new RegExp(`${field}:\\s+(\\d+)`))[1]) /
      1024,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`the server ended:\n${readFileSync(`${data}/server.log`, 'utf8')}`);
    }
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) break;
    await pause(20);
  }
  server.readyAfter = (performance.now() - began) / 1000;
  return server;
}

/** A signed-in client of the API, and what the other figures name in their requests. */
export async function signIn(base) {
  let token = '';
  const call = async (method, path, body, headers = {}) => {
    const started = performance.now();
    const answer = await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, json: text && JSON.parse(text), ms: performance.now() - started };
  };
  const credentials = { email: 'admin@dentpro.demo', password: 'dentpro-demo-2026', token: true };
  token = (await call('POST', '/session', credentials)).json.token;
  return { base, token, call };
}

// --- load ------------------------------------------------------------------------------------------------------------

/** Runs a script of bench/sql on the server's own cluster; answers the transactions a second. */
export async function pgbench(data, script, clients, values, variables = {}) {
  const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => a - b);
  const folder = mkdtempSync(join(tmpdir(), 'dentpro-pgbench-'));
  try {
    // SET takes no parameters: what stands in braces is filled in before. Everything else is one.
    const sql = readFileSync(`${root}bench/sql/${script}`, 'utf8').replaceAll(
      /\{(\w+)\}/g,
      (_, name) => values[name],
    );
    writeFileSync(join(folder, script), sql);
    const defined = Object.entries({ ...values, ...variables }).flatMap(([name, value]) => [
      '-D',
      `${name}=${value}`,
    ]);
    const args = [
      '-n',
      '-M',
      'prepared',
      '-c',
      clients,
      '-j',
      1,
      '-T',
      seconds,
      '-f',
      join(folder, script),
      ...defined,
    ];
    const program = `/usr/lib/postgresql/${versions.at(-1)}/bin/pgbench`;
    const { stdout: out } = await run(program, args.map(String), {
      env: { ...process.env, ...connection(data) },
    });
    const failed = Number(out.match(/failed transactions: (\d+)/)?.[1] ?? 0);
    if (failed > 0) throw new Error(`${failed} transactions of ${script} failed`);
    return Number(out.match(/tps = ([\d.]+)/)[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The server's own way to its cluster, with the settings its connections have. */
function connection(data) {
  const settings = {
    role: 'dentpro_app',
    statement_timeout: '15s',
    lock_timeout: '3s',
    idle_in_transaction_session_timeout: '10s',
    client_min_messages: 'error',
    timezone: 'UTC',
    plan_cache_mode: 'force_generic_plan',
  };
  return {
    PGHOST: `${data}/postgres`,
    PGUSER: 'dentpro',
    PGDATABASE: 'dentpro',
    PGPASSWORD: readFileSync(`${data}/postgres.password`, 'utf8').trim(),
    PGOPTIONS: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  };
}

/** Runs wrk against a path; `script` is one of bench/, which reads `env`. */
export async function wrk(client, path, clients, script, env = {}) {
  const scripted = script ? ['-s', `${root}bench/${script}`] : [];
  const authorization = `Authorization: Bearer ${client.token}`;
  const args = [
    '-t1',
    `-c${clients}`,
    `-d${seconds}s`,
    '--latency',
    '-H',
    authorization,
    ...scripted,
    client.base + path,
  ];
  const { stdout: out } = await run('wrk', args, { env: { ...process.env, ...env } });
  const ms = (label) => {
    const [, value, unit] = out.match(new RegExp(`${label}%\\s+([\\d.]+)(us|ms|s)`));
    return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit];
  };
  return {
    rate: Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1]),
    p50: ms(50),
    p99: ms(99),
    failed: Number(out.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0),
  };
}

export const sha256 = (text) => `\\x${createHash('sha256').update(text).digest('hex')}`;
