import { expect, type Page } from '@playwright/test';
import { apiGet, apiPost, fieldOf, openAs, registerPatient, test } from './clinic';
import { complaints, look, schemeOf } from './looks';
import { LOCALES, wordsOf } from './words';

interface Entry {
  id: string;
  code: string;
  teeth: string[];
  note: string | null;
  corrected_by: string | null;
  layer: string;
}

const entries = async (page: Page, patient: string) =>
  (await apiGet<{ items: Entry[] }>(page, `/patients/${patient}/chart/events?limit=100`)).items;
const standing = async (page: Page, patient: string) =>
  (await entries(page, patient))
    .filter(({ layer, corrected_by }) => layer !== 'correction' && !corrected_by)
    .map(({ code }) => code)
    .sort();

for (const locale of LOCALES) {
  const t = wordsOf(locale);

  test.describe(`dental chart, ${locale}`, () => {
    let page: Page;
    let patient: string;

    test.beforeEach(async ({ browser }) => {
      page = await openAs(browser, locale, 'doctor', {
        reducedMotion: 'reduce',
        colorScheme: schemeOf(locale),
      });
      ({ id: patient } = await registerPatient(page));
    });

    const type = async (line: string) => {
      const quick = fieldOf(page, t('charting:entry.quick'));
      await quick.fill(line);
      await quick.press('Enter');
      await expect(quick).toHaveValue('');
      // The next key goes to the page, not into the line.
      await quick.blur();
    };

    test('a new patient is filled in with one click, and undone from the last act back', async () => {
      const heard = complaints(page);
      await page.goto(`/patients/${patient}/chart`);
      const sound = page.getByRole('button', { name: t('charting:prefill.sound'), exact: true });
      const molars = page.getByRole('button', {
        name: t('charting:prefill.third_molars_missing'),
        exact: true,
      });
      await sound.click();
      await expect(sound).toHaveCount(0);
      await molars.click();
      await expect(molars).toHaveCount(0);
      await expect
        .poll(() => standing(page, patient))
        .toEqual(['missing', 'missing', 'missing', 'missing', 'sound']);
      await type('16 o caries');
      await expect.poll(() => standing(page, patient)).toContain('caries');

      await page.keyboard.press('Control+z');
      await expect.poll(() => standing(page, patient)).not.toContain('caries');
      // Whose page it is sees what was undone, in the message and in the history.
      await expect(page.locator('del').first()).toBeVisible();
      await page.reload();
      const undo = page.getByRole('button', { name: t('charting:entry.undo'), exact: true }).first();
      await expect(undo).toBeEnabled();
      await page.keyboard.press('Control+z');
      await expect.poll(() => standing(page, patient)).toEqual(['sound']);
      await undo.click();
      await expect.poll(() => standing(page, patient)).toEqual([]);
      await expect(undo).toHaveCount(0);
      await expect(sound).toBeVisible();
      expect(heard.take()).toEqual([]);
    });

    test('what a colleague recorded is not undone', async ({ browser }) => {
      await apiPost(page, `/patients/${patient}/chart/events`, {
        layer: 'finding',
        code: 'caries',
        teeth: ['16'],
        surfaces: ['O'],
      });
      const colleague = await openAs(browser, locale, 'admin');
      await colleague.goto(`/patients/${patient}/chart`);
      await expect(colleague.locator('[data-tooth="16"]')).toBeVisible();
      await expect(
        colleague.getByRole('button', { name: t('charting:entry.undo'), exact: true }),
      ).toHaveCount(0);
    });

    test('notes and teeth too many are recorded, drawn and listed', async () => {
      const heard = complaints(page);
      const text = locale === 'ar-EG' ? 'حساس للبارد منذ أسبوعين' : 'Sensitive to cold for two weeks';
      await page.goto(`/patients/${patient}/chart`);
      await fieldOf(page, t('charting:entry.note')).fill(text);
      await type('16 o caries');
      await type('11 m supernumerary');
      await expect(page.locator('[data-tooth="11"] [data-extra="M"]')).toBeVisible();
      await expect(page.locator('[data-tooth="16"] [data-note] title')).toHaveText(text);
      // The history is that of the chosen tooth.
      await page.locator('[data-tooth="16"]').focus();
      await page.keyboard.press('Space');
      await expect(page.locator('ol q', { hasText: text }).first()).toBeVisible();

      await page.locator('[data-tooth="26"]').focus();
      await page.keyboard.press('Space');
      const terms = await apiGet<{ items: { code: string; name_ar: string; name_en: string }[] }>(
        page,
        '/chart/vocabulary',
      );
      const term = terms.items.find(({ code }) => code === 'note');
      const name = (locale === 'ar-EG' ? term?.name_ar : term?.name_en) ?? '';
      await page.getByRole('button', { name, exact: true }).click();
      const apply = page.getByRole('button', { name: t('charting:entry.apply'), exact: true });
      await apply.click();
      await expect(page.getByText(t('charting:problem.note_needed'))).toBeVisible();
      await page.getByRole('textbox', { name: new RegExp(`^${t('charting:entry.noteOnTooth')}`) }).fill(text);
      await apply.click();
      await expect.poll(() => standing(page, patient)).toEqual(['caries', 'note', 'supernumerary']);
      await type('11 m supernumerary_extracted plan');
      await expect.poll(() => standing(page, patient)).toContain('supernumerary_extracted');
      await look(page, locale, 'a chart with notes');
      await page.getByText(t('charting:view.list'), { exact: true }).click();
      await expect(page.getByRole('table').locator('q', { hasText: text }).first()).toBeVisible();
      await look(page, locale, 'a chart as a list');
      expect(heard.take()).toEqual([]);
    });

    test('the chart is printed in both languages', async () => {
      await page.goto(`/patients/${patient}/chart`);
      await page.getByRole('button', { name: t('charting:print'), exact: true }).click();
      for (const lang of ['ar', 'en', 'both'] as const) {
        const address = await page
          .getByRole('menuitem', { name: t(`common:print.${lang}`), exact: true })
          .getAttribute('href');
        const answer = await page.request.get(address ?? '');
        expect(answer.status()).toBe(200);
        expect(answer.headers()['content-type']).toBe('application/pdf');
        expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
      }
    });
  });
}
