import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './clinic';

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
