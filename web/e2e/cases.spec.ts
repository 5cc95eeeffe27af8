import { mkdirSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { type ClinicalCase, caseOf } from './cases/clinicalCase';
import { apiGet, fieldOf, openAs, registerPatient, test } from './clinic';
import { complaints, settled } from './looks';
import { probed } from './probing';
import { type Words, wordsOf } from './words';

const PICTURES = new URL('../screenshots/cases/', import.meta.url).pathname;

/** A birthday half a year ago, so that the age is the same on every day of the test. */
function bornYearsAgo(years: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear() - years, now.getUTCMonth() - 6, 1))
    .toISOString()
    .slice(0, 10);
}

async function chartCase(page: Page, t: Words, patient: string, { lines }: ClinicalCase) {
  await page.goto(`/patients/${patient}/chart`);
  const quick = fieldOf(page, t('charting:entry.quick'));
  for (const line of lines) {
    await quick.fill(line);
    await quick.press('Enter');
    // What was understood and recorded is gone from the line; anything else stays with a reason.
    await expect(quick, line).toHaveValue('');
  }
}

/** The list of the chart as a screen reader goes through it, without the dates. */
async function listOf(page: Page, t: Words): Promise<string[][]> {
  await page.getByText(t('charting:view.list'), { exact: true }).click();
  const table = page.getByRole('table').first();
  await expect(table).toBeVisible();
  return await table.locator('tbody tr').evaluateAll((rows) =>
    rows.map((row) => [
      row.querySelector('th')?.textContent?.trim() ?? '',
      ...[...row.querySelectorAll('li')].map((state) => {
        const [layer, told] = [...state.children].map((part) => part.textContent?.trim() ?? '');
        return `${layer}: ${told}`;
      }),
    ]),
  );
}

async function takePictures(page: Page, name: string) {
  mkdirSync(PICTURES, { recursive: true });
  for (const [width, height] of [
    [1440, 1500],
    [390, 1800],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      await page.screenshot({ path: `${PICTURES}${name}-${colorScheme}-${width}.png` });
    }
  }
}

/** The digit of a site in what is written of its tooth from distal to mesial. */
function at(teeth: Record<string, [string, string]>, tooth: string, site: string): string {
  const [outer, inner] = teeth[tooth] ?? ['', ''];
  const along = site.startsWith('D') ? 0 : site.startsWith('M') ? 2 : 1;
  return (site.endsWith('B') ? outer : inner)[along] ?? '';
}

async function probe(page: Page, t: Words, patient: string, exam: NonNullable<ClinicalCase['exam']>) {
  await page.goto(`/patients/${patient}/periodontal`);
  await page.getByRole('button', { name: t('periodontal:list.start_full'), exact: true }).click();
  const grid = page.getByRole('grid', { name: t('periodontal:chart.label') });
  await expect(grid).toBeVisible();
  await grid.focus();
  for (const [tooth, site] of probed()) {
    // The chart says that it is missing, so the path goes past it.
    if (!exam.teeth[tooth]) continue;
    await page.keyboard.press(`Digit${at(exam.teeth, tooth, site)}`);
    await page.keyboard.press('-');
    await page.keyboard.press(`Digit${at(exam.recession, tooth, site)}`);
    if (exam.bleeding.includes(`${tooth} ${site}`)) await page.keyboard.press('KeyB');
  }
  await expect(page.getByText(t('periodontal:save.saved'), { exact: true })).toBeVisible();
  const id = new URL(page.url()).searchParams.get('exam') ?? '';
  const found = await apiGet<{
    summary: Record<string, number | null>;
    suggestion: Record<string, string | null> | null;
  }>(page, `/perio-exams/${id}`);
  return found;
}

for (const name of ['child', 'bridge', 'periodontal'] as const) {
  const patientCase = caseOf(name);
  const { locale } = patientCase;
  const t = wordsOf(locale);

  test(`case: ${patientCase.title}`, async ({ browser }) => {
    const page = await openAs(browser, locale, 'doctor', { reducedMotion: 'reduce', colorScheme: 'light' });
    const heard = complaints(page);
    const { id: patient } = await registerPatient(page, { birth_date: bornYearsAgo(patientCase.age) });
    await chartCase(page, t, patient, patientCase);
    await page.reload();
    await takePictures(page, name);
    expect(await listOf(page, t)).toEqual(patientCase.list);

    if (patientCase.exam) {
      const { summary, suggestion } = await probe(page, t, patient, patientCase.exam);
      expect(summary).toMatchObject(patientCase.exam.summary);
      expect(suggestion).toMatchObject(patientCase.exam.suggested);
      await takePictures(page, `${name}-exam`);
    }
    expect(heard.take()).toEqual([]);
  });
}
