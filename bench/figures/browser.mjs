// What the browser downloads first, and the day book and the dental chart in Chromium.
import { execFileSync } from 'node:child_process';
import { figure, root } from '../harness.mjs';

/** The lines a script prints; one that exits with 1 has missed its own bar and has printed all the same. */
function lines(command, args) {
  try {
    return execFileSync(command, args, { cwd: `${root}web`, encoding: 'utf8' })
      .trim()
      .split('\n');
  } catch (error) {
    if (error.status !== 1 || !error.stdout) throw error;
    return error.stdout.trim().split('\n');
  }
}

export function firstLoad() {
  const sizes = lines('npm', ['run', '--silent', 'size']).map((line) => Number.parseFloat(line));
  const largest = Math.max(...sizes);
  figure('first load, JavaScript gzipped, kB', largest, '≤ 250', largest <= 250);
}

export function dayBook() {
  const asked = lines('node', ['bench/daybook.mjs'])
    .map((line) => JSON.parse(line))
    .find((r) => r.appointments === 60);
  const size = `day book ${asked.columns} × ${asked.appointments}`;
  figure(`${size} ready, ms`, asked.ready_ms, '≤ 250', asked.ready_ms <= 250);
  const none = asked.longest_task_ms === 0;
  figure(
    `${size} while dragging, longest task, ms`,
    none ? 'below 50' : asked.longest_task_ms,
    '≤ 50',
    asked.longest_task_ms <= 50,
  );
}

export function odontogram() {
  for (const line of lines('node', ['bench/odontogram.mjs'])) {
    const r = JSON.parse(line);
    const size = `odontogram, ${r.dentition}, ${r.states} states`;
    figure(`${size}, first paint, ms`, r.ready_ms, `≤ ${r.ready_bar_ms}`, r.ready_ms <= r.ready_bar_ms);
    const change = `${size}, a change, p95 of ${r.changes}, ms`;
    figure(change, r.change_ms, `≤ ${r.change_bar_ms}`, r.change_ms <= r.change_bar_ms);
  }
}
