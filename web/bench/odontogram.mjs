// Measures the dental chart in Chromium: time until it is painted, and what a change of it takes.
// Prints one line of JSON for each dentition and exits with 1 when a bar is missed.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const web = fileURLToPath(new URL('..', import.meta.url));
const READY_BAR = 100;
/** One frame at sixty a second. */
const CHANGE_BAR = 16;
const READY_RUNS = 7;
const CHANGES = 120;

const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';
const outDir = await mkdtemp(join(tmpdir(), 'odontogram-bench-'));
const config = {
  configFile: false,
  root: join(web, 'bench'),
  logLevel: 'warn',
  plugins: [react()],
  resolve: { alias: { '@': join(web, 'src') } },
  build: { outDir, emptyOutDir: true, rollupOptions: { input: join(web, 'bench/odontogram.html') } },
};
await build(config);
const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } });
const address = server.resolvedUrls?.local[0];
const browser = await chromium.launch(existsSync(executable) ? { executablePath: executable } : {});
const quantile = (list, q) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * q)];

let missed = false;
try {
  for (const dentition of ['permanent', 'mixed']) {
    const result = await measure(dentition);
    missed ||= result.ready_ms > READY_BAR || result.change_ms > CHANGE_BAR;
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
} finally {
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true, force: true });
}
process.exit(missed ? 1 : 0);

async function measure(dentition) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const ready = [];
  for (let run = 0; run < READY_RUNS; run += 1) {
    await page.goto(`${address}odontogram.html?dentition=${dentition}`);
    await page.waitForFunction(() => performance.getEntriesByName('chart:ready').length > 0);
    ready.push(await page.evaluate(() => performance.getEntriesByName('chart:ready')[0].duration));
  }
  const changes = await page.evaluate((count) => window.measureChanges(count), CHANGES);
  const states = await page.evaluate(() => window.statesShown);
  await page.close();
  return {
    bench: 'odontogram',
    dentition,
    states,
    ready_ms: Math.round(quantile(ready, 0.5)),
    ready_bar_ms: READY_BAR,
    changes: CHANGES,
    change_ms: Number(quantile(changes, 0.95).toFixed(1)),
    change_bar_ms: CHANGE_BAR,
  };
}
