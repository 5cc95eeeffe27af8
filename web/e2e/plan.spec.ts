import { expect, type Page } from '@playwright/test';
import { apiGet, apiPost, openAs, pick, test } from './clinic';
import { complaints, look, schemeOf } from './looks';
import { LOCALES, type Words, wordsOf } from './words';

interface Item {
  id: string;
  status: string;
  tooth: string | null;
  appointment: { id: string } | null;
}
interface Plan {
  id: string;
  standing: string;
  validity: string;
  items: Item[];
  answer: { method: string; signer_name: string } | null;
}
interface Chart {
  teeth: Record<string, { states: { layer: string; code: string }[] }>;
}

const BIRTH_DATE = '1990-03-14';

/** A grown patient with a decayed molar, a decayed premolar and a missing tooth. */
async function patientWithFindings(page: Page): Promise<{ id: string; name_ar: string; name_en: string }> {
  const digits = String(Math.floor(Math.random() * 1e8)).padStart(8, '0');
  const name = { name_ar: 'سلمى عبد الرحمن', name_en: 'Salma Abdelrahman' };
  const { id } = await apiPost<{ id: string }>(page, '/patients', {
    ...name,
    birth_date: BIRTH_DATE,
    phones: [{ number: `010${digits}`, whatsapp: true }],
  });
  for (const event of [
    { code: 'caries', teeth: ['16'], surfaces: ['M', 'O'], severity: 4 },
    { code: 'caries', teeth: ['25'], surfaces: ['O'], severity: 3 },
    { code: 'missing', teeth: ['46'] },
  ]) {
    await apiPost(page, `/patients/${id}/chart/events`, { layer: 'finding', ...event });
  }
  return { ...name, id };
}

const plansOf = async (page: Page, patient: string) =>
  (await apiGet<{ items: Plan[] }>(page, `/patients/${patient}/plans`)).items;

async function layersOn(page: Page, patient: string, tooth: string): Promise<string[]> {
  const chart = await apiGet<Chart>(page, `/patients/${patient}/chart`);
  return (chart.teeth[tooth]?.states ?? []).map(({ layer, code }) => `${layer} ${code}`);
}

/** Signs as a hand does: some strokes across the box. */
async function sign(page: Page, t: Words) {
  const pad = page.getByRole('img', { name: t('planning:sign.label'), exact: true });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('no box to sign in');
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.6);
  await page.mouse.down();
  for (let step = 1; step <= 12; step += 1) {
    const up = step % 2 === 0 ? 0.3 : 0.75;
    await page.mouse.move(box.x + box.width * (0.2 + step * 0.05), box.y + box.height * up);
  }
  await page.mouse.up();
}

for (const locale of LOCALES) {
  const t = wordsOf(locale);
  const button = (name: string) => ({ name, exact: true });

  test.describe(`treatment plan, ${locale}`, () => {
    let page: Page;

    test.beforeEach(async ({ browser }) => {
      page = await openAs(browser, locale, 'doctor', {
        reducedMotion: 'reduce',
        colorScheme: schemeOf(locale),
      });
    });

    test('from findings to a signed plan, done in the visit, from planned to done on the chart', async () => {
      const heard = complaints(page);
      const patient = await patientWithFindings(page);
      await page.goto(`/patients/${patient.id}/plans`);
      await look(page, locale, 'no plan yet');
      await page.getByRole('button', button(t('planning:new.button'))).click();
      await page.getByRole('button', button(t('planning:new.submit'))).click();

      // Each finding was taken over with the procedure that treats it; a second phase gets one more.
      const items = page
        .locator('li')
        .filter({ has: page.getByText(t('common:status.proposed'), { exact: true }) });
      await expect(items).toHaveCount(3);
      await pick(page, t('planning:add.search'), 'PV-001');
      await page.getByRole('button', button(t('planning:add.submit'))).click();
      await expect(items).toHaveCount(4);
      await look(page, locale, 'a plan');
      await items.last().dragTo(items.first());
      await expect.poll(async () => (await plansOf(page, patient.id))[0]?.items[0]?.tooth).toBeNull();
      expect(await layersOn(page, patient.id, '16')).toContain('plan filling');

      await page.getByRole('link', button(t('planning:present.button'))).click();
      await page.getByRole('button', button(t('planning:present.button'))).click();
      await expect(page.getByText(t('planning:shown.yours'))).toBeVisible();
      await look(page, locale, 'presented');
      const boxes = page.getByRole('checkbox');
      await expect(boxes).toHaveCount(4);
      await boxes.last().uncheck();
      await sign(page, t);
      await page.getByRole('button', button(t('planning:sign.acceptPart'))).click();
      await expect(page.getByText(t('planning:sign.title'), { exact: true })).toBeHidden();
      const [signed] = await plansOf(page, patient.id);
      expect(signed).toMatchObject({
        standing: 'partly_accepted',
        validity: 'valid',
        answer: { method: 'screen' },
      });
      await look(page, locale, 'signed');

      // A visit, in which the filling is done.
      const session = await apiGet<{ staff_id: string }>(page, '/session');
      const visit = await apiPost<{ id: string }>(page, '/visits', {
        patient_id: patient.id,
        doctor_id: session.staff_id,
      });
      await page.goto(`/visits/${visit.id}`);
      const filling = signed?.items.find(({ tooth, status }) => tooth === '16' && status === 'accepted');
      expect(filling).toBeDefined();
      const planned = page
        .locator('li')
        .filter({ hasText: '16' })
        .filter({
          has: page.getByRole('button', { name: t('planning:visit.complete'), exact: false }),
        });
      await planned.first().getByRole('button').click();
      await expect(page.getByText(t('planning:visit.done'))).toBeVisible();
      await look(page, locale, 'planned work in a visit');
      expect(await layersOn(page, patient.id, '16')).toEqual(['done filling']);
      expect((await plansOf(page, patient.id))[0]).toMatchObject({
        standing: 'in_progress',
        validity: 'valid',
      });

      // A change after the signature is told everywhere.
      await page.goto(`/patients/${patient.id}/plans`);
      await pick(page, t('planning:add.search'), 'PV-004');
      await page.getByRole('button', button(t('planning:add.submit'))).click();
      await expect(page.getByText(t('planning:validity.signedChanged'))).toBeVisible();
      await expect(
        page.getByText(t('planning:validity.no_longer_valid'), { exact: true }).first(),
      ).toBeVisible();
      await look(page, locale, 'changed after it was signed');
      expect(heard.take()).toEqual([]);
    });

    test('a patient signs over a link with the birth date, on a phone', async ({ browser }) => {
      const patient = await patientWithFindings(page);
      const procedures = await apiGet<{ items: { id: string }[] }>(page, '/procedures?q=PV-001');
      const plan = await apiPost<Plan>(page, `/patients/${patient.id}/plans`, {
        name: t('planning:new.defaultName'),
        items: [{ procedure_id: procedures.items[0]?.id }],
      });
      await apiPost(page, `/plans/${plan.id}/present`, {});
      await page.goto(`/plans/${plan.id}/present`);
      await page.getByRole('button', button(t('planning:link.button'))).click();
      const address = await page.getByLabel(t('planning:link.address')).inputValue();
      await look(page, locale, 'link for the patient', '[role=dialog]');
      expect(new URL(address).pathname).toMatch(/^\/p\/.{40,}$/);

      const phone = await browser.newContext({
        locale,
        viewport: { width: 390, height: 844 },
        colorScheme: schemeOf(locale),
      });
      const patientsPage = await phone.newPage();
      const heard = complaints(patientsPage, (url, status) => url.endsWith('/open') && status === 422);
      await patientsPage.goto(new URL(address).pathname);
      await look(patientsPage, locale, 'link of a plan');
      const birthDate = patientsPage.getByLabel(t('planning:link.birthDate'));
      await birthDate.fill('15/03/1990');
      await birthDate.press('Tab');
      await patientsPage.getByRole('button', button(t('planning:link.open'))).click();
      await expect(patientsPage.getByRole('alert')).toBeVisible();
      await birthDate.fill('14/03/1990');
      await birthDate.press('Tab');
      await patientsPage.getByRole('button', button(t('planning:link.open'))).click();
      await expect(patientsPage.getByText(t('planning:shown.yours'))).toBeVisible();
      await look(patientsPage, locale, 'plan over a link');
      await patientsPage.setViewportSize({ width: 390, height: 844 });
      await patientsPage.getByRole('button', button(t('planning:sign.accept'))).click();
      await expect(patientsPage.getByText(t('planning:sign.missing'))).toBeVisible();
      await sign(patientsPage, t);
      await patientsPage.getByRole('button', button(t('planning:sign.accept'))).click();
      await expect(patientsPage.getByText(t('planning:link.answered.accepted'))).toBeVisible();
      await look(patientsPage, locale, 'signed over a link');
      expect(heard.take()).toEqual([]);
      expect((await plansOf(page, patient.id))[0]).toMatchObject({
        standing: 'accepted',
        answer: { method: 'link' },
      });
    });

    test('an item is booked straight from the plan', async () => {
      const patient = await patientWithFindings(page);
      const procedures = await apiGet<{ items: { id: string }[] }>(page, '/procedures?q=RST-002');
      await apiPost<Plan>(page, `/patients/${patient.id}/plans`, {
        name: t('planning:new.defaultName'),
        items: [{ procedure_id: procedures.items[0]?.id, tooth: '16', surfaces: ['M', 'O'] }],
      });
      await page.goto(`/patients/${patient.id}/plans`);
      await page.getByTitle(t('planning:items.bookShort')).click();
      const form = page.getByRole('dialog');
      await expect(form.getByLabel(t('scheduling:form.minutes'))).not.toHaveValue('');
      await look(page, locale, 'planned work is booked', '[role=dialog]');
      const reason = form.getByLabel(t('scheduling:form.reason'));
      await expect(reason).toHaveValue(/16/);
    });
  });
}
