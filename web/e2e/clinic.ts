import { randomUUID } from 'node:crypto';
import {
  type Browser,
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
  test as playwright,
} from '@playwright/test';
import { type Locale, wordsOf } from './words';

export type Role = 'admin' | 'doctor' | 'assistant' | 'reception';

const PASSWORD = 'dentpro-demo-2026';
const DAY_MS = 86_400_000;

/** Whoever opened a browser in a test closes it after it: a page that stays open goes on listening and asking. */
export const test = playwright.extend<{ leaving: undefined }>({
  leaving: [
    async ({ browser }, use) => {
      const before = browser.contexts();
      await use(undefined);
      const opened = browser.contexts().filter((context) => !before.includes(context));
      await Promise.all(opened.map((context) => context.close()));
    },
    { auto: true },
  ],
});

/** A person at a browser of his own, signed in through the page. */
export async function signIn(browser: Browser, locale: Locale, role: Role): Promise<Page> {
  const t = wordsOf(locale);
  const context = await browser.newContext({ locale, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await fieldOf(page, t('identity:signIn.email')).fill(`${role}@dentpro.demo`);
  await fieldOf(page, t('identity:signIn.password')).fill(PASSWORD);
  await page.getByRole('button', { name: t('identity:signIn.submit'), exact: true }).click();
  await expect(page.getByRole('navigation', { name: t('common:nav.label') })).toBeVisible();
  return page;
}

/** The same without the page of signing in, for tests that are about something else. */
export async function openAs(
  browser: Browser,
  locale: Locale,
  role: Role,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ locale, viewport: { width: 1440, height: 900 }, ...options });
  const credentials = { email: `${role}@dentpro.demo`, password: PASSWORD };
  const answer = await context.request.post('/api/v1/session', { data: credentials });
  expect(answer.status()).toBe(200);
  return await context.newPage();
}

/** The field itself: its label may also name the list that hangs below it. */
export function fieldOf(scope: Page | Locator, label: string): Locator {
  return scope.getByLabel(label).and(scope.locator('input, textarea')).first();
}

export async function choose(scope: Page | Locator, label: string, option: string | RegExp): Promise<void> {
  const field = fieldOf(scope, label);
  await field.click();
  const page = 'keyboard' in scope ? scope : scope.page();
  await page.getByRole('option', { name: option }).filter({ visible: true }).first().click();
}

/** Types into a field that searches while one types, and takes what it finds. */
export async function pick(scope: Page | Locator, label: string, typed: string): Promise<void> {
  const field = fieldOf(scope, label);
  const page = 'keyboard' in scope ? scope : scope.page();
  await expect(async () => {
    await field.click();
    await field.fill('');
    await field.pressSequentially(typed);
    await page.getByRole('option', { name: typed }).first().click({ timeout: 3_000 });
  }).toPass({ timeout: 15_000 });
}

export async function apiGet<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(`/api/v1${path}`);
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
  return (await answer.json()) as T;
}

export async function apiPost<T = unknown>(
  page: Page,
  path: string,
  data: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const options = { data, headers: { 'Idempotency-Key': randomUUID(), ...headers } };
  const answer = await page.request.post(`/api/v1${path}`, options);
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

/** A working day some weeks ahead on which nobody is booked yet; nor is anything closed one or two weeks later. */
export async function emptyDay(page: Page): Promise<string> {
  const { expires_at } = await apiGet<{ expires_at: string }>(page, '/session');
  const start = Date.parse(`${expires_at.slice(0, 10)}T00:00:00Z`);
  const dayOf = (ahead: number) => new Date(start + ahead * DAY_MS).toISOString().slice(0, 10);
  const { items: closures } = await apiGet<{ items: { starts_on: string; ends_on: string }[] }>(
    page,
    `/closures?from=${dayOf(0)}&limit=100`,
  );
  const closed = (day: string) => closures.some((one) => one.starts_on <= day && day <= one.ends_on);
  for (let ahead = 24; ahead < 200; ahead += 1) {
    const day = new Date(start + ahead * DAY_MS);
    if (day.getUTCDay() === 5 || [0, 7, 14].some((later) => closed(dayOf(ahead + later)))) continue;
    const from = new Date(day.getTime() - DAY_MS / 4).toISOString();
    const to = new Date(day.getTime() + DAY_MS).toISOString();
    const booked = await apiGet<{ items: unknown[] }>(page, `/appointments?from=${from}&to=${to}`);
    if (booked.items.length === 0) return day.toISOString().slice(0, 10);
  }
  throw new Error('no free day found');
}

export interface Named {
  id: string;
  name_ar: string;
  name_en: string;
}

/** A patient of a test's own, so that no list holds him already. */
export async function registerPatient(page: Page, more: object = {}): Promise<Named> {
  const digits = String(Math.floor(Math.random() * 1e8)).padStart(8, '0');
  const letters = [...digits].map((digit) => String.fromCharCode(0x61 + Number(digit))).join('');
  const arabic = [...digits].map((digit) => String.fromCharCode(0x62a + Number(digit))).join('');
  const name = { name_ar: `نور ${arabic}`, name_en: `Nour ${letters}` };
  const { id } = await apiPost<Named>(page, '/patients', {
    ...name,
    phones: [{ number: `010${digits}`, whatsapp: true }],
    ...more,
  });
  return { ...name, id };
}
