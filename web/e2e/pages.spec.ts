import { expect, type Locator, type Page } from '@playwright/test';
import { openAs, test } from './clinic';
import { complaints, look, schemeOf, settled } from './looks';
import { findPlaces, type Places, shellPaths } from './places';
import { LOCALES, type Words, wordsOf } from './words';

// A trace keeps a copy of every page at every step: here that would take longer than the looking.
test.use({ trace: 'off' });

const OPENED = '[role="dialog"], [role="menu"]';
const NOBODY = '/patients/00000000-0000-7000-8000-000000000000';

interface Opening {
  name: string;
  /** What is clicked or pressed, one after the other. */
  steps: ((page: Page) => Promise<void>)[];
}

const press = (keys: string) => (page: Page) => page.keyboard.press(keys);
const click = (find: (page: Page) => Locator) => (page: Page) => find(page).first().click();

/** Everything that opens over a page, by the page it opens from. */
function openings(t: Words, places: Places): Record<string, Opening[]> {
  const button = (key: string) => click((page) => page.getByRole('button', { name: t(key), exact: true }));
  // The menu is still there for a moment: what counts is the dialog.
  const item = (key: string) => async (page: Page) => {
    await page.getByRole('menuitem', { name: t(key), exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  };
  const row = click((page) => page.locator('tbody tr').locator('button, a'));
  const { patient } = places;
  const card = (page: Page) => page.locator(`.book-card[data-id="${places.appointment}"]`);
  const statusMenu = (page: Page) => card(page).locator('[data-part=status]').click();
  const choice = (key: string) => (page: Page) =>
    page.getByRole('dialog').getByText(t(key), { exact: true }).click();
  const several = ['repeat', 'sittings', 'family'];
  const settings = {
    '/settings/profile': [
      { name: 'two-step sign-in', steps: [button('identity:totp.start')] },
      { name: 'sign out everywhere', steps: [button('identity:sessions.endAll')] },
    ],
    '/settings/branches': [
      { name: 'new branch', steps: [button('clinic:branches.add')] },
      { name: 'new chair', steps: [button('clinic:branches.addChair')] },
    ],
    '/settings/hours': [{ name: 'dated hours', steps: [button('clinic:closures.add')] }],
    '/settings/appointment-types': [
      { name: 'new appointment type', steps: [button('scheduling:types.add')] },
      { name: 'appointment type', steps: [row] },
    ],
    '/settings/reminders': [
      { name: 'new reminder', steps: [button('notifications:rules.add')] },
      { name: 'new gateway', steps: [button('notifications:providers.add')] },
      { name: 'words of a message', steps: [button('notifications:purpose.missed')] },
    ],
    '/settings/staff': [
      { name: 'invitation', steps: [button('identity:invite.button')] },
      { name: 'member of the staff', steps: [row] },
      { name: 'withdraw an invitation', steps: [button('identity:invite.withdraw')] },
    ],
    '/settings/roles': [{ name: 'new role', steps: [button('identity:roles.add')] }],
    '/settings/procedures': [
      { name: 'new procedure', steps: [button('clinic:procedures.add')] },
      { name: 'procedure', steps: [row] },
      { name: 'import', steps: [button('clinic:catalogue.import')] },
    ],
    '/settings/drugs': [
      { name: 'new medicine', steps: [button('clinic:drugs.add')] },
      { name: 'medicine', steps: [row] },
    ],
  };
  return {
    [`/?date=${places.day}`]: [
      { name: 'search', steps: [press('Control+k')] },
      { name: 'new', steps: [button('common:top.new')] },
      {
        name: 'account',
        steps: [click((page) => page.getByRole('button', { name: t('common:top.account', { name: '' }) }))],
      },
      { name: 'calendar', steps: [click((page) => page.getByTitle(t('scheduling:toolbar.chooseDate')))] },
      { name: 'layout', steps: [button('scheduling:toolbar.layout')] },
      { name: 'filter', steps: [button('scheduling:filter.title')] },
      { name: 'find a time', steps: [button('scheduling:openings.button')] },
      { name: 'keys', steps: [press('Shift+?')] },
      ...several.map((kind) => ({ name: kind, steps: [press('n'), choice(`scheduling:several.${kind}`)] })),
      { name: 'status menu', steps: [statusMenu] },
      { name: 'reason', steps: [statusMenu, item('common:status.cancelled')] },
    ],
    [`/?date=${places.day}&appointment=${places.appointment}`]: [{ name: 'appointment', steps: [] }],
    [`/?date=${places.day}&new=true&patient=${patient}`]: [{ name: 'new appointment', steps: [] }],
    '/reception': [
      // Where one types the name of a patient, the first Escape closes what hangs below the field.
      {
        name: 'walk-in',
        steps: [
          button('reception:walkIn'),
          (page) => page.getByRole('dialog').getByLabel(t('scheduling:form.reason')).focus(),
        ],
      },
      { name: 'screen of the waiting room', steps: [button('reception:screen.button')] },
    ],
    '/worklists?list=planned': [
      { name: 'note of a call', steps: [button('worklists:act.note')] },
      { name: 'waiting list', steps: [button('worklists:act.waitlist')] },
    ],
    '/patients?new=true': [{ name: 'registration', steps: [button('patients:form.more')] }],
    [`/patients/${patient}`]: [
      { name: 'edit patient', steps: [button('common:action.edit')] },
      { name: 'emergency contact', steps: [button('common:action.add')] },
    ],
    [`/patients/${patient}/history`]: [
      { name: 'new allergy', steps: [button('patients:history.allergies.add')] },
      { name: 'new condition', steps: [button('patients:history.conditions.add')] },
      { name: 'new medicine taken', steps: [button('patients:history.medications.add')] },
    ],
    [`/patients/${patient}/periodontal`]: [
      { name: 'close the exam', steps: [button('periodontal:close.button')] },
      { name: 'strike the exam', steps: [button('periodontal:strike.button')] },
    ],
    [`/patients/${patient}/invoices`]: [{ name: 'new invoice', steps: [button('patients:invoices.new')] }],
    [`/visits/${places.draftVisit}`]: [
      { name: 'sign', steps: [button('records:sign.button')] },
      { name: 'entered in error', steps: [button('common:action.more'), item('records:error.button')] },
    ],
    [`/invoices/${places.draftInvoice}`]: [{ name: 'issue', steps: [button('billing:issue.button')] }],
    [`/invoices/${places.openInvoice}`]: [
      { name: 'payment', steps: [button('billing:payment.button')] },
      { name: 'print', steps: [button('billing:print.button')] },
    ],
    [`/invoices/${places.paidInvoice}`]: [{ name: 'refund', steps: [button('billing:refund.button')] }],
    '/audit': [{ name: 'entry', steps: [row] }],
    ...settings,
  };
}

for (const locale of LOCALES) {
  const t = wordsOf(locale);

  test.describe(locale, () => {
    let page: Page;
    let places: Places;

    test.beforeAll(async ({ browser }) => {
      page = await openAs(browser, locale, 'admin', {
        reducedMotion: 'reduce',
        colorScheme: schemeOf(locale),
      });
      places = await findPlaces(page);
    });
    test.afterAll(() => page.context().close());

    test('the pages before signing in', async ({ browser }) => {
      const context = await browser.newContext({
        locale,
        reducedMotion: 'reduce',
        colorScheme: schemeOf(locale),
      });
      const stranger = await context.newPage();
      const heard = complaints(stranger, (url, status) => status === 404 && url.includes('/no-such-token'));
      for (const path of [
        '/sign-in',
        '/setup',
        places.invitation,
        '/invite/no-such-token',
        '/c/no-such-token',
        places.screen,
        '/screen/no-such-token',
        '/no/such/page',
      ]) {
        await stranger.goto(path);
        await look(stranger, locale, path);
        expect.soft(heard.take(), path).toEqual([]);
      }
      // It opens in the patient's language, until he chooses another one.
      await stranger.goto(places.confirmation);
      await stranger.getByText(locale === 'ar-EG' ? 'العربية' : 'English', { exact: true }).click();
      await expect(stranger.getByRole('button', { name: t('notifications:page.confirm') })).toBeVisible();
      await look(stranger, locale, 'confirmation');
      expect.soft(heard.take(), 'confirmation').toEqual([]);
      await context.close();
    });

    test('every page', async () => {
      const heard = complaints(page, (url, status) => status === 404 && url.includes(NOBODY));
      for (const path of [...shellPaths(places), NOBODY]) {
        await page.goto(path);
        await look(page, locale, path);
        expect.soft(heard.take(), path).toEqual([]);
      }
    });

    test('everything that opens over a page', async () => {
      const heard = complaints(page);
      for (const [path, opened] of Object.entries(openings(t, places))) {
        await page.goto(path);
        await settled(page);
        for (const { name, steps } of opened) {
          for (const step of steps) await step(page);
          const panel = page.locator(OPENED).filter({ visible: true });
          await expect(panel.first(), name).toBeVisible();
          await look(page, locale, name, OPENED);
          expect.soft(heard.take(), name).toEqual([]);
          await panel.first().press('Escape');
          await expect(panel, `${name} closes`).toHaveCount(0);
        }
      }
    });

    test('on a phone the menu opens from below, with everything in it', async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto('/');
      await page.getByRole('button', { name: t('common:nav.menu'), exact: true }).click();
      const menu = page.getByRole('dialog');
      await menu.getByRole('link', { name: t('common:nav.settings') }).click();
      await expect(page).toHaveURL(/settings/);
      await expect(menu).toHaveCount(0);
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    test('a failed load shows the error and a retry, and never looks empty', async () => {
      test.skip(
        locale !== 'ar-EG',
        'the words come from one place: one language shows that each page asks for them',
      );
      const problem = { status: 500, code: 'request.internal', title: '-', detail: '-', request_id: 'test' };
      const retry = page.getByRole('button', { name: t('common:action.retry'), exact: true });
      const isData = (url: URL) => /^\/api\/v1\/(?!session(\/info)?$|events$)/.test(url.pathname);
      for (const path of shellPaths(places)) {
        await page.route(isData, (route) =>
          route.fulfill({ status: 500, contentType: 'application/problem+json', json: problem }),
        );
        await page.goto(path);
        await settled(page);
        await expect.soft(retry.first(), path).toBeVisible();
        await expect.soft(page.getByText(t('errors:request.internal')).first(), path).toBeVisible();
        await page.unroute(isData);
        await expect(async () => {
          for (const one of await retry.all()) await one.click({ timeout: 1_000 });
          await expect(retry).toHaveCount(0, { timeout: 2_000 });
        }, `${path} comes back`).toPass({ timeout: 15_000 });
        await settled(page);
      }
    });
  });
}
