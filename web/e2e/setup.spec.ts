import { createHmac } from 'node:crypto';
import { type Browser, expect, type Page } from '@playwright/test';
import { fieldOf, test } from './clinic';
import { complaints, look, schemeOf } from './looks';
import { newFolder, removeFolder, Server } from './server';
import { LOCALES, type Locale, type Words, wordsOf } from './words';

const PASSWORD = { admin: 'quiet rivers carry boats', colleague: 'slow trains cross the delta' };

const NAMES = {
  'en-GB': {
    clinic: 'Nile Dental',
    branch: 'Dokki',
    chair: 'Window',
    admin: 'Mona Adel',
    colleague: 'Nada Hassan',
  },
  'ar-EG': {
    clinic: 'عيادة النيل',
    branch: 'الدقي',
    chair: 'النافذة',
    admin: 'منى عادل',
    colleague: 'ندى حسن',
  },
};

/** The code an authenticator app shows, some steps of 30 s from now (RFC 6238). */
function totp(secret: string, steps: number): string {
  const bits = [...secret.replace(/\s/g, '')].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes =
    bits
      .join('')
      .match(/.{8}/g)
      ?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function visitor(browser: Browser, locale: Locale, server: Server): Promise<Page> {
  const context = await browser.newContext({
    locale,
    baseURL: server.url,
    reducedMotion: 'reduce',
    colorScheme: schemeOf(locale),
  });
  return await context.newPage();
}

class Wizard {
  constructor(
    readonly page: Page,
    private readonly locale: Locale,
    private readonly t: Words,
  ) {}

  async next() {
    await this.page.getByRole('button', { name: this.t('identity:setup.next'), exact: true }).click();
  }

  async finish() {
    await this.page.getByRole('button', { name: this.t('identity:setup.finish'), exact: true }).click();
  }

  private name(field: string) {
    return fieldOf(this.page, this.t(`identity:${field}${this.locale === 'ar-EG' ? 'Ar' : 'En'}`));
  }

  async code(code: string) {
    await fieldOf(this.page, this.t('identity:setup.code')).fill(code);
    await this.next();
  }

  async clinicAndPlaces(seen: (step: string) => Promise<void> = async () => {}) {
    const words = NAMES[this.locale];
    await this.name('setup.clinic').fill(words.clinic);
    await seen('clinic');
    await this.next();
    await this.name('setup.branch').fill(words.branch);
    await fieldOf(this.page, this.t('identity:setup.chairs')).fill('3');
    const key = this.locale === 'ar-EG' ? 'identity:setup.chairAr' : 'identity:setup.chairEn';
    await fieldOf(this.page, this.t(key, { number: '3' })).fill(words.chair);
    await seen('places');
    await this.next();
  }

  async admin(password: string) {
    await this.name('profile.name').fill(NAMES[this.locale].admin);
    await fieldOf(this.page, this.t('identity:setup.email')).fill('mona@nile.example');
    await fieldOf(this.page, this.t('identity:signIn.password')).fill(password);
  }
}

for (const locale of LOCALES) {
  const t = wordsOf(locale);
  const words = NAMES[locale];

  test(`${locale}: an empty installation becomes a clinic, and a colleague joins it`, async ({ browser }) => {
    const data = newFolder();
    const server = await Server.start({ data });
    try {
      const page = await visitor(browser, locale, server);
      const heard = complaints(page, (url, status) => url.endsWith('/setup') && status === 403);
      const late = new Wizard(await visitor(browser, locale, server), locale, t);

      await test.step('every address leads to the set-up, and nobody gets in without the code', async () => {
        await page.goto('/');
        await expect(page).toHaveURL(/\/setup$/);
        await look(page, locale, 'set-up, code');
        const strange = await page.request.post('/api/v1/session', {
          data: { email: 'mona@nile.example', password: PASSWORD.admin },
        });
        expect(strange.status()).toBe(401);
      });

      const wizard = new Wizard(page, locale, t);
      await test.step('a wrong code and a weak password are refused where they stand', async () => {
        await wizard.code('aaaa-bbbb-cccc-dddd');
        await wizard.clinicAndPlaces((step) => look(page, locale, `set-up, ${step}`));
        await wizard.admin('short');
        await look(page, locale, 'set-up, administrator');
        await wizard.finish();
        await expect(page.getByText(t('errors:identity.setup_code_wrong'))).toBeVisible();
        await fieldOf(page, t('identity:setup.code')).fill(server.setupCode);
        for (let step = 0; step < 3; step += 1) await wizard.next();
        await wizard.finish();
        await expect(page.getByText(t('errors:identity.password_too_short'))).toBeVisible();
        heard.take();
      });

      await test.step('the code makes clinic, branch, chairs and administrator, who is signed in', async () => {
        await late.page.goto('/setup');
        await late.code(server.setupCode);
        await late.clinicAndPlaces();
        await late.admin(PASSWORD.admin);

        await fieldOf(page, t('identity:signIn.password')).fill(PASSWORD.admin);
        await wizard.finish();
        await expect(page.getByRole('navigation', { name: t('common:nav.label') })).toBeVisible();
        await expect(page.locator('[data-column]')).toHaveCount(3);
        await expect(page.getByText(words.chair)).toBeVisible();
        await page.goto('/settings/branches');
        await expect(page.getByRole('heading', { name: words.branch })).toBeVisible();
        await page.goto('/settings/procedures');
        await expect(page.locator('tbody tr').nth(20)).toBeVisible();
        expect(heard.take()).toEqual([]);
      });

      await test.step('a second set-up is refused, also to who was on the page already', async () => {
        await late.finish();
        await expect(late.page.getByText(t('errors:identity.already_set_up'))).toBeVisible();
        await late.page.goto('/setup');
        await expect(late.page.getByText(t('identity:setup.doneTitle'))).toBeVisible();
        await late.page.goto('/');
        await expect(late.page).toHaveURL(/\/sign-in/);
      });

      let link = '';
      await test.step('the administrator invites a colleague by link', async () => {
        await page.goto('/settings/staff');
        await page.getByRole('button', { name: t('identity:invite.button'), exact: true }).click();
        const form = page.getByRole('dialog');
        await fieldOf(form, t('identity:signIn.email')).fill('nada@nile.example');
        const name = locale === 'ar-EG' ? 'identity:profile.nameAr' : 'identity:profile.nameEn';
        await fieldOf(form, t(name)).fill(words.colleague);
        // The field lies below the roles that are chosen.
        await fieldOf(form, t('identity:staff.roles')).click({ force: true });
        await page.getByRole('option', { name: t('identity:role.receptionist') }).click();
        await fieldOf(form, t(name)).press('Enter');
        link = await fieldOf(form, t('identity:invite.link')).inputValue();
        expect(link).toContain(`${server.url}/invite/`);
        await form.getByRole('button', { name: t('identity:invite.done'), exact: true }).click();
        await expect(page.getByRole('table', { name: t('identity:invite.open') })).toContainText(
          words.colleague,
        );
      });

      const colleague = await visitor(browser, locale, server);
      await test.step('who sets a password of her own and is in, with her role and no more', async () => {
        await colleague.goto(link);
        await expect(
          colleague.getByText(t('identity:invite.welcome', { clinic: words.clinic })),
        ).toBeVisible();
        await fieldOf(colleague, t('identity:signIn.password')).fill(PASSWORD.colleague);
        await colleague.getByRole('button', { name: t('identity:invite.accept'), exact: true }).click();
        const menu = colleague.getByRole('navigation', { name: t('common:nav.label') });
        await expect(menu.getByRole('link', { name: t('common:nav.patients') })).toBeVisible();
        await expect(menu.getByRole('link', { name: t('common:nav.audit') })).toHaveCount(0);
        const again = await visitor(browser, locale, server);
        await again.goto(link);
        await expect(again.getByText(t('identity:invite.invalidTitle'))).toBeVisible();
      });

      await test.step('she turns two-step sign-in on, and from then on a code is asked', async () => {
        await colleague.goto('/settings/profile');
        await colleague.getByRole('button', { name: t('identity:totp.start'), exact: true }).click();
        const dialog = colleague.getByRole('dialog');
        const secret = (await dialog.getByText(/^[A-Z2-7]{16,}$/).textContent()) ?? '';
        await fieldOf(dialog, t('identity:totp.code')).fill('000000');
        await dialog.getByRole('button', { name: t('identity:totp.confirm'), exact: true }).click();
        await expect(dialog.getByText(t('errors:identity.totp_wrong')).first()).toBeVisible();
        const used = totp(secret, 0);
        await fieldOf(dialog, t('identity:totp.code')).fill(used);
        await dialog.getByRole('button', { name: t('identity:totp.confirm'), exact: true }).click();
        await expect(dialog.getByText(t('identity:totp.recoveryTitle'))).toBeVisible();
        const recovery = (await dialog.getByRole('listitem').first().textContent()) ?? '';
        await look(colleague, locale, 'recovery codes', '[role="dialog"]');
        await dialog.getByRole('button', { name: t('identity:totp.kept'), exact: true }).click();

        await signOut(colleague, t);
        await enterPassword(colleague, t);
        await expect(colleague.getByRole('heading', { name: t('identity:signIn.totpTitle') })).toBeVisible();
        await look(colleague, locale, 'second step');
        // A code is good once: the one of the enrolment is used up, so the app's next one is taken.
        await enterCode(colleague, t, 'identity:signIn.totp', used);
        await expect(colleague.getByText(t('errors:identity.totp_wrong'))).toBeVisible();
        await enterCode(colleague, t, 'identity:signIn.totp', totp(secret, 1));
        await expect(colleague.getByRole('navigation', { name: t('common:nav.label') })).toBeVisible();

        await signOut(colleague, t);
        await enterPassword(colleague, t);
        await colleague.getByRole('button', { name: t('identity:signIn.useRecovery') }).click();
        await enterCode(colleague, t, 'identity:signIn.recovery', recovery);
        await expect(colleague.getByRole('navigation', { name: t('common:nav.label') })).toBeVisible();
      });
    } finally {
      await server.end();
      removeFolder(data);
    }
  });
}

async function signOut(page: Page, t: Words) {
  await page.getByRole('button', { name: t('common:top.account', { name: '' }) }).click();
  await page.getByRole('menuitem', { name: t('common:account.signOut') }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

async function enterPassword(page: Page, t: Words) {
  await fieldOf(page, t('identity:signIn.email')).fill('nada@nile.example');
  await fieldOf(page, t('identity:signIn.password')).fill(PASSWORD.colleague);
  await page.getByRole('button', { name: t('identity:signIn.submit'), exact: true }).click();
}

async function enterCode(page: Page, t: Words, field: string, code: string) {
  await fieldOf(page, t(field)).fill(code);
  await page.getByRole('button', { name: t('identity:signIn.submit'), exact: true }).click();
}
