// Draws every term of the chart on every tooth where it is legal, found, planned and done, as one picture to look at.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const base = process.env.DENTPRO_URL;
const folder = new URL('../screenshots/', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const ADULT = ['1', '2', '4', '3'].map((q) => [1, 2, 3, 4, 5, 6, 7, 8].map((n) => q + n));
const CHILD = ['5', '6', '8', '7'].map((q) => [1, 2, 3, 4, 5].map((n) => q + n));
/** By quadrant: upper right found, upper left planned, lower done. */
const LAYERS = ['finding', 'plan', 'done', 'done'];
/** What has to be there first. */
const BEFORE = {
  filling_defect: { code: 'filling', material: 'composite' },
  appliance_removed: { code: 'bracket' },
  root_canal_short: { code: 'root_canal' },
  root_canal_over: { code: 'root_canal' },
  implant_crown: { code: 'implant' },
  post_and_core: { code: 'root_canal' },
  supernumerary_extracted: { code: 'supernumerary' },
};
const FURCATED = /^(.[678]|[12]4|[5-8][45])$/;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const context = await browser.newContext({
  locale: 'en-GB',
  viewport: { width: 1440, height: 1000 },
  reducedMotion: 'reduce',
});
const api = `${base}/api/v1`;
const post = (path, data) =>
  context.request.post(api + path, { data, headers: { 'Idempotency-Key': crypto.randomUUID() } });
await post('/session', { email: 'admin@dentpro.demo', password: 'dentpro-demo-2026' });
const terms = (await (await context.request.get(`${api}/chart/vocabulary`)).json()).items;
const page = await context.newPage();

/** The events that show a term in one quadrant. */
function events(term, quadrant, asked) {
  const layer = term.layers.includes(asked) ? asked : term.layers[0];
  const teeth = quadrant.filter((tooth) => !term.furcated_only || FURCATED.test(tooth));
  if (term.scope === 'mouth') return [];
  const material = (n) => term.materials[n % Math.max(term.materials.length, 1)];
  if (term.code === 'bridge') {
    const parts = ['cantilever', 'abutment', 'pontic', 'abutment'];
    const unit = teeth.slice(1, 5).map((tooth, n) => ({ tooth, part: parts[n] }));
    return [{ layer, code: term.code, unit, material: material(0) }];
  }
  if (term.scope === 'several_teeth') return [{ layer, code: term.code, teeth, material: material(0) }];
  return teeth.map((tooth, n) => ({
    layer,
    code: term.code,
    teeth: [tooth],
    material: material(n),
    note: term.note_required ? 'Sensitive to cold' : undefined,
    severity: term.severities[n % Math.max(term.severities.length, 1)],
    surfaces: term.surfaces_required || n % 2 ? term.surfaces.slice(n % 3, (n % 3) + 2) : [],
  }));
}

async function draw(term, quadrants, born) {
  const patient = await post('/patients', {
    name_en: `Sheet ${term.code}`,
    birth_date: born,
    phones: [{ number: '01001234567' }],
  });
  const { id } = await patient.json();
  const refused = [];
  for (const [n, quadrant] of quadrants.entries()) {
    for (const event of events(term, quadrant, LAYERS[n])) {
      const first = BEFORE[term.code];
      if (first)
        await post(`/patients/${id}/chart/events`, {
          ...event,
          severity: undefined,
          material: undefined,
          ...first,
          layer: 'finding',
        });
      const answer = await post(`/patients/${id}/chart/events`, event);
      if (!answer.ok()) refused.push(`${event.teeth ?? 'unit'}: ${(await answer.json()).code}`);
    }
  }
  await page.goto(`${base}/patients/${id}/chart`);
  const chart = page.locator('svg[role=listbox]');
  await chart.waitFor();
  const picture = (await chart.screenshot({ scale: 'css' })).toString('base64');
  return {
    title: `${term.code}${refused.length ? ` (refused: ${[...new Set(refused)].slice(0, 3)})` : ''}`,
    picture,
  };
}

const drawn = [];
for (const term of terms.filter(({ scope }) => scope !== 'mouth')) {
  drawn.push(await draw(term, ADULT, '1990-05-01'));
  if (!term.permanent_only) drawn.push(await draw(term, CHILD, '2021-05-01'));
}
const cells = drawn.map(
  ({ title, picture }) =>
    `<figure><figcaption>${title}</figcaption><img src="data:image/png;base64,${picture}"></figure>`,
);
for (let sheet = 0; sheet * 24 < cells.length; sheet += 1) {
  const sheetPage = await browser.newPage({ viewport: { width: 2000, height: 1200 } });
  await sheetPage.setContent(
    `<style>body{margin:8px;font:16px sans-serif;display:grid;grid-template-columns:repeat(4,1fr);gap:8px}
    figure{margin:0}img{width:100%;border:1px solid #ccc}</style>${cells.slice(sheet * 24, sheet * 24 + 24).join('')}`,
  );
  await sheetPage.screenshot({ path: `${folder}chart-terms-${sheet + 1}.png`, fullPage: true });
}
console.log(`${drawn.length} pictures of ${terms.length} terms`);
await browser.close();
