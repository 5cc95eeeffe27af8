import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './clinic';
import { type Client, type Clinic, Load, setUpClinic } from './load';
import {
  dentpro,
  freePort,
  isRoot,
  mountSmallDisk,
  newFolder,
  removeFolder,
  Server,
  statusOf,
  unmountSmallDisk,
} from './server';

// Whole servers, killed and starved on purpose: no browser, but the same binary that the browser tests drive.
test.use({ trace: 'off' });

const PATIENT = {
  name_en: 'Omar Saleh',
  phones: [{ number: '+201001234567', label: 'mobile', whatsapp: false }],
};
const OUTAGE_CODES = ['database_unavailable', 'outcome_unknown', 'busy', 'disk_full'].map(
  (code) => `request.${code}`,
);

/** What every fault must leave behind: nothing lost, nothing doubled, no answer that was a fault of ours. */
async function expectNothingLost(load: Load, client?: Client) {
  expect(load.unexpected, load.summary()).toEqual([]);
  for (const { code, retryAfter } of load.outages) {
    expect(OUTAGE_CODES).toContain(code);
    expect(Number(retryAfter), 'Retry-After').toBeGreaterThan(0);
  }
  expect(await load.lostOrDoubled(client), load.summary()).toEqual([]);
}

test.describe('a server with a PostgreSQL of its own', () => {
  test.describe.configure({ mode: 'serial' });
  let data: string;
  let server: Server;
  let clinic: Clinic;

  test.beforeAll(async () => {
    data = newFolder();
    server = await Server.start({ data });
    clinic = await setUpClinic(server);
  });
  test.afterAll(async () => {
    await server?.end();
    removeFolder(data);
  });

  test('a second start on the same data directory is refused with a sentence', async () => {
    const port = await freePort();
    const second = await dentpro('--data', data, '--listen', `127.0.0.1:${port}`, 'serve');
    expect(second.code).toBe(1);
    expect(second.output).toContain(`the data directory ${data} is in use by another dentpro (process `);
    expect(second.output).toContain('stop that one first');
    expect(await statusOf(`${server.url}/readyz`)).toBe(200);
  });

  test('PostgreSQL killed under load comes back by itself, and no acknowledged write is lost', async () => {
    const load = new Load(clinic);
    await load.until('writing', ({ acknowledged }) => acknowledged.length >= 40);
    const first = server.postgresPid();
    process.kill(first ?? 0, 'SIGKILL');
    await load.until('refused meanwhile', ({ outages }) => outages.length >= 1);
    const before = load.acknowledged.length;
    await load.until('writing again', ({ acknowledged }) => acknowledged.length >= before + 40);
    expect(server.postgresPid()).not.toBe(first);
    await load.stop();
    await expectNothingLost(load);
  });

  test('a killed server starts again on its data directory with all that it had acknowledged', async () => {
    const load = new Load(clinic);
    await load.until('writing', ({ acknowledged }) => acknowledged.length >= 40);
    await server.end('SIGKILL');
    await load.until('cut off', ({ broken }) => broken >= 4);
    server = await Server.start({ data, port: server.port });
    const before = load.acknowledged.length;
    await load.until('writing again', ({ acknowledged }) => acknowledged.length >= before + 40);
    await load.stop();
    await expectNothingLost(load);
    const verified = await dentpro('--data', data, 'audit', 'verify');
    expect(verified.output).toMatch(/clinic \S+: \d+ entries, the chain holds/);
    expect(verified.code, verified.output).toBe(0);
  });

  test('asked to stop, it answers what it has begun, stops PostgreSQL and ends well', async () => {
    const load = new Load(clinic, 4);
    await load.until('writing', ({ acknowledged }) => acknowledged.length >= 10);
    const halves = await Promise.all([1, 2, 3].map((n) => halfSent(clinic.client, `Half sent ${n}`)));
    const ended = server.end('SIGTERM');
    await expect.poll(() => statusOf(`${server.url}/healthz`), { message: 'takes no new client' }).toBeNull();
    load.abandon();
    const answers = await Promise.all(halves.map((half) => half.finish()));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await ended, server.output).toBe(0);
    expect(server.postgresPid()).toBeNull();
    expect(existsSync(join(data, 'postgres/postmaster.pid'))).toBe(false);

    server = await Server.start({ data, port: server.port });
    for (const { id } of answers) {
      expect((await clinic.client.ask('GET', `/patients/${id}`)).status).toBe(200);
    }
    for (const { path, id } of load.acknowledged) {
      expect((await clinic.client.ask('GET', `${path}/${id}`)).status, `${path}/${id}`).toBe(200);
    }
  });
});

test('a PostgreSQL that is stopped and started elsewhere: 503 with Retry-After, then work goes on', async () => {
  const data = newFolder();
  const postgres = new Postgres(join(data, 'cluster'));
  postgres.start();
  const server = await Server.start({ data, args: ['--database-url', postgres.url] });
  try {
    const load = new Load(await setUpClinic(server));
    await load.until('writing', ({ acknowledged }) => acknowledged.length >= 40);
    postgres.stop();
    const put = load.outages.length;
    await load.until('every writer is put off', ({ outages }) => outages.length >= put + 16);
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(ready.headers.get('Retry-After')).toBe('2');
    expect(await ready.json()).toMatchObject({ database: false });
    expect(await statusOf(`${server.url}/healthz`)).toBe(200);
    expect(await statusOf(`${server.url}/sign-in`)).toBe(200);

    postgres.start();
    const before = load.acknowledged.length;
    await load.until('writing again', ({ acknowledged }) => acknowledged.length >= before + 40);
    await load.stop();
    await expectNothingLost(load);
    expect(await statusOf(`${server.url}/readyz`)).toBe(200);
  } finally {
    await server.end();
    postgres.stop();
    removeFolder(data);
  }
});

test.describe('a full disk', () => {
  test.skip(!isRoot, 'a small disk can only be mounted by root: the tests of a full disk were left out');
  if (!isRoot)
    console.log('faults.spec: not root, so no small disk can be mounted: a full disk is not tested');

  test('refuses an upload in both languages, and the server goes on', async () => {
    const data = newFolder();
    const blobs = join(data, 'blobs');
    mkdirSync(blobs);
    mountSmallDisk(blobs, '256k');
    const server = await Server.start({ data });
    try {
      const { client, doctor } = await setUpClinic(server);
      const photo = (bytes: number, language: string) => {
        const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(bytes)]);
        const headers = { 'Content-Type': 'image/png', 'Accept-Language': language };
        return client.ask('PUT', `/staff/${doctor}/photo`, png, headers);
      };
      const english = await photo(1_000_000, 'en');
      expect(english.status).toBe(503);
      expect(english.body).toMatchObject({ code: 'request.disk_full', title: 'Not available right now' });
      expect(english.body.detail).toContain('The disk of the server is full');
      const arabic = await photo(1_000_000, 'ar');
      expect(arabic.body).toMatchObject({ status: 503, code: 'request.disk_full', title: 'غير متاح الآن' });
      expect(arabic.body.detail).toContain('قرص الخادم ممتلئ');

      // What was written of it is gone, so a small picture still fits.
      expect(readdirSync(join(blobs, 'incoming'))).toEqual([]);
      expect((await photo(50_000, 'en')).status).toBe(200);
      expect((await client.ask('GET', `/staff/${doctor}/photo`)).status).toBe(200);
      expect((await client.ask('POST', '/patients', PATIENT)).status).toBe(201);
    } finally {
      await server.end();
      unmountSmallDisk(blobs);
      removeFolder(data);
    }
  });

  test('refuses writes, answers reads, and works again once there is space', async () => {
    const data = newFolder();
    mountSmallDisk(data, '600m');
    const server = await Server.start({ data });
    const filler = join(data, 'filler');
    try {
      const clinic = await setUpClinic(server);
      const load = new Load(clinic, 4);
      await load.until('writing', ({ acknowledged }) => acknowledged.length >= 20);
      const { bavail, bsize } = statfsSync(data);
      writeFileSync(filler, Buffer.alloc(bavail * bsize - 64 * 1024));
      await load.until('put off', ({ outages }) => outages.length >= 8);
      expect(await statusOf(`${server.url}/readyz`)).toBe(503);
      expect(await statusOf(`${server.url}/healthz`)).toBe(200);
      expect((await clinic.client.ask('GET', '/patients?limit=1')).status).toBe(200);

      removeFolder(filler);
      const before = load.acknowledged.length;
      await load.until('writing again', ({ acknowledged }) => acknowledged.length >= before + 20);
      await load.stop();
      await expectNothingLost(load);
      await expect.poll(() => statusOf(`${server.url}/readyz`)).toBe(200);
    } finally {
      await server.end();
      unmountSmallDisk(data);
      removeFolder(data);
    }
  });
});

interface HalfSent {
  finish(): Promise<{ status: number; id: string }>;
}

/** A registration whose head the server has and whose body is still on its way. */
function halfSent({ url, token }: Client, name: string): Promise<HalfSent> {
  const body = Buffer.from(JSON.stringify({ ...PATIENT, name_en: name }));
  const sending: ClientRequest = request(`${url}/api/v1/patients`, {
    method: 'POST',
    agent: false,
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      // The server answers it when a handler asks for the body: then the request is in its hands.
      Expect: '100-continue',
    },
  });
  const answered = new Promise<{ status: number; id: string }>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.once('end', () => {
        const { id = '' } = JSON.parse(text) as { id?: string };
        resolve({ status: response.statusCode ?? 0, id });
      });
    });
  });
  const finish = () => {
    sending.end(body.subarray(10));
    return answered;
  };
  return new Promise((resolve, reject) => {
    sending.once('error', reject);
    sending.once('continue', () => {
      sending.write(body.subarray(0, 10));
      resolve({ finish });
    });
    sending.flushHeaders();
  });
}

/** A PostgreSQL that is not dentpro's: made, started and stopped here, on a socket only. */
class Postgres {
  private readonly programs: string;

  constructor(private readonly folder: string) {
    const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(a) - Number(b));
    this.programs = `/usr/lib/postgresql/${versions.at(-1)}/bin`;
    mkdirSync(folder);
    if (isRoot) chownSync(folder, ...this.user());
    this.run(
      'initdb',
      '-D',
      join(folder, 'data'),
      '-U',
      'dentpro',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
    );
  }

  get url(): string {
    return `postgres://dentpro@localhost/postgres?host=${this.folder}`;
  }

  start(): void {
    const settings = `-k ${this.folder} -c listen_addresses= -c max_connections=60`;
    this.run(
      'pg_ctl',
      '-D',
      join(this.folder, 'data'),
      '-w',
      '-l',
      join(this.folder, 'log'),
      '-o',
      settings,
      'start',
    );
  }

  stop(): void {
    if (!existsSync(join(this.folder, 'data/postmaster.pid'))) return;
    this.run('pg_ctl', '-D', join(this.folder, 'data'), '-w', '-m', 'fast', 'stop');
  }

  private run(program: string, ...args: string[]): void {
    const command = [join(this.programs, program), ...args];
    const [first = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    execFileSync(first, rest, { stdio: 'ignore', cwd: '/' });
  }

  private user(): [number, number] {
    const line =
      readFileSync('/etc/passwd', 'utf8')
        .split('\n')
        .find((one) => one.startsWith('postgres:')) ?? '';
    const [, , uid, gid] = line.split(':');
    return [Number(uid), Number(gid)];
  }
}
