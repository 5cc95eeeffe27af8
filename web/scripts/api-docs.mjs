// Brings the reader of `/api/docs` (Scalar, MIT) into the build, so that it works without the internet. Only its
// one ready-made file is wanted, not the packages it is built from: it is taken out of the published archive.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const VERSION = '1.72.1';
const SHA512 = 'XpEJ0rfc/cXbCrR+iC4kK0o/WwX2dTtGQbT049OlPKAHD6IMIFdTeGz2r+M27P2EDWKyUITRm/NzlP8z2pw/Ow==';

const cache = fileURLToPath(new URL('../node_modules/.cache/dentpro/', import.meta.url));
const kept = `${cache}scalar-${VERSION}.js`;

if (!existsSync(kept)) {
  const folder = mkdtempSync(`${tmpdir()}/scalar-`);
  execFileSync('npm', ['pack', '--silent', `@scalar/api-reference@${VERSION}`, '--pack-destination', folder]);
  const archive = `${folder}/scalar-api-reference-${VERSION}.tgz`;
  const found = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (found !== SHA512) throw new Error(`the archive of Scalar ${VERSION} is not the one that was pinned`);
  execFileSync('tar', ['-xzf', archive, '-C', folder, 'package/dist/browser/standalone.js']);
  mkdirSync(cache, { recursive: true });
  copyFileSync(`${folder}/package/dist/browser/standalone.js`, kept);
  rmSync(folder, { recursive: true });
}
const target = fileURLToPath(new URL('../dist/api-docs/', import.meta.url));
mkdirSync(target, { recursive: true });
copyFileSync(kept, `${target}scalar.js`);
