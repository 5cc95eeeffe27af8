import { expect, type Page } from '@playwright/test';
import { apiGet, choose, emptyDay, fieldOf, pick, signIn, test } from './clinic';
import { LOCALES, wordsOf } from './words';

interface Named {
  id: string;
  name_ar: string;
  name_en: string;
}

const PATIENT = {
  'en-GB': { name: 'Layla Mansour Habib', reason: 'Pain on the right', note: 'Pain on biting for two days' },
  'ar-EG': { name: 'ليلى منصور حبيب', reason: 'ألم في الجهة اليمنى', note: 'ألم عند العض منذ يومين' },
};

async function expectPdf(page: Page, path: string) {
  for (const lang of ['ar', 'en', 'both']) {
    const answer = await page.request.get(`/api/v1${path}/pdf?lang=${lang}`);
    expect(answer.status()).toBe(200);
    expect(answer.headers()['content-type']).toContain('application/pdf');
    expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
  }
}

for (const locale of LOCALES) {
  const t = wordsOf(locale);
  const arabic = locale === 'ar-EG';
  const nameOf = (one: Named) => (arabic ? one.name_ar : one.name_en);

  test(`${locale}: a clinic's day, from registering to the audit log`, async ({ browser }) => {
    test.setTimeout(120_000);
    const reception = await signIn(browser, locale, 'reception');
    const doctor = await signIn(browser, locale, 'doctor');
    const words = PATIENT[locale];
    const name = `${words.name} ${String.fromCharCode(...Array.from({ length: 4 }, () => (arabic ? 0x628 : 0x62) + Math.floor(Math.random() * 6)))}`;
    const phone = `010${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
    let patientId = '';

    await test.step('the reception registers a patient with name and phone', async () => {
      await reception.goto('/patients');
      await reception.getByRole('button', { name: t('patients:list.register') }).click();
      const form = reception.getByRole('dialog');
      await fieldOf(form, t('patients:form.name')).fill(name);
      await fieldOf(form, t('patients:form.phone')).fill(phone);
      await form.getByRole('button', { name: t('patients:form.register'), exact: true }).click();
      await expect(reception.getByRole('heading', { name, level: 1 })).toBeVisible();
      patientId = new URL(reception.url()).pathname.split('/')[2] ?? '';
      await expect(reception.getByText(t('common:alert.allergyNotAsked'))).toBeVisible();
    });

    let allergen = '';
    await test.step('the doctor records an allergy, and the header warns of it', async () => {
      const [penicillin] = (await apiGet<{ items: Named[] }>(doctor, '/reference/allergens?q=penicillin'))
        .items;
      if (!penicillin) throw new Error('penicillin is not on the list of allergens');
      allergen = nameOf(penicillin);
      await doctor.goto(`/patients/${patientId}/history`);
      await doctor.getByRole('button', { name: t('patients:history.allergies.add') }).click();
      const form = doctor.getByRole('dialog');
      await pick(form, t('patients:history.allergies.name'), allergen);
      await form.getByText(t('patients:history.severity.severe'), { exact: true }).click();
      await form.getByRole('button', { name: t('patients:history.allergies.add') }).click();
      const alerts = doctor.getByRole('list', { name: t('common:alert.label') });
      await expect(alerts).toContainText(allergen);
    });

    let date = '';
    let appointmentId = '';
    await test.step('the reception books the patient, who arrives and takes the chair', async () => {
      date = await emptyDay(reception);
      const { staff_id } = await apiGet<{ staff_id: string }>(doctor, '/session');
      const staff = await apiGet<{ items: Named[] }>(reception, '/staff?role=doctor&limit=100');
      const dentist = staff.items.find(({ id }) => id === staff_id);
      const [chair] = (await apiGet<{ items: Named[] }>(reception, '/chairs')).items;
      if (!dentist || !chair) throw new Error('the demo has no doctor or no chair');
      await reception.goto(`/?date=${date}&new=true&patient=${patientId}`);
      const form = reception.getByRole('dialog');
      await expect(form.getByRole('list', { name: t('common:alert.label') })).toContainText(allergen);
      await choose(form, t('scheduling:form.doctor'), nameOf(dentist));
      await choose(form, t('scheduling:form.chair'), nameOf(chair));
      await choose(form, t('scheduling:form.start'), /^11:30/);
      await fieldOf(form, t('scheduling:form.reason')).fill(words.reason);
      await form.getByRole('button', { name: t('scheduling:form.book'), exact: true }).click();
      const card = reception.getByRole('button', { name }).first();
      await expect(card).toBeVisible();
      await card.click();
      await expect(reception).toHaveURL(/appointment=/);
      appointmentId = new URL(reception.url()).searchParams.get('appointment') ?? '';
      const drawer = reception.getByRole('dialog');
      await drawer.getByRole('button', { name: t('common:status.arrived'), exact: true }).click();
      await drawer.getByRole('button', { name: t('common:status.in_chair'), exact: true }).click();
      await expect(
        reception.locator(`.book-card[data-id="${appointmentId}"][data-status="in_chair"]`),
      ).toBeVisible();
    });

    let visitId = '';
    await test.step('the doctor writes the visit: note, diagnosis, finding, work done; and signs', async () => {
      await doctor.goto(`/?date=${date}&appointment=${appointmentId}`);
      await doctor.getByRole('button', { name: t('scheduling:appointment.startVisit') }).click();
      await expect(doctor).toHaveURL(/\/visits\//);
      visitId = new URL(doctor.url()).pathname.split('/')[2] ?? '';
      await expect(doctor.getByRole('list', { name: t('common:alert.label') })).toContainText(allergen);

      await fieldOf(doctor, t('records:notes.subjective')).fill(words.note);
      await fieldOf(doctor, t('records:notes.subjective')).blur();
      await expect(doctor.getByText(t('records:save.saved'))).toBeVisible();

      await pick(doctor, t('records:diagnoses.search'), 'K02.1');
      await fieldOf(doctor, t('common:place.tooth')).fill('16');
      await doctor.getByRole('button', { name: t('records:diagnoses.add') }).click();
      await expect(doctor.getByRole('listitem').filter({ hasText: 'K02.1' })).toBeVisible();

      const quick = fieldOf(doctor, t('charting:entry.quick'));
      await quick.fill(t('charting:entry.quickPlaceholder'));
      await quick.press('Enter');
      await expect(quick).toHaveValue('');
      await expect
        .poll(async () => {
          const chart = await apiGet<{ items: { code: string; tooth: string }[] }>(
            doctor,
            `/patients/${patientId}/chart/events`,
          );
          return chart.items.map(({ code }) => code);
        })
        .toContain('caries');

      const catalogue = await apiGet<{ items: (Named & { code: string; scope: string })[] }>(
        doctor,
        '/procedures?q=composite&limit=50',
      );
      const filling = catalogue.items.find(
        ({ scope, code }) => scope === 'surface' && code.startsWith('RST'),
      );
      if (!filling) throw new Error('the catalogue has no composite filling');
      await pick(doctor, t('records:procedures.search'), filling.code);
      await fieldOf(doctor, t('common:place.tooth')).fill('16');
      const surface = doctor.getByRole('checkbox', { name: t('charting:surface.occlusal'), exact: true });
      if (!(await surface.isChecked())) await surface.press('Space');
      await expect(surface).toBeChecked();
      await doctor.getByRole('button', { name: t('records:procedures.add'), exact: true }).click();
      await expect(doctor.getByRole('listitem').filter({ hasText: filling.code })).toBeVisible();

      await doctor.getByRole('button', { name: t('records:sign.button') }).click();
      await doctor
        .getByRole('dialog')
        .getByRole('button', { name: t('records:sign.confirm') })
        .click();
      await expect(doctor.getByRole('button', { name: t('records:sign.button') })).toHaveCount(0, {
        timeout: 15_000,
      });
      await expect(fieldOf(doctor, t('records:notes.subjective'))).toHaveCount(0);
    });

    let invoiceId = '';
    await test.step('the invoice of the visit is issued and paid, and both are printed', async () => {
      await doctor.getByRole('button', { name: t('records:invoice.make') }).click();
      await expect(doctor).toHaveURL(/\/invoices\//);
      invoiceId = new URL(doctor.url()).pathname.split('/')[2] ?? '';

      await reception.goto(`/invoices/${invoiceId}`);
      await reception.getByRole('button', { name: t('billing:issue.button') }).click();
      await reception
        .getByRole('dialog')
        .getByRole('button', { name: t('billing:issue.confirm') })
        .click();
      await reception.getByRole('button', { name: t('billing:payment.button') }).click();
      const dialog = reception.getByRole('dialog');
      await dialog.getByRole('button', { name: t('billing:payment.confirm') }).click();
      await expect(dialog.getByText(t('billing:payment.taken'))).toBeVisible();
      await dialog.getByRole('button', { name: t('billing:payment.printReceipt') }).click();
      const receipt = await reception
        .getByRole('menuitem', { name: t('common:print.ar'), exact: true })
        .getAttribute('href');
      const paymentId = /payments\/([^/]+)\/pdf/.exec(receipt ?? '')?.[1] ?? '';
      await expectPdf(reception, `/invoices/${invoiceId}`);
      await expectPdf(reception, `/payments/${paymentId}`);
      const invoice = await apiGet<{ status: string }>(reception, `/invoices/${invoiceId}`);
      expect(invoice.status).toBe('paid');
    });

    await test.step('all of it stands in the audit log, whose chain verifies', async () => {
      const admin = await signIn(browser, locale, 'admin');
      for (const id of [patientId, appointmentId, visitId, invoiceId]) {
        const log = await apiGet<{ items: unknown[] }>(admin, `/audit?entity_id=${id}`);
        expect(log.items.length).toBeGreaterThan(0);
      }
      await admin.goto('/audit');
      await expect(admin.getByRole('heading', { name: t('audit:title') })).toBeVisible();
      await expect(admin.getByRole('row').nth(3)).toBeVisible();
      await admin.getByRole('button', { name: t('audit:chain.verify') }).click();
      await expect(admin.getByText(t('audit:chain.ok'))).toBeVisible({ timeout: 60_000 });
    });
  });
}
