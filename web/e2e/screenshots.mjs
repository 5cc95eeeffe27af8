// Takes the pictures that `make screenshots` is for; each is to be looked at beside the others.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const base = process.env.DENTPRO_URL;
/** Only addresses in which this occurs, such as `worklists`. */
const only = process.argv[2] ?? '';
const folder = new URL('../screenshots/', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

async function paths(request) {
  const get = async (path) => (await (await request.get(`${base}/api/v1${path}`)).json()).items ?? [];
  const [invoice] = await get('/invoices?limit=1');
  const patient = invoice.patient_id;
  const [visit] = await get(`/patients/${patient}/visits?limit=1`);
  const tabs = ['', '/history', '/chart', '/periodontal', '/visits', '/invoices'].map(
    (tab) => `/patients/${patient}${tab}`,
  );
  const [branch] = await get('/branches');
  const made = await request.post(`${base}/api/v1/branches/${branch.id}/waiting-screen`, { data: {} });
  const screen = new URL((await made.json()).url).pathname;
  const settings = [
    'clinic',
    'branches',
    'hours',
    'appointment-types',
    'procedures',
    'drugs',
    'reminders',
    'failed-messages',
    'staff',
    'roles',
    'profile',
  ];
  return [
    '/',
    ...['doctors', 'week', 'month', 'agenda'].map((view) => `/?view=${view}`),
    '/reception',
    screen,
    ...['unscheduled', 'asap', 'planned', 'recall_due', 'unconfirmed'].map(
      (list) => `/worklists?list=${list}`,
    ),
    '/patients',
    ...tabs,
    visit && `/visits/${visit.id}`,
    '/invoices',
    `/invoices/${invoice.id}`,
    '/audit',
    ...settings.map((page) => `/settings/${page}`),
  ].filter(Boolean);
}

// The live stream stays open, so a page has settled when it shows something and no skeleton for half a second.
async function settled(page) {
  const full = () =>
    document.querySelector('main')?.innerText.trim() && !document.querySelector('.mantine-Skeleton-root');
  for (let calm = 0, tries = 0; calm < 3 && tries < 80; tries += 1) {
    calm = (await page.evaluate(full)) ? calm + 1 : 0;
    await page.waitForTimeout(200);
  }
}

for (const locale of ['ar-EG', 'en-GB']) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ]) {
      const context = await browser.newContext({ locale, colorScheme, viewport: { width, height } });
      const name = (path) => {
        const plain = path
          .replace(/[0-9a-f-]{36}/g, 'one')
          .replace(/screen.*/, 'screen')
          .replace(/\W+/g, '-')
          .replace(/^-|-$/g, '');
        return `${folder}${plain || 'book'}-${locale.slice(0, 2)}-${colorScheme}-${width}.png`;
      };
      const page = await context.newPage();
      await page.goto(`${base}/sign-in`);
      await page.getByRole('button').first().waitFor();
      await page.screenshot({ path: name('/sign-in') });
      const credentials = { email: 'admin@dentpro.demo', password: 'dentpro-demo-2026' };
      await context.request.post(`${base}/api/v1/session`, { data: credentials });
      for (const path of (await paths(context.request)).filter((path) => path.includes(only))) {
        await page.goto(base + path);
        await settled(page);
        await page.screenshot({ path: name(path) });
      }
      await context.close();
    }
  }
}
await browser.close();
