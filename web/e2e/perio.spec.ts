import { expect, type Page } from '@playwright/test';
import { apiGet, apiPost, choose, openAs, registerPatient, test } from './clinic';
import { complaints, look, schemeOf } from './looks';
import { probed } from './probing';
import { LOCALES, type Words, wordsOf } from './words';

interface Site {
  depth: number | null;
  margin: number | null;
  cal: number | null;
  bleeding: boolean;
}
interface Exam {
  id: string;
  status: string;
  teeth: Record<string, { presence: string; mobility: number | null; sites: Record<string, Site> }>;
  summary: { sites_measured: number; bleeding_percent: number | null; max_depth: number | null };
}

const KEYS_A_SECOND = 10;

const depthOf = (index: number) => 1 + ((index * 7) % 9);
const bleedsAt = (index: number) => index % 5 === 0;

async function startExam(page: Page, t: Words, patient: string) {
  await page.goto(`/patients/${patient}/periodontal`);
  await page.getByRole('button', { name: t('periodontal:list.start_full'), exact: true }).click();
  const grid = page.getByRole('grid', { name: t('periodontal:chart.label') });
  await expect(grid).toBeVisible();
  await grid.focus();
  const exam = new URL(page.url()).searchParams.get('exam') ?? '';
  expect(exam).not.toBe('');
  return { grid, exam };
}

const read = (page: Page, exam: string) => apiGet<Exam>(page, `/perio-exams/${exam}`);
const saved = (page: Page, t: Words) =>
  expect(page.getByText(t('periodontal:save.saved'), { exact: true })).toBeVisible();

for (const locale of LOCALES) {
  const t = wordsOf(locale);

  test.describe(`periodontal chart, ${locale}`, () => {
    let page: Page;

    test.beforeEach(async ({ browser }) => {
      page = await openAs(browser, locale, 'doctor', {
        reducedMotion: 'reduce',
        colorScheme: schemeOf(locale),
      });
    });

    test('192 sites typed at ten keys a second, and none is lost', async () => {
      const { id: patient } = await registerPatient(page);
      const heard = complaints(page);
      const { exam } = await startExam(page, t, patient);
      const path = probed();
      expect(path).toHaveLength(192);

      const started = Date.now();
      let keys = 0;
      const press = async (key: string) => {
        const due = started + (keys * 1000) / KEYS_A_SECOND;
        keys += 1;
        if (due > Date.now()) await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
        await page.keyboard.press(key);
      };
      for (const index of path.keys()) {
        await press(`Digit${depthOf(index)}`);
        if (bleedsAt(index)) await press('KeyB');
      }
      const seconds = (Date.now() - started) / 1000;
      test.info().annotations.push({ type: 'keys a second', description: (keys / seconds).toFixed(1) });
      console.log(
        `${locale}: ${keys} keys in ${seconds.toFixed(1)} s, ${(keys / seconds).toFixed(1)} a second`,
      );

      await saved(page, t);
      const found = await read(page, exam);
      const lost = path.filter(([tooth, site], index) => {
        const written = found.teeth[tooth]?.sites[site];
        return written?.depth !== depthOf(index) || written.bleeding !== bleedsAt(index);
      });
      expect(lost).toEqual([]);
      expect(found.summary.sites_measured).toBe(192);
      // What the page shows is what was saved.
      for (const [index, [tooth, site]] of path.entries()) {
        if (index % 16 === 0)
          await expect(page.locator(`#perio-${tooth}-${site}`)).toContainText(`${depthOf(index)}`);
      }
      await page.reload();
      await expect(page.locator('[data-number="measured"]')).toContainText(
        locale === 'ar-EG' ? /192|١٩٢/ : '192',
      );
      await look(page, locale, 'a full exam');
      expect(heard.take()).toEqual([]);
    });

    test('recession, tens, going back, mobility; then closed, and it stays', async () => {
      const { id: patient } = await registerPatient(page);
      const { exam, grid } = await startExam(page, t, patient);
      for (const key of ['Digit3', '-', 'Digit2', '+', 'Digit2', 'KeyB', 'Digit9', 'Backspace', 'Digit4']) {
        await page.keyboard.press(key);
      }
      // Arrows go where they point, also where text runs the other way.
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Digit7');
      await page
        .getByRole('radiogroup', { name: t('periodontal:tooth.mobility') })
        .getByText('II', { exact: true })
        .click();
      await saved(page, t);
      let found = await read(page, exam);
      const site = (tooth: string, name: string) => found.teeth[tooth]?.sites[name];
      expect(site('18', 'DB')).toMatchObject({ depth: 3, margin: -2, cal: 5 });
      expect(site('18', 'B')).toMatchObject({ depth: 12, bleeding: true });
      expect(site('18', 'MB')).toMatchObject({ depth: 4 });
      expect(site('17', 'B')).toMatchObject({ depth: 7 });
      expect(found.teeth['17']?.mobility).toBe(2);

      await page.getByRole('button', { name: t('periodontal:close.button'), exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: t('periodontal:close.confirm'), exact: true }).click();
      await expect(page.getByText(t('common:status.closed')).first()).toBeVisible();
      await grid.focus();
      await page.keyboard.press('Digit9');
      found = await read(page, exam);
      expect(found.status).toBe('closed');
      expect(site('18', 'DB')).toMatchObject({ depth: 3 });
      await expect(page.getByText(t('periodontal:save.saved'), { exact: true })).toHaveCount(0);
      await page.getByText(t('periodontal:view.list'), { exact: true }).click();
      await expect(page.getByRole('rowheader', { name: '18', exact: true })).toBeVisible();
      await look(page, locale, 'a closed exam as a list');
    });

    test('a save that fails is said, and nothing is lost', async () => {
      const { id: patient } = await registerPatient(page);
      const { exam } = await startExam(page, t, patient);
      await page.route('**/teeth/*', (route) => route.abort());
      for (const key of '323434') await page.keyboard.press(`Digit${key}`);
      await expect(page.getByText(t('periodontal:save.retrying'))).toBeVisible();
      await expect(page.locator('#perio-17-MB')).toContainText('4');
      for (const key of '222') await page.keyboard.press(`Digit${key}`);
      await page.unroute('**/teeth/*');
      await saved(page, t);
      const found = await read(page, exam);
      const depths = ['18', '17', '16'].flatMap((tooth) =>
        ['DB', 'B', 'MB'].map((site) => found.teeth[tooth]?.sites[site]?.depth),
      );
      expect(depths).toEqual([3, 2, 3, 4, 3, 4, 2, 2, 2]);
    });

    test('exams are compared, and a screening is coded', async () => {
      const { id: patient } = await registerPatient(page);
      for (const depth of [6, 4]) {
        const { id } = await apiPost<Exam>(page, `/patients/${patient}/perio-exams`, {});
        const site = { depth, margin: -1 };
        const answer = await page.request.put(`/api/v1/perio-exams/${id}/teeth/16`, {
          data: { sites: { DB: site, B: site, MB: site } },
        });
        expect(answer.status()).toBe(200);
        await apiPost(page, `/perio-exams/${id}/close`, {});
      }
      await page.goto(`/patients/${patient}/periodontal`);
      const boxes = page.getByRole('table', { name: t('periodontal:list.title') }).getByRole('checkbox');
      await expect(boxes).toHaveCount(2);
      for (const box of await boxes.all()) await box.check();
      await page.getByRole('button', { name: new RegExp(`^${t('periodontal:compare.pick')}.+`) }).click();
      await expect(
        page.getByRole('heading', { name: t('periodontal:compare.title'), exact: true }),
      ).toBeVisible();
      await expect(page.getByText('▼', { exact: false }).first()).toBeVisible();
      await look(page, locale, 'a comparison');

      await page.getByRole('button', { name: t('periodontal:list.start_screening'), exact: true }).click();
      const sextant = page.locator('[data-sextant="upper_right"]');
      await choose(sextant, t('periodontal:sextant.upper_right'), t('periodontal:code.4'));
      await expect(page.getByText(t('periodontal:advice.chart_mouth'))).toBeVisible();
      await look(page, locale, 'a screening');
    });
  });
}
