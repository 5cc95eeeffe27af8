import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import {
  apiGet,
  apiPost,
  choose,
  emptyDay,
  fieldOf,
  type Named,
  openAs,
  type Role,
  registerPatient,
  test,
} from './clinic';
import { look, schemeOf } from './looks';
import { LOCALES, wordsOf } from './words';

const OPENED = '[role="dialog"]';
const WEEK_MS = 7 * 86_400_000;

interface Appointment {
  id: string;
  status: string;
  local_date: string;
  local_start: string;
}

interface FreeSlot {
  starts_at: string;
  ends_at: string;
  doctor_id: string;
  chair_id: string;
}

interface Book {
  date: string;
  doctor: Named;
  chair: Named;
}

const button = (scope: Page | Locator, name: string) => scope.getByRole('button', { name, exact: true });
const later = (date: string, weeks: number) =>
  new Date(Date.parse(date) + weeks * WEEK_MS).toISOString().slice(0, 10);
const typedDay = (date: string) => date.split('-').reverse().join('/');

const appointmentsOf = async (page: Page, patient: Named) =>
  (await apiGet<{ items: Appointment[] }>(page, `/patients/${patient.id}/appointments`)).items;

/** A day on which nobody is booked, and a doctor and a chair of it. */
async function emptyBook(page: Page): Promise<Book> {
  const date = await emptyDay(page);
  const [doctor] = (await apiGet<{ items: Named[] }>(page, '/staff?role=doctor')).items;
  const [chair] = (await apiGet<{ items: Named[] }>(page, '/chairs')).items;
  if (!doctor || !chair) throw new Error('the demo has no doctor or no chair');
  return { date, doctor, chair };
}

interface Wanted {
  patient: Named;
  date?: string;
  from: string;
  to: string;
  more?: Record<string, unknown>;
}

const book = (page: Page, { date, doctor, chair }: Book, { patient, from, to, ...wanted }: Wanted) => {
  const day = wanted.date ?? date;
  return apiPost<Appointment>(page, '/appointments', {
    patient_id: patient.id,
    doctor_id: doctor.id,
    chair_id: chair.id,
    starts_at: `${day}T${from}`,
    ends_at: `${day}T${to}`,
    ...wanted.more,
  });
};

/** The next run finds the time free again. */
async function callOff(page: Page, patients: Named[]): Promise<void> {
  for (const patient of patients) {
    for (const { id, status } of await appointmentsOf(page, patient)) {
      if (status !== 'scheduled') continue;
      const cancelled = { status: 'cancelled', reason: 'test', follow_up: false };
      await apiPost(page, `/appointments/${id}/status`, cancelled);
    }
  }
}

async function giveBack(page: Page, date: string): Promise<void> {
  for (const week of [0, 1, 2]) {
    const { items } = await apiGet<{ items: { id: string; title: string }[] }>(
      page,
      `/blocks?from=${later(date, week)}`,
    );
    for (const { id, title } of items) {
      if (title.startsWith('test ')) await page.request.delete(`/api/v1/blocks/${id}`);
    }
  }
}

for (const locale of LOCALES) {
  const t = wordsOf(locale);
  const nameOf = (one: Named) => (locale === 'ar-EG' ? one.name_ar : one.name_en);

  /** A time as the reader's language writes it. */
  const clock = (arabic: RegExp, english: RegExp) => (locale === 'ar-EG' ? arabic : english);

  test.describe(locale, () => {
    const open = (browser: Browser, role: Role) =>
      openAs(browser, locale, role, { reducedMotion: 'reduce', colorScheme: schemeOf(locale) });

    test('time is blocked where it was clicked, over appointments when it is meant, and given back', async ({
      browser,
    }) => {
      const desk = await open(browser, 'reception');
      const other = await open(browser, 'admin');
      const day = await emptyBook(desk);
      const patient = await registerPatient(desk);
      const note = `test ${patient.name_en}`;
      const blocks = (page: Page) => page.locator('.book-block').filter({ hasText: note });
      try {
        await book(desk, day, { patient, from: '12:00', to: '12:30' });
        await other.goto(`/?date=${later(day.date, 1)}`);
        await expect(other.locator('.book')).toBeVisible();

        await desk.goto(`/?date=${day.date}`);
        const column = desk.locator(`[data-column="${day.chair.id}"]`);
        await expect(column).toBeVisible({ timeout: 60_000 });
        await column.scrollIntoViewIfNeeded();
        const card = await column.locator('.book-card').boundingBox();
        if (!card) throw new Error('the appointment is not in the book');
        await desk.mouse.click(card.x + card.width / 2, card.y + card.height * 2.5);
        await button(desk.getByRole('dialog'), t('scheduling:blocks.thisTime')).click();
        const form = desk.getByRole('dialog');
        await expect(fieldOf(form, t('scheduling:blocks.place'))).toHaveValue(new RegExp(nameOf(day.chair)));
        await choose(form, t('scheduling:blocks.kind'), t('scheduling:block.meeting'));
        await choose(form, t('scheduling:blocks.from'), clock(/^12:00 م$/, /^12:00$/));
        await choose(form, t('scheduling:blocks.to'), clock(/^1:00 م$/, /^13:00$/));
        await fieldOf(form, t('scheduling:blocks.note')).fill(note);
        await form.getByLabel(t('scheduling:blocks.weekly')).check();
        const until = fieldOf(form, t('scheduling:blocks.until'));
        await until.fill(typedDay(later(day.date, 2)));
        await until.press('Tab');
        await look(desk, locale, 'new block', OPENED);
        const submit = button(form, t('scheduling:blocks.submit'));
        await submit.click();
        // An appointment stands there: it is named, and the time is blocked only when that is meant.
        await expect(form.getByRole('alert')).toContainText(nameOf(patient));
        await look(desk, locale, 'block over an appointment', OPENED);
        await form.getByLabel(t('scheduling:blocks.despite')).check();
        await submit.click();
        await expect(form).toHaveCount(0);
        await expect(blocks(desk)).toHaveCount(1);
        // In the week after it the series is seen without a reload.
        await expect(blocks(other)).toHaveCount(1);

        // One is changed, and its siblings stay.
        await blocks(other).click();
        const edit = other.getByRole('dialog');
        await expect(edit).toContainText(t('scheduling:blocks.onlyThisOne'));
        await fieldOf(edit, t('scheduling:blocks.note')).fill(`${note} 2`);
        await look(other, locale, 'block', OPENED);
        await button(edit, t('common:action.save')).click();
        await expect(edit).toHaveCount(0);
        await expect(blocks(other)).toHaveText(`${note} 2`);
        await expect(blocks(desk)).toHaveText(note);

        // By keyboard: the first one and all that follow are given back.
        await blocks(desk).focus();
        await desk.keyboard.press('Enter');
        await button(desk.getByRole('dialog'), t('scheduling:blocks.removeFollowing')).click();
        const sure = desk.getByRole('dialog', { name: t('scheduling:blocks.removeFollowing') });
        await expect(sure).toBeVisible();
        await look(desk, locale, 'removing a series', OPENED);
        await button(sure, t('scheduling:blocks.removeFollowing')).click();
        await expect(blocks(desk)).toHaveCount(0);
        await expect(blocks(other)).toHaveCount(0);
        await expect(desk.getByRole('dialog')).toHaveCount(0);
        await desk.keyboard.press('b');
        await expect(desk.getByRole('dialog')).toContainText(t('scheduling:blocks.new'));
      } finally {
        await giveBack(other, day.date);
        await callOff(other, [patient]);
      }
    });

    test('who may not change a block is told what it is', async ({ browser }) => {
      const desk = await open(browser, 'reception');
      const day = await emptyBook(desk);
      const { items } = await apiPost<{ items: { id: string }[] }>(desk, '/blocks', {
        chair_id: day.chair.id,
        kind: 'maintenance',
        title: 'test compressor',
        starts_at: `${day.date}T10:00`,
        ends_at: `${day.date}T11:00`,
      });
      try {
        // A doctor changes his own time only.
        const page = await open(browser, 'doctor');
        await page.goto(`/?date=${day.date}`);
        await page.locator('.book-block').filter({ hasText: 'test compressor' }).click();
        const facts = page.getByRole('dialog');
        await expect(facts).toContainText(t('scheduling:block.maintenance'));
        await expect(facts.getByRole('textbox')).toHaveCount(0);
      } finally {
        for (const { id } of items) await desk.request.delete(`/api/v1/blocks/${id}`);
      }
    });

    test('a freed slot is offered in order, and what came of it is remembered', async ({ browser }) => {
      const desk = await open(browser, 'reception');
      const other = await open(browser, 'admin');
      const day = await emptyBook(desk);
      const [gone, sooner, listed] = [
        await registerPatient(desk),
        await registerPatient(desk),
        await registerPatient(desk),
      ];
      try {
        const freed = await book(desk, day, { patient: gone, from: '10:00', to: '10:30' });
        await book(desk, day, {
          patient: sooner,
          date: later(day.date, 1),
          from: '10:00',
          to: '10:30',
          more: { asap: true },
        });
        await apiPost(desk, '/waitlist', { patient_id: listed.id, doctor_id: day.doctor.id, minutes: 20 });

        await desk.goto(`/?date=${day.date}&appointment=${freed.id}`);
        await button(desk.getByRole('dialog'), t('scheduling:appointment.statusButton')).click();
        await desk.getByRole('menuitem', { name: t('common:status.cancelled') }).click();
        const why = desk.getByRole('dialog').last();
        await fieldOf(why, t('scheduling:statusMenu.reason')).fill('test');
        await button(why, t('scheduling:statusMenu.cancelAppointment')).click();
        await expect(why.getByLabel(t('scheduling:statusMenu.reason'))).toHaveCount(0);
        await button(desk.getByRole('dialog'), t('scheduling:offer.button')).click();

        await other.goto(`/?date=${day.date}&appointment=${freed.id}`);
        await button(other.getByRole('dialog'), t('scheduling:offer.button')).click();
        const panel = (page: Page) =>
          page.getByRole('dialog').filter({ hasText: t('worklists:offers.title') });
        const row = (page: Page, patient: Named) =>
          panel(page)
            .locator('li')
            .filter({ hasText: nameOf(patient) });
        const answer = (word: string) => t(`worklists:offers.answer.${word}`);
        await expect(
          row(desk, sooner).getByRole('link', { name: t('worklists:act.whatsapp') }),
        ).toHaveAttribute('href', /^https:\/\/wa\.me\/2010\d{8}\?text=/);
        await look(desk, locale, 'who waits for a slot', OPENED);

        await button(row(desk, sooner), t('worklists:offers.offer')).click();
        await expect(row(desk, sooner)).toContainText(answer('pending'));
        await expect(row(other, sooner)).toContainText(answer('pending'), { timeout: 5_000 });
        await button(row(other, sooner), t('worklists:offers.decline')).click();
        await expect(row(desk, sooner)).toContainText(answer('declined'), { timeout: 5_000 });
        await expect(button(row(desk, sooner), t('worklists:offers.offer'))).toHaveCount(0);

        await button(row(desk, listed), t('worklists:offers.offer')).click();
        await look(desk, locale, 'an offer that waits for its answer', OPENED);
        await button(row(desk, listed), t('worklists:offers.accept')).click();
        await expect(panel(desk)).toHaveCount(0);
        const [booked] = await appointmentsOf(desk, listed);
        expect(booked).toMatchObject({ local_date: day.date, status: 'scheduled' });
        expect(booked?.local_start).toMatch(/^10:00/);
        // No longer one of those who wait, and remembered all the same.
        await expect(row(other, listed)).toContainText(answer('accepted'), { timeout: 5_000 });
        await expect(row(other, listed).getByRole('button')).toHaveCount(0);
      } finally {
        await callOff(other, [gone, sooner, listed]);
      }
    });

    test('a slot that was freed for the next days is offered from the list of those who would come sooner', async ({
      browser,
    }) => {
      const desk = await open(browser, 'reception');
      const patient = await registerPatient(desk);
      const { expires_at } = await apiGet<{ expires_at: string }>(desk, '/session');
      const tomorrow = new Date(Date.parse(expires_at.slice(0, 10)) + WEEK_MS / 7).toISOString().slice(0, 10);
      const { items } = await apiGet<{ items: FreeSlot[] }>(desk, `/openings?minutes=15&from=${tomorrow}`);
      const [free] = items;
      if (!free) throw new Error('the demo has no free time');
      const { starts_at, ends_at, doctor_id, chair_id } = free;
      const place = { patient_id: patient.id, starts_at, ends_at, doctor_id, chair_id };
      await apiPost(desk, '/appointments', place);
      await callOff(desk, [patient]);
      await desk.goto('/worklists?list=asap');
      const freed = desk.locator('section').filter({
        has: desk.getByRole('heading', { name: t('worklists:freed.title') }),
      });
      await freed.getByRole('button').first().click();
      await expect(desk.getByRole('dialog', { name: t('worklists:offers.title') })).toBeVisible();
      await desk.keyboard.press('Escape');
      await look(desk, locale, 'freed slots');
    });

    test('a recall is set up, set for a patient by hand, stopped and taken up again', async ({ browser }) => {
      const admin = await open(browser, 'admin');
      const desk = await open(browser, 'reception');
      const patient = await registerPatient(desk);
      const kind = { name_ar: `متابعة ${patient.name_ar}`, name_en: `Review ${patient.name_en}`, id: '' };
      await admin.goto('/settings/recalls');
      await button(admin, t('recalls:add')).click();
      const form = admin.getByRole('dialog');
      await button(form, t('common:action.save')).click();
      await expect(form).toContainText(t('recalls:oneName'));
      await fieldOf(form, t('recalls:nameAr')).fill(kind.name_ar);
      await fieldOf(form, t('recalls:nameEn')).fill(kind.name_en);
      await fieldOf(form, t('recalls:intervalMonths')).fill('9');
      await look(admin, locale, 'new recall', OPENED);
      await button(form, t('common:action.save')).click();
      await expect(form).toHaveCount(0);
      const line = admin.locator('tbody tr').filter({ hasText: nameOf(kind) });
      await expect(line).toContainText('9');
      await look(admin, locale, 'recalls');

      await desk.goto('/settings/recalls');
      await expect(desk.locator('tbody tr').filter({ hasText: nameOf(kind) })).toBeVisible();
      await expect(button(desk, t('recalls:add'))).toHaveCount(0);

      await desk.goto(`/patients/${patient.id}`);
      const card = desk
        .locator('section')
        .filter({ has: desk.getByRole('heading', { name: t('recalls:patient.title') }) });
      const recall = card.locator('li').filter({ hasText: nameOf(kind) });
      const of = (act: string) => t(`recalls:patient.${act}Of`, { name: nameOf(kind) });
      await expect(recall).toContainText(t('recalls:state.never'));
      await button(recall, of('change')).click();
      const change = desk.getByRole('dialog');
      const date = fieldOf(change, t('recalls:patient.setField'));
      const { expires_at } = await apiGet<{ expires_at: string }>(desk, '/session');
      await date.fill(typedDay(later(expires_at.slice(0, 10), 30)));
      await date.press('Tab');
      await fieldOf(change, t('recalls:patient.intervalField')).fill('4');
      await fieldOf(change, t('recalls:patient.note')).fill('test');
      await look(desk, locale, 'a patient’s recall', OPENED);
      await button(change, t('common:action.save')).click();
      await expect(change).toHaveCount(0);
      await expect(recall).toContainText(t('recalls:state.later'));
      await expect(recall).toContainText(t('recalls:patient.ownInterval'));

      await button(recall, of('stop')).click();
      const stop = desk.getByRole('dialog');
      await button(stop, t('recalls:patient.stop')).click();
      await expect(stop).toContainText(t('common:field.required'));
      await fieldOf(stop, t('recalls:patient.reason')).fill('test stop');
      await button(stop, t('recalls:patient.stop')).click();
      await expect(stop).toHaveCount(0);
      await expect(recall).toContainText(t('recalls:state.stopped'));
      await expect(recall).toContainText('test stop');
      await button(recall, of('resume')).click();
      await expect(recall).toContainText(t('recalls:state.later'));
      await look(desk, locale, 'recalls of a patient');

      await button(line, nameOf(kind)).click();
      await form.getByRole('switch', { name: t('recalls:active') }).uncheck();
      await button(form, t('common:action.save')).click();
      await expect(line).toContainText(t('common:status.inactive'));
    });

    test('what was booked over something else is listed with its reason', async ({ browser }) => {
      const page = await open(browser, 'admin');
      const day = await emptyBook(page);
      const patients = [await registerPatient(page), await registerPatient(page)] as const;
      const reason = `test ${patients[1].name_en}`;
      const wanted = { from: '10:00', to: '10:30' };
      try {
        await book(page, day, { ...wanted, patient: patients[0] });
        await book(page, day, { ...wanted, patient: patients[1], more: { overbook_reason: reason } });
        await page.goto('/worklists');
        await page.getByRole('link', { name: t('worklists:overbooked') }).click();
        const row = page.locator('tbody tr').filter({ hasText: reason });
        await page.goto(`/reports/overbooked?from=${day.date}`);
        await expect(row).toContainText(nameOf(patients[1]));
        await look(page, locale, 'overbooked appointments');
        await page.goto(`/reports/overbooked?from=2020-01-01&to=2020-01-31`);
        await expect(page.getByRole('heading', { name: t('scheduling:overbooked.empty') })).toBeVisible();
        await look(page, locale, 'no overbooked appointments');
        await button(page, t('common:action.clear')).last().click();
        await expect(page).not.toHaveURL(/from=/);
        await page.goto(`/reports/overbooked?from=${day.date}`);
        await row.getByRole('link').click();
        await expect(page.getByRole('dialog')).toContainText(reason);
      } finally {
        await callOff(page, [...patients]);
      }
    });
  });
}
