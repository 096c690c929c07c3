import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A browser for the tests of a file. */
export interface Chromium {
  /** Opens a page in a context of its own, for the tests of a `describe`. */
  readonly visit: (url: string, options?: BrowserContextOptions) => Promise<Visit>;
}

/** Starts a browser before the tests of a file, and ends it after them. */
export function useChromium(): Chromium {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  return {
    async visit(url, options) {
      if (!browser) throw new Error('Chromium was not started');
      return visit(await browser.newContext(options), url);
    },
  };
}

/**
 * Starts a headless browser with a profile of its own, which asks for nothing by itself: that of `CHROMIUM_PATH`, or one
 * where they usually are.
 * @throws when there is none
 */
async function launchChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? USUAL_PATHS.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error('Chromium is missing: install it, or let CHROMIUM_PATH name it');
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

export interface Visit {
  readonly page: Page;
  /** What the page complained about in the console. */
  readonly complaints: string[];
  /** URLs requested that are not of the page's own origin. */
  readonly foreign: string[];
}

/** Opens a page, and keeps what goes wrong there. */
async function visit(context: BrowserContext, url: string): Promise<Visit> {
  const page = await context.newPage();
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol !== 'data:' && asked.origin !== new URL(url).origin) foreign.push(request.url());
  });
  await page.goto(url);
  return { page, complaints, foreign };
}
