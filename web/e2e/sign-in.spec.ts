import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { fieldOf, openAs, test } from './clinic';
import { LOCALES, wordsOf } from './words';

const BY_LANGUAGE = {
  'en-GB': { email: 'E-mail', password: 'Password', submit: 'Sign in', dir: 'ltr', menu: 'Main menu' },
  'ar-EG': {
    email: 'البريد الإلكتروني',
    password: 'كلمة المرور',
    submit: 'دخول',
    dir: 'rtl',
    menu: 'القائمة الرئيسية',
  },
} as const;

for (const [locale, words] of Object.entries(BY_LANGUAGE)) {
  test.describe(locale, () => {
    test.use({ locale });

    test('the first visit follows the browser, and signing in returns to where one wanted to go', async ({
      page,
    }) => {
      await page.goto('/patients');
      await expect(page).toHaveURL(/\/sign-in\?next=/);
      await expect(page.locator('html')).toHaveAttribute('dir', words.dir);
      const serious = (await new AxeBuilder({ page }).analyze()).violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(serious).toEqual([]);

      await page.getByLabel(words.email).fill('reception@dentpro.demo');
      await page.getByLabel(words.password, { exact: false }).first().fill('dentpro-demo-2026');
      await page.getByRole('button', { name: words.submit, exact: true }).click();
      await expect(page).toHaveURL(/\/patients/);
    });
  });
}

test('the language changes at once, without a reload, and what was typed stays', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('someone@example.org');
  await page.getByText('العربية').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByLabel('البريد الإلكتروني')).toHaveValue('someone@example.org');
});

for (const locale of LOCALES) {
  const t = wordsOf(locale);
  test(`${locale}: a page outside one's role says so, and offers nothing that would be refused`, async ({
    browser,
  }) => {
    const page = await openAs(browser, locale, 'reception');
    for (const path of ['/audit', '/settings/reminders', '/settings/roles', '/visits/1']) {
      await page.goto(path);
      const content = page.getByRole('main');
      await expect(content.getByText(t('common:state.forbiddenTitle'))).toBeVisible();
      await expect(content.getByRole('button')).toHaveCount(0);
    }
    await page.goto('/settings/profile');
    await expect(page.getByText(t('common:state.forbiddenTitle'))).toHaveCount(0);
    await expect(page.getByRole('main').getByRole('button').first()).toBeVisible();
  });
}

for (const locale of LOCALES) {
  const t = wordsOf(locale);
  test(`${locale}: when a session ends, the page says so, and a half-filled form is there afterwards`, async ({
    browser,
  }) => {
    const page = await openAs(browser, locale, 'reception');
    await page.goto('/?new=true');
    const reason = fieldOf(page.getByRole('dialog'), t('scheduling:form.reason'));
    await reason.fill('Broken filling 16');
    expect((await page.request.delete('/api/v1/session')).ok()).toBe(true);
    await fieldOf(page.getByRole('dialog'), t('scheduling:form.patient')).fill('ab');
    await expect(page.getByText(t('identity:signIn.ended'))).toBeVisible();

    await fieldOf(page, t('identity:signIn.email')).fill('reception@dentpro.demo');
    await fieldOf(page, t('identity:signIn.password')).fill('dentpro-demo-2026');
    await page.getByRole('button', { name: t('identity:signIn.submit'), exact: true }).click();
    await expect(reason).toHaveValue('Broken filling 16');
    await page.getByRole('button', { name: t('scheduling:form.cancel'), exact: true }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);

    // Who signs out by himself is told nothing, and leaves nothing behind.
    await page.getByRole('banner').getByRole('button').last().click();
    await page.getByRole('menuitem', { name: t('common:account.signOut') }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await expect(page.getByText(t('identity:signIn.ended'))).toHaveCount(0);
  });
}
