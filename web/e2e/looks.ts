import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, type Response } from '@playwright/test';
import type { Locale } from './words';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1920, height: 1080 };

/** Everything on the page has come: no skeleton, no spinner, the fonts are there. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      (document.querySelector('main') ?? document.querySelector('h1, h2')) !== null &&
      !document.querySelector('.mantine-Skeleton-root, [data-loading="true"], .mantine-Loader-root') &&
      document.fonts.status === 'loaded',
    null,
    { timeout: 20_000 },
  );
}

/** No frames to look into and no list of what is well: that is most of the time axe takes. */
async function serious(page: Page, within: string | null): Promise<string[]> {
  let axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (within) axe = axe.include(within);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`));
}

/** What stands out of the window sideways, by its class. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.scrollingElement;
    const out: string[] = [];
    if (root && root.scrollWidth > window.innerWidth) {
      const wide = [...document.querySelectorAll('body *')].filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -1 || right > window.innerWidth + 1;
      });
      out.push(
        `page ${root.scrollWidth} px wide: ${wide.slice(0, 4).map((one) => `${one.tagName}.${one.className}`)}`,
      );
    }
    for (const panel of document.querySelectorAll('[role=dialog], [role=menu]')) {
      const { left, right, width } = panel.getBoundingClientRect();
      if (width > 0 && (left < -1 || right > window.innerWidth + 1))
        out.push(`panel from ${left} to ${right}`);
      if (panel.scrollWidth > panel.clientWidth + 1) out.push(`panel holds ${panel.scrollWidth} px`);
    }
    return out;
  });
}

/** Colours know no language: what is looked at in Arabic is dark, in English light. */
export const schemeOf = (locale: Locale) => (locale === 'ar-EG' ? 'dark' : 'light');

/**
 * Looks at what the page shows now: language and direction, no serious violation of axe, nothing that overflows at a
 * phone's and at a large desk's width. `within` is what has been opened, when that is all that is new.
 */
export async function look(page: Page, locale: Locale, name: string, within: string | null = null) {
  await settled(page);
  const lang = locale.slice(0, 2);
  const html = page.locator('html');
  await expect.soft(html, name).toHaveAttribute('lang', lang);
  await expect.soft(html, name).toHaveAttribute('dir', lang === 'ar' ? 'rtl' : 'ltr');
  const scheme = schemeOf(locale);
  await expect.soft(html, name).toHaveAttribute('data-mantine-color-scheme', scheme);
  expect.soft(await serious(page, within), `${name}, ${scheme}`).toEqual([]);
  for (const size of [PHONE, WIDE, DESK]) {
    await page.setViewportSize(size);
    // What floats is put in its place again a moment after the window has changed.
    const steady = expect.configure({ soft: true, timeout: 5_000 });
    await steady.poll(() => overflowing(page), { message: `${name}, ${size.width} px` }).toEqual([]);
  }
}

/** Collects what a page complains of. `allowed` says which answers are meant to fail. */
export function complaints(page: Page, allowed: (url: string, status: number) => boolean = () => false) {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // The browser's own line on a failed request, which is judged by its answer below.
    const { url } = message.location();
    if (message.text().startsWith('Failed to load resource') && url.includes('/api/v1/')) return;
    heard.push(`console: ${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // Leaving a page ends what it still asked for, the live events above all.
    if (why !== 'net::ERR_ABORTED') heard.push(`request: ${request.url()} ${why}`);
  });
  page.on('response', (response: Response) => {
    if (response.status() >= 400 && !allowed(response.url(), response.status())) {
      heard.push(`answer: ${response.status()} ${response.url()}`);
    }
  });
  return {
    /** What was heard since it was last asked. */
    take: () => heard.splice(0),
  };
}
