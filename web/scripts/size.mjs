// Measures what a browser downloads as JavaScript before the first page is usable, gzipped.
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 250_000;
const FIRST_PAGES = [
  'src/app/Shell.tsx',
  'src/features/identity/SignInPage.tsx',
  'src/features/scheduling/DayBookPage.tsx',
];

const dist = new URL('../dist/', import.meta.url);
const manifestFile = new URL('../node_modules/.cache/dentpro/chunks.json', import.meta.url);
if (!existsSync(manifestFile)) {
  console.error('dist is missing: run `npm run build` first');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));

function closure(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const next of chunk.imports ?? []) closure(next, seen);
  return seen;
}

const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const total = (files) => [...files].filter((f) => f.endsWith('.js')).reduce((sum, f) => sum + gzipped(f), 0);
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const shell = closure('src/app/Shell.tsx', closure(entry));
const rows = [['entry', total(closure(entry))]];
for (const page of FIRST_PAGES) {
  if (!manifest[page]) continue;
  const base = page.includes('identity') ? closure(entry) : new Set(shell);
  rows.push([`entry + ${page.replace(/^src\//, '')}`, total(closure(page, base))]);
}
for (const [name, bytes] of rows) console.log(`${kB(bytes)}  ${name}`);
const worst = Math.max(...rows.map(([, bytes]) => bytes));
if (worst > LIMIT) {
  console.error(`first load is ${kB(worst).trim()} of JavaScript, above the ${kB(LIMIT).trim()} allowed`);
  process.exit(1);
}
