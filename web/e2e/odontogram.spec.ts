import { expect, type Locator, type Page } from '@playwright/test';
import { apiGet, apiPost, fieldOf, openAs, registerPatient, test } from './clinic';
import { complaints, look, schemeOf } from './looks';
import { LOCALES, type Words, wordsOf } from './words';

interface Event {
  code: string;
  teeth: string[];
  surfaces: string[];
  layer: string;
}

const DAY_MS = 86_400_000;
/** The first page of a new browser fetches everything. */
const COLD_MS = 60_000;

const events = async (page: Page, patient: string) =>
  (await apiGet<{ items: Event[] }>(page, `/patients/${patient}/chart/events`)).items;

const toothIn = (scope: Page | Locator, code: string) => scope.locator(`[data-tooth="${code}"]`);

async function openChart(page: Page, t: Words, patient: string) {
  await page.goto(`/patients/${patient}/chart`);
  const chart = page.getByRole('listbox', { name: t('charting:chart.label'), exact: true });
  await expect(chart).toBeVisible({ timeout: COLD_MS });
}

/** What a person does, counted by the browser itself: key presses without modifiers, and clicks. */
async function counted(page: Page) {
  await page.evaluate(() => {
    const counts = { keys: 0, clicks: 0 };
    Object.assign(window, { actsCounted: counts });
    const count = (kind: 'keys' | 'clicks') => (event: globalThis.Event) => {
      if (!event.isTrusted || ['Shift', 'Control'].includes((event as KeyboardEvent).key)) return;
      counts[kind] += 1;
    };
    window.addEventListener('keydown', count('keys'), { capture: true });
    window.addEventListener('pointerdown', count('clicks'), { capture: true });
  });
  return async () => {
    const acts = await page.evaluate(() => {
      const counts = (window as unknown as { actsCounted: { keys: number; clicks: number } }).actsCounted;
      const now = { ...counts };
      counts.keys = 0;
      counts.clicks = 0;
      return now;
    });
    return acts;
  };
}

/** Types as a keyboard of either language does: one press of a key for each letter. */
async function typed(page: Page, text: string) {
  const keyboard = await page.context().newCDPSession(page);
  for (const key of text) {
    await keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key });
    await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
  }
  await keyboard.detach();
}

for (const locale of LOCALES) {
  const t = wordsOf(locale);
  const arabic = locale === 'ar-EG';

  test.describe(`dental chart, ${locale}`, () => {
    let page: Page;

    test.beforeEach(async ({ browser }) => {
      page = await openAs(browser, locale, 'doctor', {
        reducedMotion: 'reduce',
        colorScheme: schemeOf(locale),
      });
    });

    test('two days side by side: what differs is marked in both and told in words', async () => {
      const heard = complaints(page);
      const { id: patient } = await registerPatient(page);
      const today = Date.now();
      const dayBefore = (days: number) => new Date(today - days * DAY_MS).toISOString().slice(0, 10);
      const record = (on: string, body: object) =>
        apiPost(page, `/patients/${patient}/chart/events`, { on, ...body });
      const first = dayBefore(90);
      await record(first, { layer: 'finding', code: 'caries', teeth: ['16'], surfaces: ['O'], severity: 2 });
      await record(first, { layer: 'plan', code: 'crown', teeth: ['36'], material: 'zirconia' });
      await record(first, { layer: 'finding', code: 'missing', teeth: ['18'] });
      await record(dayBefore(30), {
        layer: 'finding',
        code: 'caries',
        teeth: ['16'],
        surfaces: ['O'],
        severity: 4,
      });
      await record(dayBefore(20), { layer: 'done', code: 'crown', teeth: ['36'], material: 'zirconia' });
      await record(dayBefore(10), {
        layer: 'finding',
        code: 'bridge',
        unit: ['24', '25', '26'].map((tooth, place) => ({
          tooth,
          part: place === 1 ? 'pontic' : 'abutment',
        })),
      });

      await openChart(page, t, patient);
      const option = page.getByRole('option', { name: `${t('charting:compare.with')}:` }).last();
      await fieldOf(page, t('charting:compare.with')).click();
      await option.click();
      const comparison = page.getByRole('region', { name: t('charting:compare.title') });
      const mouths = comparison.getByRole('listbox');
      await expect(mouths).toHaveCount(2);
      for (const mouth of await mouths.all()) {
        await expect(toothIn(mouth, '16')).toHaveAttribute('data-mark', 'changed');
        await expect(toothIn(mouth, '36')).toHaveAttribute('data-mark', 'changed');
        await expect(toothIn(mouth, '25')).toHaveAttribute('data-mark', 'appeared');
        await expect(toothIn(mouth, '18')).not.toHaveAttribute('data-mark');
      }
      // The picture says it to a screen reader too.
      await expect(toothIn(mouths.first(), '25')).toHaveAccessibleName(
        new RegExp(`\\(${t('charting:compare.appeared')}\\)$`),
      );
      const section = (kind: string) => comparison.locator(`[data-kind="${kind}"]`);
      await expect(section('appeared').getByRole('listitem')).toHaveCount(1);
      await expect(section('appeared')).toContainText('24 25 26');
      await expect(section('changed').getByRole('listitem')).toHaveCount(2);
      await expect(section('changed')).toContainText(t('charting:grade.grade', { grade: '4' }));
      await expect(section('went')).toHaveCount(0);
      await look(page, locale, 'a comparison of two days');

      // Past days are not charted on; a comparison is not either.
      await expect(page.getByLabel(t('charting:entry.quick'))).toHaveCount(0);
      await page.getByText(t('charting:view.list'), { exact: true }).click();
      await expect(mouths).toHaveCount(0);
      await expect(section('changed').getByRole('listitem')).toHaveCount(2);
      expect(heard.take()).toEqual([]);
    });

    test('caries on two surfaces and a bridge of six units take few keys and clicks', async () => {
      const heard = complaints(page);
      const { id: patient } = await registerPatient(page);
      await openChart(page, t, patient);
      const acts = await counted(page);
      const saved = async (code: string, count: number) => {
        await expect.poll(async () => (await events(page, patient)).length).toBe(count);
        const [newest] = await events(page, patient);
        expect(newest?.code).toBe(code);
        return newest;
      };
      const told: string[] = [];
      const note = (what: string, { keys, clicks }: { keys: number; clicks: number }, tokens?: number) =>
        told.push(`${what}: ${keys} key presses, ${clicks} clicks${tokens ? `, ${tokens} tokens` : ''}`);

      // From a chart on which nothing is chosen: a tooth, surfaces, a state, Enter are four tokens.
      await toothIn(page, '18').focus();
      const line = arabic ? ['16', 'اط', 'ت'] : ['16', 'mo', 'c'];
      await typed(page, line.join(' '));
      await page.keyboard.press('Enter');
      const caries = await saved('caries', 1);
      expect(caries).toMatchObject({ teeth: ['16'], surfaces: ['M', 'O'], layer: 'finding' });
      let made = await acts();
      note('caries MO on 16, typed from nothing', made, line.length + 1);
      expect(line.length + 1).toBeLessThanOrEqual(4);
      expect(made).toEqual({ keys: 8, clicks: 0 });

      // The same without spaces.
      await page.keyboard.press('Escape');
      await toothIn(page, '18').focus();
      await acts();
      await typed(page, line.join(''));
      await page.keyboard.press('Enter');
      await saved('caries', 2);
      made = await acts();
      note('caries MO on 16, typed joined', made);
      expect(made).toEqual({ keys: 6, clicks: 0 });

      // On the tooth that is chosen: four key presses, by the state's letter or by a favourite's digit.
      for (const [last, count] of [
        [line[2] ?? '', 3],
        ['1', 4],
      ] as const) {
        await page.keyboard.press('Escape');
        await toothIn(page, '16').focus();
        await acts();
        await typed(page, `${line[1]}${last}`);
        await page.keyboard.press('Enter');
        await saved('caries', count);
        made = await acts();
        note(`caries MO on the chosen tooth with ${last}`, made);
        expect(made.keys).toBeLessThanOrEqual(4);
        expect(made.clicks).toBe(0);
      }

      // By mouse: surface, surface, favourite.
      const favourites = page.getByRole('group', { name: t('charting:favourites.title') });
      await acts();
      await toothIn(page, '26').locator('[data-surface="M"]').click();
      await toothIn(page, '26').locator('[data-surface="O"]').click();
      await favourites.getByRole('button').first().click();
      const byMouse = await saved('caries', 5);
      expect(byMouse).toMatchObject({ teeth: ['26'], surfaces: ['M', 'O'] });
      made = await acts();
      note('caries MO on 26 by mouse', made);
      expect(made.clicks).toBeLessThanOrEqual(3);
      expect(made.keys).toBe(0);

      // A bridge of six units: its ends and its favourite.
      const crownOf = (code: string) => toothIn(page, code).locator('text').first();
      await crownOf('33').click();
      await crownOf('43').click({ modifiers: ['Shift'] });
      const bridge = favourites.getByRole('button').filter({ hasText: arabic ? 'جسر' : 'Bridge' });
      await bridge.click();
      const built = await saved('bridge', 6);
      expect(built?.teeth).toHaveLength(6);
      made = await acts();
      note('a bridge of six units by mouse', made);
      expect(made.clicks + made.keys).toBeLessThanOrEqual(8);

      await page.keyboard.press('Escape');
      await toothIn(page, '18').focus();
      await acts();
      await typed(page, arabic ? '13-23جس' : '13-23bg');
      await page.keyboard.press('Enter');
      await saved('bridge', 7);
      made = await acts();
      note('a bridge of six units typed', made);
      expect(made.keys).toBeLessThanOrEqual(8);
      console.log(`${locale}\n  ${told.join('\n  ')}`);
      expect(heard.take()).toEqual([]);
    });

    test('favourites are starred by their owner and stay', async () => {
      const { id: patient } = await registerPatient(page);
      await openChart(page, t, patient);
      const favourites = page.getByRole('group', { name: t('charting:favourites.title') });
      const before = await favourites.getByRole('button').count();
      const palette = page.getByRole('group', { name: t('charting:entry.group.condition'), exact: true });
      const watch = arabic ? 'تحت المراقبة' : 'Watch';
      await palette.getByRole('button', { name: watch, exact: true }).click();
      const star = page.getByRole('button', { name: t('charting:favourites.star'), exact: true });
      await star.click();
      await expect(star).toHaveAttribute('aria-pressed', 'true');
      await expect(favourites.getByRole('button')).toHaveCount(before + 1);
      await page.reload();
      await expect(favourites.getByRole('button', { name: watch })).toBeVisible();

      // Without a tooth a favourite is chosen and says what is missing.
      await favourites.getByRole('button', { name: watch }).click();
      await expect(page.getByText(t('charting:problem.no_tooth'))).toBeVisible();
      expect(await events(page, patient)).toEqual([]);
      await star.click();
      await expect(favourites.getByRole('button')).toHaveCount(before);
    });

    test('the clinic chooses what colours mean, and the chart wears it', async ({ browser }) => {
      const { id: patient } = await registerPatient(page);
      const admin = await openAs(browser, locale, 'admin', { colorScheme: schemeOf(locale) });
      const chooseColours = async (name: string) => {
        await admin.goto('/settings/clinic');
        const preset = admin.getByRole('radio', { name: t(`charting:colours.${name}`) });
        await expect(preset).toBeVisible({ timeout: COLD_MS });
        await preset.click();
        await admin.getByRole('button', { name: t('common:action.save'), exact: true }).click();
        await expect(admin.getByText(t('clinic:clinic.saved')).first()).toBeVisible();
      };
      await chooseColours('high_contrast');
      await look(admin, locale, 'the colours of the chart', 'main');
      await apiPost(page, `/patients/${patient}/chart/events`, {
        layer: 'finding',
        code: 'caries',
        teeth: ['16'],
        surfaces: ['O'],
      });
      await openChart(page, t, patient);
      const sign = toothIn(page, '16').locator('[class*="layerSigns"] path');
      await expect(sign).toBeVisible();
      await expect(page.locator('[data-chart-colours="high_contrast"]').first()).toBeVisible();
      await chooseColours('existing_blue');
      await page.reload();
      await expect(page.locator('[data-chart-colours="existing_blue"]').first()).toBeVisible();
      await expect(sign).toBeHidden();
    });
  });
}
