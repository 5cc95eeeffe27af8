import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { apiGet, choose, emptyDay, fieldOf, type Named, openAs, registerPatient, test } from './clinic';
import { LOCALES, type Words, wordsOf } from './words';

const DAY_MS = 86_400_000;
const WEEK = 7;

interface Appointment {
  id: string;
  local_date: string;
  local_start: string;
  version: number;
}

const later = (date: string, days: number) =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

async function doctorOf(page: Page): Promise<Named> {
  const [doctor] = (await apiGet<{ items: Named[] }>(page, '/staff?role=doctor')).items;
  if (!doctor) throw new Error('the demo has no doctor');
  return doctor;
}

const appointmentsOf = async (page: Page, patient: Named) =>
  (await apiGet<{ items: Appointment[] }>(page, `/patients/${patient.id}/appointments`)).items;

/** Takes a patient in the picker of a form by his name. */
async function pickPatient(form: Locator, t: Words, name: string): Promise<void> {
  await fieldOf(form, t('scheduling:form.patient')).fill(name);
  await form.page().getByRole('option', { name }).first().click();
}

const cardOf = (page: Page, id: string) => page.locator(`.book-card[data-id="${id}"]`);
const button = (scope: Page | Locator, name: string) => scope.getByRole('button', { name, exact: true });

for (const locale of LOCALES) {
  const t = wordsOf(locale);
  const nameOf = (one: Named) => (locale === 'ar-EG' ? one.name_ar : one.name_en);

  test.describe(locale, () => {
    const open = (browser: Browser) => openAs(browser, locale, 'reception');

    test('a time is found, kept before everybody, and booked', async ({ browser }) => {
      const desk = await open(browser);
      const other = await openAs(browser, locale, 'admin');
      const date = await emptyDay(desk);
      const patient = await registerPatient(desk);
      await other.goto(`/?date=${date}&by=doctor`);
      await expect(other.locator('.book')).toBeVisible();

      await desk.goto(`/?date=${date}`);
      await button(desk, t('scheduling:openings.button')).click();
      const panel = desk.getByRole('dialog');
      await fieldOf(panel, t('scheduling:openings.from')).fill(date.split('-').reverse().join('/'));
      await fieldOf(panel, t('scheduling:openings.from')).press('Enter');
      const slots = panel.getByRole('region', { name: t('scheduling:openings.results') });
      await expect(slots.getByRole('heading').first()).toContainText(String(Number(date.slice(8))));
      await slots.getByRole('button').first().click();

      const form = desk.getByRole('dialog');
      await expect(form.getByRole('timer')).toContainText(t('scheduling:openings.keptFor'));
      await expect(other.locator('.book-hold')).toBeVisible();
      await pickPatient(form, t, nameOf(patient));
      await button(form, t('scheduling:form.book')).click();
      await expect(form).toHaveCount(0);
      await expect(other.locator('.book-hold')).toHaveCount(0);
      await expect(other.getByRole('button', { name: nameOf(patient) })).toBeVisible();
      expect(await appointmentsOf(desk, patient)).toHaveLength(1);
    });

    test('what is typed before the search or the form has come goes into its field', async ({ browser }) => {
      const desk = await open(browser);
      const late = async (file: string) =>
        desk.route(new RegExp(file), async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 1500));
          await route.continue();
        });
      await late('GlobalSearch');
      await late('NewAppointmentDrawer');
      await desk.goto('/');
      await expect(desk.locator('.book')).toBeVisible();
      await desk.keyboard.press('Control+k');
      await desk.keyboard.type('nadia', { delay: 40 });
      await expect(desk.getByPlaceholder(t('common:search.placeholder'))).toHaveValue('nadia');
      await desk.keyboard.press('Escape');
      await expect(desk.getByRole('dialog')).toHaveCount(0);
      expect(new URL(desk.url()).search).toBe('');

      await desk.goto('/?new=true');
      await expect(desk.getByRole('button', { name: t('scheduling:toolbar.today') }).first()).toBeVisible();
      await desk.keyboard.type('wad', { delay: 40 });
      await expect(fieldOf(desk.getByRole('dialog'), t('scheduling:form.patient'))).toHaveValue('wad');
      expect(new URL(desk.url()).search).toBe('?new=true');
    });

    test('a form is filled by typing alone: what was typed is taken by Tab and by Enter', async ({
      browser,
    }) => {
      const desk = await open(browser);
      const [patient, doctor, date] = [
        await registerPatient(desk),
        await doctorOf(desk),
        await emptyDay(desk),
      ];
      await desk.goto(`/?date=${date}&new=true`);
      const form = desk.getByRole('dialog');
      const field = (label: string) => fieldOf(form, t(`scheduling:form.${label}`));
      await expect(field('patient')).toBeFocused();
      await desk.keyboard.type(nameOf(patient).slice(0, -2));
      await desk.keyboard.press('Enter');
      await expect(field('patient')).toHaveValue(nameOf(patient));
      await expect(form.getByText(t('scheduling:form.chooseDoctor'))).toHaveCount(0);

      await field('doctor').focus();
      await desk.keyboard.type(nameOf(doctor));
      await desk.keyboard.press('Tab');
      await expect(field('doctor')).toHaveValue(nameOf(doctor));

      await field('start').click();
      // Nobody is booked at midnight: the list begins where the clinic does.
      const times = desk.getByRole('option', { name: /:/ }).filter({ visible: true });
      await expect(times.filter({ hasText: /^(0?[6-9]|10|11):00/ }).first()).toBeVisible();
      await expect(times.first()).not.toBeInViewport();
      await desk.keyboard.type('10:30');
      await desk.keyboard.press('Enter');
      await expect(field('start')).toHaveValue(/^10:30/);
      await expect(form).toBeVisible();
      await field('start').fill('1115');
      await desk.keyboard.press('Tab');
      await expect(field('start')).toHaveValue(/^11:15/);
      await field('minutes').press('Enter');
      await expect(form).toHaveCount(0);
      expect((await appointmentsOf(desk, patient))[0]).toMatchObject({
        local_date: date,
        local_start: '11:15',
      });
    });

    test('day, week, month and list by their keys, and a filter that stays in the address', async ({
      browser,
    }) => {
      const page = await open(browser);
      await page.goto('/');
      await expect(page.locator('.book')).toBeVisible();
      const shown = (view: string) =>
        expect(page.getByRole('radio', { name: t(`scheduling:toolbar.views.${view}`) })).toBeChecked();

      await page.keyboard.press('m');
      await shown('month');
      const aDay = page.locator('button[data-day]').nth(10);
      const day = await aDay.getAttribute('data-day');
      await aDay.click();
      await shown('day');
      await expect(page).toHaveURL(new RegExp(`date=${day}`));
      await page.keyboard.press('w');
      await shown('week');
      await expect(page.locator('[data-column]')).toHaveCount(WEEK);
      await page.keyboard.press('a');
      await shown('agenda');
      await page.keyboard.press('t');
      await expect(page).not.toHaveURL(/date=/);
      await expect(page.getByRole('table')).toBeVisible();

      const rows = page.getByRole('table').locator('tbody tr');
      const confirmed = rows.and(page.locator('[data-status="confirmed"]'));
      const before = await rows.count();
      await button(page, t('scheduling:filter.title')).click();
      await page.getByRole('dialog').getByText(t('common:status.confirmed'), { exact: true }).click();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(page).toHaveURL(/statuses=confirmed/);
      await expect.poll(async () => (await rows.count()) - (await confirmed.count())).toBe(0);
      expect(await rows.count()).toBeLessThan(before);

      await page.keyboard.press('d');
      await shown('day');
      await page.keyboard.press('?');
      const sheet = page.getByRole('dialog', { name: t('scheduling:toolbar.shortcuts') });
      await expect(sheet.getByText(t('scheduling:shortcuts.month'), { exact: true })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(sheet).toHaveCount(0);
      await page.keyboard.press('n');
      await expect(page.getByRole('dialog', { name: t('scheduling:form.title') })).toBeVisible();
    });

    test('who cancels is on the list until booked again', async ({ browser }) => {
      const page = await open(browser);
      const date = await emptyDay(page);
      const patient = await registerPatient(page);
      const doctor = await doctorOf(page);
      const book = async (start: RegExp) => {
        const form = page.getByRole('dialog');
        await choose(form, t('scheduling:form.doctor'), nameOf(doctor));
        await choose(form, t('scheduling:form.start'), start);
        await button(form, t('scheduling:form.book')).click();
        await expect(form).toHaveCount(0);
      };
      await page.goto(`/?date=${date}&by=doctor&new=true&patient=${patient.id}`);
      await book(/^11:30/);
      const [booked] = await appointmentsOf(page, patient);
      await cardOf(page, booked?.id ?? '').click({ button: 'right' });
      await page.getByRole('menuitem', { name: t('common:status.cancelled') }).click();
      const why = page.getByRole('dialog');
      await fieldOf(why, t('scheduling:statusMenu.reason')).fill('16');
      await button(why, t('scheduling:statusMenu.cancelAppointment')).click();
      await expect(cardOf(page, booked?.id ?? '')).toHaveCount(0);

      await page.getByRole('link', { name: t('common:nav.worklists') }).click();
      await page.getByRole('tab', { name: t('worklists:list.unscheduled') }).click();
      const row = page.getByRole('row').filter({ hasText: nameOf(patient) });
      await expect(row).toContainText(t('worklists:never'));
      await button(row, t('worklists:act.note')).click();
      const note = page.getByRole('dialog');
      await choose(note, t('worklists:contact.outcome'), t('worklists:outcome.no_answer'));
      await button(note, t('worklists:contact.save')).click();
      await expect(row).toContainText(t('worklists:outcome.no_answer'));

      await row.getByRole('link', { name: t('worklists:act.book') }).click();
      await expect(fieldOf(page.getByRole('dialog'), t('scheduling:form.patient'))).toHaveValue(
        nameOf(patient),
      );
      await fieldOf(page.getByRole('dialog'), t('scheduling:form.date')).fill(
        date.split('-').reverse().join('/'),
      );
      await book(/^12:30/);
      await page.goto('/worklists?list=unscheduled');
      await expect(page.getByRole('tab', { name: t('worklists:list.unscheduled') })).toBeVisible();
      await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
      await expect(row).toHaveCount(0);
    });

    test('what repeats is booked at once, and one of it is moved alone', async ({ browser }) => {
      const page = await open(browser);
      const date = await emptyDay(page);
      const patient = await registerPatient(page);
      const doctor = await doctorOf(page);
      await page.goto(`/?date=${date}&by=doctor&new=true&patient=${patient.id}`);
      const form = page.getByRole('dialog');
      await choose(form, t('scheduling:form.doctor'), nameOf(doctor));
      await choose(form, t('scheduling:form.start'), /^11:30/);
      await form.getByText(t('scheduling:several.repeat'), { exact: true }).click();
      await fieldOf(form, t('scheduling:several.count')).fill('3');
      await form.getByText(t('scheduling:several.skip')).click();
      await button(form, t('scheduling:form.book')).click();
      await expect(form).toHaveCount(0);
      const weekly = [date, later(date, WEEK), later(date, 2 * WEEK)];
      const when = async () =>
        (await appointmentsOf(page, patient)).map((one) => `${one.local_date} ${one.local_start}`).sort();
      await expect.poll(when).toEqual(weekly.map((day) => `${day} 11:30`));

      const second = (await appointmentsOf(page, patient)).find((one) => one.local_date === weekly[1]);
      await page.goto(`/?date=${weekly[1]}&by=doctor`);
      await cardOf(page, second?.id ?? '').focus();
      await page.keyboard.down('Alt');
      for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.up('Alt');
      await expect(page.getByText(t('common:action.undo')).first()).toBeVisible();
      await expect.poll(async () => (await when())[1]).not.toBe(`${weekly[1]} 11:30`);
      const moved = await when();
      expect([moved[0], moved[2]]).toEqual([`${weekly[0]} 11:30`, `${weekly[2]} 11:30`]);
    });

    test('a holiday entered in the settings closes the day in the book', async ({ browser }) => {
      const admin = await openAs(browser, locale, 'admin');
      const date = await emptyDay(admin);
      const [branch] = (await apiGet<{ items: Named[] }>(admin, '/branches')).items;
      const day = date.split('-').reverse().join('/');
      await admin.goto('/settings/hours');
      await button(admin, t('clinic:closures.add')).click();
      const dialog = admin.getByRole('dialog');
      await fieldOf(dialog, t('clinic:clinic.nameAr')).fill('عيد الربيع');
      await fieldOf(dialog, t('clinic:clinic.nameEn')).fill('Spring feast');
      for (const field of ['clinic:closures.first', 'clinic:closures.last']) {
        await fieldOf(dialog, t(field)).fill(day);
        await fieldOf(dialog, t(field)).blur();
      }
      await button(dialog, t('common:action.save')).click();
      await expect(dialog).toHaveCount(0);

      try {
        const feast = locale === 'ar-EG' ? 'عيد الربيع' : 'Spring feast';
        await expect(admin.getByRole('row').filter({ hasText: feast }).first()).toBeVisible();
        await admin.goto(`/?date=${date}&branch=${branch?.id}`);
        await expect(admin.locator('.book-reason').first()).toContainText(feast);
      } finally {
        // Nothing of the day is left for others: the next run must find a working day again.
        const { items } = await apiGet<{ items: (Named & { starts_on: string })[] }>(
          admin,
          `/closures?from=${date}&branch_id=${branch?.id}`,
        );
        for (const closure of items.filter(({ starts_on }) => starts_on === date)) {
          await admin.request.delete(`/api/v1/closures/${closure.id}`);
        }
      }
    });
  });
}
