import { randomUUID } from 'node:crypto';
import { pause, type Server } from './server';

const PASSWORD = 'quiet rivers carry boats';
const SLOT_MINUTES = 10;
const LIST_LIMIT = 100;

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A client of the API with a bearer token. It knows its server only by the address: that may come and go. */
export class Client {
  constructor(
    readonly url: string,
    readonly token: string,
  ) {}

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const bytes = body instanceof Uint8Array;
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.token}`,
        ...(body === undefined || bytes ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: bytes ? Buffer.from(body) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: answer.status, headers: answer.headers, body: json };
  }

  async get<T>(path: string): Promise<T> {
    const answer = await this.ask('GET', path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }
}

export interface Clinic {
  client: Client;
  doctor: string;
  chairs: string[];
  /** Slots that were asked for: no two acts want the same. */
  slots: number;
}

/** The first clinic of a server, with an administrator who also treats patients. */
export async function setUpClinic(server: Server): Promise<Clinic> {
  const email = 'mona@nile.example';
  const nobody = new Client(server.url, '');
  await expectStatus(nobody, 201, 'POST', '/setup', {
    code: server.setupCode,
    clinic: {
      name_ar: 'عيادة النيل',
      name_en: 'Nile Dental',
      country: 'EG',
      currency: 'EGP',
      time_zone: 'Africa/Cairo',
      languages: ['ar', 'en'],
    },
    branch: { name_ar: 'الدقي', name_en: 'Dokki' },
    chairs: [1, 2, 3, 4].map((n) => ({ name_ar: `كرسي ${n}`, name_en: `Chair ${n}` })),
    admin: { name_ar: 'منى عادل', name_en: 'Mona Adel', email, password: PASSWORD },
  });
  const session = await expectStatus(nobody, 200, 'POST', '/session', {
    email,
    password: PASSWORD,
    token: true,
  });
  const client = new Client(server.url, String(session.token));
  const doctor = String(session.staff_id);
  const roles = await client.get<{ items: { id: string; code: string }[] }>('/roles');
  const held = roles.items.filter(({ code }) => code === 'admin' || code === 'doctor').map(({ id }) => id);
  const staff = await client.get<{ items: { id: string; version: number }[] }>('/staff');
  const version = staff.items.find(({ id }) => id === doctor)?.version ?? 1;
  await expectStatus(
    client,
    200,
    'PATCH',
    `/staff/${doctor}`,
    { role_ids: held },
    { 'If-Match': `"${version}"` },
  );
  const chairs = await client.get<{ items: { id: string }[] }>('/chairs');
  return { client, doctor, chairs: chairs.items.map(({ id }) => id), slots: 0 };
}

export async function expectStatus(client: Client, status: number, ...request: Parameters<Client['ask']>) {
  const answer = await client.ask(...request);
  if (answer.status !== status) {
    throw new Error(`${request[0]} ${request[1]}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

interface Outage {
  status: number;
  code: string;
  retryAfter: string | null;
}

/**
 * Receptionists who go on registering and booking, whatever happens to the server. Each act is repeated under its own
 * key until it is acknowledged, so in the end there is one patient and one appointment for each act, and no more.
 */
export class Load {
  readonly acknowledged: { path: string; id: string }[] = [];
  /** Answers that asked for patience. */
  readonly outages: Outage[] = [];
  /** Answers that should not have been. */
  readonly unexpected: string[] = [];
  /** Connections that broke before an answer came. */
  broken = 0;
  private stopped = false;
  private abandoned = false;
  private acts = 0;
  private readonly writers: Promise<void>[];

  constructor(
    private readonly clinic: Clinic,
    writers = 8,
    private readonly family = `Family${randomUUID().slice(0, 8)}`,
  ) {
    this.writers = Array.from({ length: writers }, () => this.write());
  }

  /** Waits until something has come about. */
  async until(what: string, reached: (load: Load) => boolean, withinMs = 60_000): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!reached(this)) {
      if (this.unexpected.length > 0) throw new Error(`while waiting for ${what}: ${this.unexpected[0]}`);
      if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}; ${this.summary()}`);
      await pause(10);
    }
  }

  /** Lets every act that has begun come to its end. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.writers);
  }

  /** Gives up without waiting for what has begun. */
  abandon(): void {
    this.stopped = true;
    this.abandoned = true;
  }

  summary(): string {
    const { acknowledged, outages, broken, unexpected } = this;
    return `${acknowledged.length} acknowledged, ${outages.length} put off, ${broken} cut off, ${unexpected.length} wrong`;
  }

  /** Acknowledged records that the server does not know, and records that were made twice. */
  async lostOrDoubled(client = this.clinic.client): Promise<string[]> {
    const wrong: string[] = [];
    for (const { path, id } of this.acknowledged) {
      const { status } = await client.ask('GET', `${path}/${id}`);
      if (status !== 200) wrong.push(`${path}/${id}: ${status}`);
    }
    const seen = await this.registered(client);
    const made = this.acknowledged.filter(({ path }) => path === '/patients').length;
    if (seen !== made) wrong.push(`${made} patients were acknowledged and ${seen} are there`);
    return wrong;
  }

  private async registered(client: Client): Promise<number> {
    let count = 0;
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = `q=${this.family}&limit=${LIST_LIMIT}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: { items: unknown[]; next_cursor: string | null } = await client.get(`/patients?${query}`);
      count += page.items.length;
      cursor = page.next_cursor;
    }
    return count;
  }

  private async write(): Promise<void> {
    while (!this.stopped) {
      const number = ++this.acts;
      const patient = await this.insist('/patients', {
        name_en: `Guest ${number} ${this.family}`,
        phones: [{ number: `+2010${String(10_000_000 + number)}`, label: 'mobile', whatsapp: false }],
      });
      if (!patient) return;
      const start = Date.UTC(2027, 0, 4, 7) + this.clinic.slots++ * SLOT_MINUTES * 60_000;
      const booked = await this.insist('/appointments', {
        patient_id: patient,
        doctor_id: this.clinic.doctor,
        chair_id: this.clinic.chairs[number % this.clinic.chairs.length],
        starts_at: new Date(start).toISOString(),
        ends_at: new Date(start + SLOT_MINUTES * 60_000).toISOString(),
        reason: 'Check-up',
      });
      if (!booked) return;
    }
  }

  /** Repeats one act under one key until it is acknowledged; its id, or null when it was refused for good. */
  private async insist(path: string, body: unknown): Promise<string | null> {
    const key = randomUUID();
    for (;;) {
      let answer: Answer;
      try {
        answer = await this.clinic.client.ask('POST', path, body, { 'Idempotency-Key': key });
      } catch {
        this.broken += 1;
        if (this.abandoned) return null;
        await pause(30);
        continue;
      }
      if (answer.status === 201) {
        const id = String(answer.body.id);
        this.acknowledged.push({ path, id });
        return id;
      }
      if (answer.status !== 503) {
        this.unexpected.push(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
        return null;
      }
      this.outages.push({
        status: answer.status,
        code: String(answer.body.code),
        retryAfter: answer.headers.get('Retry-After'),
      });
      await pause(30);
    }
  }
}
