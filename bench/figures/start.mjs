// How long it takes until the demo answers, and what the server holds in memory.
import { setTimeout as pause } from 'node:timers/promises';
import { figure, root, round, startServer } from '../harness.mjs';

/** The large demo into an empty directory: made, loaded and answering. */
export async function loadedDemo({ data, port }) {
  const args = ['demo', '--scale', 'large', '--data', data, '--listen', `127.0.0.1:${port}`];
  const server = await startServer(`${root}target/release/dentpro`, args, { data, port });
  figure('large demo ready, s', round(server.readyAfter, 1), '≤ 120', server.readyAfter <= 120);
  await server.stop();
}

/** `make run` where everything is built and loaded; this server is the one that is measured from here on. */
export async function startedAgain({ data, port }) {
  const env = { DATA: data, LISTEN: `127.0.0.1:${port}`, SCALE: 'large' };
  const server = await startServer('scripts/run.sh', [], { data, port, env });
  figure('second `make run` ready, s', round(server.readyAfter, 1), '≤ 10', server.readyAfter <= 10);
  return server;
}

export async function idleMemory({ server }) {
  await pause(5000);
  const resident = server.memory('VmRSS');
  figure('server memory idle, MB', round(resident, 1), '≤ 60', resident <= 60);
}

export function highestMemory({ server }) {
  const highest = server.memory('VmHWM');
  figure('server memory at its highest under all this load, MB', round(highest, 1), '≤ 120', highest <= 120);
}
