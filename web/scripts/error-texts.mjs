// Writes the server's error sentences into the web's `errors.json`, so that both say the same; what only the web
// says (keys outside the capabilities) stays.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const source = new URL('../../crates/server/data/errors/', import.meta.url);
const texts = {};
for (const file of readdirSync(source).sort()) {
  Object.assign(texts, JSON.parse(readFileSync(new URL(file, source), 'utf8')));
}

for (const language of ['en', 'ar']) {
  const target = new URL(`../src/i18n/${language}/errors.json`, import.meta.url);
  const words = JSON.parse(readFileSync(target, 'utf8'));
  const capabilities = new Set(Object.keys(texts).map((code) => code.split('.')[0]));
  for (const capability of capabilities) delete words[capability];
  for (const code of Object.keys(texts).sort()) {
    const [capability, reason] = code.split('.');
    if (capability === 'status') continue;
    words[capability] ??= {};
    words[capability][reason] = texts[code][language];
  }
  writeFileSync(target, `${JSON.stringify(words, null, 2)}\n`);
}
