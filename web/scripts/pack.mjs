// After `vite build`: writes the brotli and gzip siblings that the server sends, and takes the chunk list out of
// what is served (`npm run size` reads it).
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const cache = fileURLToPath(new URL('../node_modules/.cache/dentpro/', import.meta.url));
const SMALLEST_WORTH_IT = 512;

mkdirSync(cache, { recursive: true });
renameSync(`${dist}.vite/manifest.json`, `${cache}chunks.json`);
rmSync(`${dist}.vite`, { recursive: true });

const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(js|css|svg|json|webmanifest)$/.test(name),
);

async function pack(name) {
  const plain = readFileSync(dist + name);
  if (plain.length < SMALLEST_WORTH_IT) return;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    promisify(gzip)(plain, { level: 9 }),
  ]);
  writeFileSync(`${dist}${name}.br`, br);
  writeFileSync(`${dist}${name}.gz`, gz);
}

await Promise.all(files.map(pack));
