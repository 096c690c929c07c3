import type { Locator, Page } from 'playwright-core';
import { loadModel } from '../../packages/terraform-offline/terraform/load';
import { outputFolder } from '../../tools/project-root';
import { useChromium } from '../support/chromium';
import { contrast } from '../support/contrast';
import { startLocalServer, stopLocalServers, type LocalServer } from '../support/local-server';

let SYSTEMS: readonly string[];
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

describe('the page at / in a browser', () => {
  const chromium = useChromium();
  let server: LocalServer;
  let url: string;
  let page: Page;
  let complaints: string[];
  let foreign: string[];

  beforeAll(async () => {
    SYSTEMS = (await loadModel(outputFolder())).stacks.map(({ id }) => id);
    server = await startLocalServer();
    url = new URL('/', server.urlOf('data-api')).href;
    ({ page, complaints, foreign } = await chromium.visit(url));
  });
  afterAll(stopLocalServers);

  /** Comes to the page as somebody who has not been there before. */
  async function visit(
    viewport: { width: number; height: number },
    { address = url, colorScheme = 'light' }: { address?: string; colorScheme?: 'light' | 'dark' } = {},
  ): Promise<void> {
    await page.evaluate('sessionStorage.clear(); localStorage.clear()');
    await page.goto('about:blank');
    await page.unrouteAll();
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    complaints.length = 0;
    foreign.length = 0;
    await page.goto(address);
  }

  test('shows every system with its diagram, outputs and permissions', async () => {
    await visit(DESKTOP);
    expect(await page.locator('h2').allTextContents()).toEqual(SYSTEMS);
    for (const id of SYSTEMS) {
      const system = page.locator(`section#${id}`);
      expect(await system.locator('svg.diagram .box-table').count()).toBe(1);
      expect(await system.locator('svg.diagram .grant').count()).toBeGreaterThan(0);
      expect(await system.locator('svg.diagram .broken').count()).toBe(0);
      expect(await system.locator('.outputs code').allTextContents()).toContain(server.urlOf(id));
      await system.getByText('Permissions').click();
      const permissions = system.getByRole('region', { name: 'Permissions' });
      expect(await permissions.textContent()).toContain('dynamodb:');
    }
    expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
  });

  test('tries a route, fills in what it created, and logs both requests', async () => {
    await visit(DESKTOP);
    const system = page.locator('section#data-api');
    await system.locator('details.try summary').click();

    expect(await execute(system.locator('.opblock-post'))).toMatchObject({ data: 'Your data payload here' });
    const { id } = (await execute(system.locator('.opblock-get'))) as { id: string };
    expect(await system.locator('.opblock-get input[placeholder=id]').inputValue()).toBe(id);

    await page.locator('#log-toggle').click();
    const row = page.locator('#log-entries tr', { hasText: `GET /data-api/prod/data/${id}` });
    expect(await row.locator('td').nth(1).textContent()).toBe('200');
    expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
  });

  test('opens the form of the route that its address names, and of one that is chosen', async () => {
    await visit(DESKTOP, { address: `${url}#data-api/prod:get-data-id` });
    const system = page.locator('section#data-api');
    await system.locator('.opblock-get.is-open').waitFor();
    expect(await system.locator('.opblock.is-open').count()).toBe(1);

    await system.getByRole('link', { name: 'POST /data' }).click();
    await system.locator('.opblock-post.is-open').waitFor();
    expect(complaints).toEqual([]);
  });

  test.each([
    ['dynamodb-manager', 'ping', 'pong'],
    ['order-api', 'create', { ResponseMetadata: { HTTPStatusCode: 200 } }],
  ])('sends an example of the seeds to %s: %s', async (id, example, expected) => {
    await visit(DESKTOP);
    const system = page.locator(`section#${id}`);
    await system.locator('details.try summary').click();
    const post = system.locator('.opblock-post');
    await post.locator('button.opblock-summary-control').click();
    await post.locator('.examples-select-element').first().selectOption(example);
    const answer = await answerOf(post);
    if (typeof expected === 'string') expect(answer).toBe(expected);
    else expect(answer).toMatchObject(expected);
    expect(complaints).toEqual([]);
  });

  test('fits a phone, with a route open', async () => {
    await visit(PHONE);
    expect(await overflow(page)).toBe(0);
    const system = page.locator('section#data-api');
    await system.locator('details.try summary').click();
    await execute(system.locator('.opblock-post'));
    await system.getByText('Permissions').click();
    await page.locator('#log-toggle').click();
    expect(await overflow(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('is legible in the %s scheme', async (colorScheme) => {
    await visit(DESKTOP, { colorScheme });
    await page.locator('section#data-api details.try summary').click();
    await page.locator('section#data-api .opblock-post button.opblock-summary-control').click();
    for (const selector of ['.lead', 'h2', '.outputs code', '.tags li', '.opblock-post .parameter__name']) {
      await page.locator(selector).first().waitFor();
      const legible = (await contrast(page, selector)) >= 4.5;
      expect([selector, legible]).toEqual([selector, true]);
    }
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(14, 19, 27)' : 'rgb(243, 245, 249)');
  });

  test('is worked with the keyboard alone', async () => {
    await visit(DESKTOP);
    const reached = await tab(page, SYSTEMS.length + 5);
    expect(reached.slice(0, SYSTEMS.length + 4)).toEqual([
      'Skip to the systems',
      ...SYSTEMS,
      'Requests',
      'Rights in use',
      'Browse tables',
    ]);
    await page.locator('section#data-api details.try summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('.opblock-post').waitFor();
    expect(await tab(page, 1)).toEqual([expect.stringContaining('POST')]);
  });

  test.each([
    ['a desktop', DESKTOP],
    ['a phone', PHONE],
  ])('tells whoever has scrolled that the stacks have changed, on %s', async (_, screen) => {
    await visit(screen);
    await page.route('**/_explorer/log', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body: 'event: changed\ndata:\n\n' }),
    );
    await page.reload();
    const notice = page.locator('#changed');
    await notice.waitFor();

    await page.locator('section#order-api').scrollIntoViewIfNeeded();
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');

    expect((await notice.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    expect(await overflow(page)).toBe(0);
  });

  test('tells whoever looks again that the stacks have changed meanwhile', async () => {
    await visit(DESKTOP);
    const states = ['before', 'before', 'after'];
    await page.route('**/_explorer/log', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `retry: 200\nevent: state\ndata: ${states.shift() ?? 'after'}\n\n`,
      }),
    );
    await page.reload();

    await page.locator('#changed').waitFor();

    expect(states).toEqual([]);
  });

  test('shows in one line what kept a change from being served', async () => {
    await visit(DESKTOP);
    const entries = [{ at: 0, type: 'notice', level: 'error', message: '✘ [ERROR] no such file' }];
    await page.route('**/_explorer/log', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `data: ${JSON.stringify({ entries, dropped: 0 })}\n\n`,
      }),
    );
    await page.reload();

    await page.locator('#log-latest', { hasText: '✘ [ERROR] no such file' }).waitFor();
    expect(await contrast(page, '#log-latest')).toBeGreaterThanOrEqual(4.5);
  });

  test('opens the table browser', async () => {
    await visit(DESKTOP);
    const [tables] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Browse tables' }).click(),
    ]);
    await tables.getByText('MyDataTable').first().waitFor();
    expect(new URL(tables.url()).hostname).toBe('127.0.0.1');
    await tables.close();
  });
});

/** Opens a route, sends its first example and gives back the answer's body. */
async function execute(route: Locator): Promise<unknown> {
  await route.locator('button.opblock-summary-control').click();
  return answerOf(route);
}

async function answerOf(route: Locator): Promise<unknown> {
  await route.locator('button.execute').click();
  const body = route.locator('.live-responses-table .highlight-code pre').first();
  return JSON.parse((await body.textContent()) ?? '') as unknown;
}

/** How far the page can be scrolled sideways, in pixels. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth');
}

const OUTLINE = 'getComputedStyle(document.activeElement).outlineStyle';

/** The texts that Tab reaches, each of them marked as focused for the eye. */
async function tab(page: Page, times: number): Promise<string[]> {
  const texts: string[] = [];
  for (let i = 0; i < times; i++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus-visible');
    expect(await page.evaluate(OUTLINE)).not.toBe('none');
    texts.push(((await focused.textContent()) ?? '').trim());
  }
  return texts;
}
