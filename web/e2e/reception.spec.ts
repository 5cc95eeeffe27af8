import { type Browser, expect, type Page } from '@playwright/test';
import { apiGet, apiPost, choose, fieldOf, type Named, openAs, registerPatient, test } from './clinic';
import { LOCALES, type Locale, wordsOf } from './words';

interface Appointment {
  id: string;
  status: string;
  starts_at: string;
  ends_at: string;
}

const first = async (page: Page, path: string) => {
  const [one] = (await apiGet<{ items: Named[] }>(page, path)).items;
  if (!one) throw new Error(`the demo has nothing under ${path}`);
  return one;
};

async function appointmentsOf(page: Page, patient: Named): Promise<Appointment[]> {
  return (await apiGet<{ items: Appointment[] }>(page, `/patients/${patient.id}/appointments`)).items;
}

/** What is called off or finished leaves the board to the next run. */
async function leave(page: Page, patient: Named): Promise<void> {
  for (const { id, status } of await appointmentsOf(page, patient)) {
    if (status === 'arrived') {
      await apiPost(page, `/appointments/${id}/status`, {
        status: 'cancelled',
        reason: 'test',
        follow_up: false,
      });
    }
    if (status === 'in_chair') await apiPost(page, `/appointments/${id}/status`, { status: 'completed' });
  }
}

const OTHERS = { ar: 'الانتظار', en: 'waiting' };

for (const locale of LOCALES) {
  const t = wordsOf(locale);
  const nameOf = (one: Named) => (locale === 'ar-EG' ? one.name_ar : one.name_en);
  const act = (name: string, one: Named) => t('reception:act.of', { act: t(name), patient: nameOf(one) });

  test.describe(locale, () => {
    const open = (browser: Browser, role: 'reception' | 'admin', as: Locale = locale) =>
      openAs(browser, as, role);

    test('who comes without an appointment gets a number, is called, seated and seen', async ({
      browser,
    }) => {
      const desk = await open(browser, 'reception');
      const other = await open(browser, 'admin');
      const patient = await registerPatient(desk);
      const branch = await first(desk, '/branches');
      const doctor = await first(desk, '/staff?role=doctor');
      const { url } = await apiPost<{ url: string }>(other, `/branches/${branch.id}/waiting-screen`, {});
      const stranger = await (await browser.newContext({ locale })).newPage();
      const chairs = (
        await apiGet<{ items: (Named & { branch_id: string })[] }>(desk, '/chairs?limit=100')
      ).items.filter(({ branch_id }) => branch_id === branch.id);
      try {
        await other.goto('/reception');
        await expect(other.locator('[data-column=waiting]')).toBeVisible();
        await stranger.goto(new URL(url).pathname);
        await expect(stranger.getByText(OTHERS.ar, { exact: false }).first()).toBeVisible();
        await expect(stranger.getByText(OTHERS.en, { exact: false }).first()).toBeVisible();

        await desk.goto('/reception');
        await desk.getByRole('button', { name: t('reception:walkIn'), exact: true }).click();
        const form = desk.getByRole('dialog');
        await fieldOf(form, t('scheduling:form.patient')).fill(nameOf(patient));
        await desk
          .getByRole('option', { name: nameOf(patient) })
          .first()
          .click();
        await choose(form, t('scheduling:form.doctor'), nameOf(doctor));
        await fieldOf(form, t('scheduling:form.reason')).fill('16');
        await form.getByRole('button', { name: t('reception:newWalkIn.submit'), exact: true }).click();
        const number = await form.getByRole('status').locator('b').innerText();
        expect(Number(number)).toBeGreaterThan(0);
        await form.getByRole('button', { name: t('reception:newWalkIn.close'), exact: true }).click();

        const card = (page: Page) => page.locator('li').filter({ hasText: nameOf(patient) });
        await expect(card(other)).toContainText(number, { timeout: 3_000 });
        await expect(card(other)).toContainText(t('reception:card.walkIn'));

        // Everybody before is called, so that it is this patient's turn.
        const next = desk.getByRole('button', { name: t('reception:callNext'), exact: true });
        const shown = stranger.locator('section[aria-live] b');
        await expect(async () => {
          if ((await shown.count()) === 0 || (await shown.innerText()) !== number) {
            if (await next.isEnabled()) await next.click();
          }
          await expect(shown).toHaveText(number, { timeout: 2_500 });
        }).toPass({ timeout: 90_000 });
        const said = await stranger.locator('body').innerText();
        for (const word of [...patient.name_ar.split(' '), ...patient.name_en.split(' '), patient.id]) {
          expect(said).not.toContain(word);
        }
        await expect(card(other)).toContainText(t('reception:card.called', { time: '' }).trim());

        // The chair is to be cleaned at this time: who sits down there all the same needs a reason.
        const chair = chairs.at(-1) ?? branch;
        const [walkIn] = await appointmentsOf(other, patient);
        const { items: blocks } = await apiPost<{ items: { id: string }[] }>(other, '/blocks', {
          chair_id: chair.id,
          kind: 'maintenance',
          starts_at: walkIn?.starts_at,
          ends_at: walkIn?.ends_at,
          despite_appointments: true,
        });
        await other.getByRole('button', { name: act('reception:act.seat', patient), exact: true }).click();
        const seat = other.getByRole('dialog');
        await choose(seat, t('reception:seat.chair'), nameOf(chair));
        await seat.getByRole('button', { name: t('reception:seat.submit'), exact: true }).click();
        const reason = fieldOf(seat, t('scheduling:form.overbookReason'));
        await reason.fill('16');
        await seat.getByRole('button', { name: t('reception:seat.anyway'), exact: true }).click();
        await expect(seat).toHaveCount(0);
        for (const { id } of blocks) await other.request.delete(`/api/v1/blocks/${id}`);
        const done = desk.getByRole('button', { name: act('reception:act.done', patient), exact: true });
        await done.click({ timeout: 5_000 });
        const checkOut = desk.getByRole('button', {
          name: act('reception:act.checkOut', patient),
          exact: true,
        });
        await expect(checkOut).toBeVisible();
        await expect(desk.locator('dl')).toContainText(t('reception:figures.average'));
        await expect(desk.locator('dl > div').nth(2).locator('dd')).toContainText(/\d/);
        await checkOut.click();
        await expect(checkOut).toHaveCount(0);
      } finally {
        await leave(other, patient);
        await other.request.delete(`/api/v1/branches/${branch.id}/waiting-screen`);
      }
      await expect(stranger.getByRole('alert')).toBeVisible({ timeout: 5_000 });
    });

    test('a walk-in who leaves is taken off the board, and an address that is none says so', async ({
      browser,
    }) => {
      const desk = await open(browser, 'reception');
      const patient = await registerPatient(desk);
      const branch = await first(desk, '/branches');
      const doctor = await first(desk, '/staff?role=doctor');
      const walkIn = { branch_id: branch.id, patient_id: patient.id, doctor_id: doctor.id };
      await apiPost(desk, '/walk-ins', walkIn);
      try {
        await desk.goto('/reception');
        const card = desk.locator('li').filter({ hasText: nameOf(patient) });
        await card
          .getByRole('button', { name: t('reception:card.more', { patient: nameOf(patient) }) })
          .click();
        await desk.getByRole('menuitem', { name: t('common:status.cancelled') }).click();
        const why = desk.getByRole('dialog');
        await fieldOf(why, t('scheduling:statusMenu.reason')).fill('16');
        await why.getByRole('button', { name: t('scheduling:statusMenu.cancelAppointment') }).click();
        await expect(card).toHaveCount(0);
      } finally {
        await leave(desk, patient);
      }
      const stranger = await (await browser.newContext({ locale })).newPage();
      await stranger.goto('/screen/no-such-token');
      for (const language of LOCALES) {
        await expect(stranger.getByRole('alert')).toContainText(wordsOf(language)('reception:tv.wrongTitle'));
      }
    });
  });
}
