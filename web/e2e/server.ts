import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const BINARY = process.env.E2E_BINARY ?? new URL('../../target/debug/dentpro', import.meta.url).pathname;
const START_MS = 90_000;
const STOP_MS = 60_000;

export interface Run {
  code: number | null;
  output: string;
}

/** One command of the binary, to its end. */
export async function dentpro(...args: string[]): Promise<Run> {
  const child = spawn(BINARY, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = collect(child);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output: said() };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** A folder that PostgreSQL's own user can reach, as root it is another one's. */
export function newFolder(): string {
  const folder = mkdtempSync('/var/tmp/dentpro-e2e-');
  chmodSync(folder, 0o755);
  return folder;
}

export const isRoot = process.getuid?.() === 0;

export interface ServeOptions {
  data: string;
  port?: number;
  /** Arguments besides `--data` and `--listen`; a `--database-url` among them takes the place of `--data`. */
  args?: string[];
  env?: Record<string, string>;
}

/** `dentpro serve` in a process of its own. */
export class Server {
  private constructor(
    readonly data: string,
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly said: () => string,
    private readonly ended: Promise<number | null>,
  ) {}

  /** Starts it and returns when it is ready to work. */
  static async start({ data, port, args = [], env = {} }: ServeOptions): Promise<Server> {
    const listen = port ?? (await freePort());
    const where = args.includes('--database-url') ? [] : ['--data', data];
    const child = spawn(BINARY, [...where, '--listen', `127.0.0.1:${listen}`, ...args, 'serve'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      cwd: data,
    });
    const said = collect(child);
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const server = new Server(data, listen, child, said, ended);
    const gone = ended.then((code) => {
      throw new Error(`dentpro ended with ${code}:\n${said()}`);
    });
    await Promise.race([server.ready(START_MS), gone]);
    gone.catch(() => {});
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get output(): string {
    return this.said();
  }

  /** The code that the console shows before the first clinic is set up. */
  get setupCode(): string {
    const code = /enter this code: (\S+)/.exec(this.output)?.[1];
    if (!code) throw new Error(`no set-up code on the console:\n${this.output}`);
    return code;
  }

  /** Asks until the server says that it can work. */
  async ready(withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (Date.now() < deadline) {
      if ((await statusOf(`${this.url}/readyz`)) === 200) return;
      await pause(50);
    }
    throw new Error(`not ready within ${withinMs} ms:\n${this.output}`);
  }

  /** Sends the signal and returns the exit code. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    const late = new Promise<never>((_, reject) => {
      setTimeout(
        () => reject(new Error(`still running after ${STOP_MS} ms:\n${this.output}`)),
        STOP_MS,
      ).unref();
    });
    return await Promise.race([this.ended, late]);
  }

  /** The process id of its PostgreSQL, while there is one. */
  postgresPid(): number | null {
    try {
      const pid = Number(readFileSync(join(this.data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 0);
      return pid;
    } catch {
      return null;
    }
  }
}

export async function statusOf(url: string): Promise<number | null> {
  try {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function collect(child: ChildProcess): () => string {
  let text = '';
  const add = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => text;
}

/** A small file system in memory, that can be filled to the brim. */
export function mountSmallDisk(folder: string, size: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0755`, 'tmpfs', folder], { stdio: 'pipe' });
}

export function unmountSmallDisk(folder: string): void {
  execFileSync('umount', [folder], { stdio: 'pipe' });
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
