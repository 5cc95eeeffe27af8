// Measures the appointment book in Chromium: time until it is drawn, and the longest task while dragging.
// Prints one line of JSON for each size and exits with 1 when a bar is missed.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const web = fileURLToPath(new URL('..', import.meta.url));
const sizes = [
  { columns: 12, appointments: 60, readyBar: 250, taskBar: 50 },
  { columns: 30, appointments: 60, readyBar: 350, taskBar: 50 },
  { columns: 12, appointments: 720, readyBar: 500, taskBar: null },
];
const READY_RUNS = 5;

const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';
const outDir = await mkdtemp(join(tmpdir(), 'daybook-bench-'));
const config = {
  configFile: false,
  root: join(web, 'bench'),
  logLevel: 'warn',
  plugins: [react()],
  resolve: { alias: { '@': join(web, 'src') } },
  build: { outDir, emptyOutDir: true, rollupOptions: { input: join(web, 'bench/daybook.html') } },
};
await build(config);
const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } });
const address = server.resolvedUrls?.local[0];
const browser = await chromium.launch(existsSync(executable) ? { executablePath: executable } : {});

let missed = false;
try {
  for (const size of sizes) {
    const result = await measure(size);
    missed ||=
      result.ready_ms > size.readyBar || (size.taskBar !== null && result.longest_task_ms > size.taskBar);
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
} finally {
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true, force: true });
}
process.exit(missed ? 1 : 0);

async function measure({ columns, appointments, readyBar, taskBar }) {
  const url = `${address}daybook.html?columns=${columns}&appointments=${appointments}`;
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const readyTimes = [];
  for (let run = 0; run < READY_RUNS; run += 1) {
    await page.goto(url);
    await page.waitForFunction(() => performance.getEntriesByName('book:ready').length > 0);
    readyTimes.push(await page.evaluate(() => performance.getEntriesByName('book:ready')[0].duration));
  }
  readyTimes.sort((a, b) => a - b);
  const tasks = await longTasksWhileDragging(page);
  await page.close();
  return {
    bench: 'daybook',
    columns,
    appointments,
    ready_ms: Math.round(readyTimes[Math.floor(READY_RUNS / 2)]),
    ready_bar_ms: readyBar,
    // The browser reports only tasks of 50 ms and more.
    longest_task_ms: Math.round(Math.max(0, ...tasks)),
    task_bar_ms: taskBar,
  };
}

/** Moves, resizes and draws across the book, dropping each time, so that renders on drop count too. */
async function longTasksWhileDragging(page) {
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longTasks.push(entry.duration);
    }).observe({ type: 'longtask' });
  });
  for (let round = 0; round < 4; round += 1) {
    const card = await page
      .locator('.book-card:not(.book-ghost)')
      .nth(round * 3 + 1)
      .boundingBox();
    await drag(page, { x: card.x + 40, y: card.y + 8 }, { x: 300 + round * 220, y: 700 });
  }
  const last = await page.locator('.book-card').first().boundingBox();
  await drag(page, { x: last.x + 40, y: last.y + last.height - 3 }, { x: last.x + 40, y: last.y + 200 });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page.evaluate(() => window.longTasks);
}

async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 60 });
  await page.mouse.up();
}
