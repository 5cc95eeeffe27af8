import { defineConfig } from '@playwright/test';

const baseURL = process.env.DENTPRO_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  testDir: './e2e',
  timeout: 480_000,
  expect: { timeout: 15_000 },
  // A shared build machine may stall once; a second failure is a failure, and a retry shows in the report.
  retries: process.env.CI ? 1 : 0,
  workers: 1,
  reporter: [['list'], ['./e2e/failures-reporter.ts']],
  use: {
    baseURL,
    actionTimeout: 20_000,
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
