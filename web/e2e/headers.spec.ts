import { expect } from '@playwright/test';
import { test } from './clinic';

const ANSWERS = [
  '/',
  '/patients/7',
  '/favicon.svg',
  '/no-such-file.js',
  '/api/v1/session/info',
  '/api/v1/patients',
  '/api/v1/no-such-thing',
  '/api/openapi.json',
  '/healthz',
];

test('every kind of answer tells browsers to run nothing of others and to frame nothing of ours', async ({
  request,
}) => {
  const page = await (await request.get('/')).text();
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
  for (const path of [...ANSWERS, script]) {
    const headers = (await request.get(path)).headers();
    const policy = headers['content-security-policy'] ?? '';
    expect.soft(policy, path).toContain("frame-ancestors 'none'");
    expect.soft(policy, path).toMatch(/default-src '(self|none)'/);
    expect.soft(policy, path).not.toContain('unsafe');
    expect.soft(headers['x-content-type-options'], path).toBe('nosniff');
    expect.soft(headers['x-frame-options'], path).toBe('DENY');
    expect.soft(headers['referrer-policy'], path).toBe('same-origin');
  }
  // The API's own description writes its styles into the page; scripts it may not.
  const docs = (await request.get('/api/docs')).headers()['content-security-policy'] ?? '';
  expect(docs).toContain("script-src 'self';");
  expect(docs).toContain("frame-ancestors 'none'");
});

test('the browser runs no script and takes no style that came into the page', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('button').first()).toBeVisible();
  const ran = await page.evaluate(async () => {
    document.body.insertAdjacentHTML('beforeend', '<img src="/nothing.png" onerror="window.ran = true">');
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    const style = document.createElement('style');
    style.textContent = 'body { outline: 7px solid red !important; }';
    document.body.append(script, style);
    const image = document.querySelector('img[src="/nothing.png"]');
    await new Promise((resolve) => image?.addEventListener('error', resolve));
    return [Reflect.get(window, 'ran') === true, getComputedStyle(document.body).outlineWidth === '7px'];
  });
  expect(ran).toEqual([false, false]);
});
