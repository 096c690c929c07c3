import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { type Cloud, serve } from '../../packages/terraform-offline/cloud';
import { OPERATOR } from '../../packages/terraform-offline/iam/credentials';
import { outputFolder } from '../../tools/project-root';
import { useChromium } from '../support/chromium';
import { contrast } from '../support/contrast';
import { type ServedProject, serveProject } from '../support/served-project';

const run = promisify(execFile);
const DESKTOP = {
  viewport: { width: 1280, height: 900 },
  permissions: ['clipboard-read', 'clipboard-write'],
};
const PHONE = { width: 360, height: 740 };
const SECRET = 'Bearer swordfish';

const chromium = useChromium();

describe('the page of requests', () => {
  let cloud: Cloud | undefined;
  let page: Page;
  let complaints: string[];
  let foreign: string[];
  let url: string;
  let store: string;

  const post = (data: unknown, headers: Record<string, string> = {}) =>
    fetch(store, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ data }),
    });
  const rows = () => page.locator('#requests li:not([hidden])');
  const detail = () => page.locator('#detail');
  /** As for somebody who has not been there before. */
  const opened = async (address: string) => {
    await page.evaluate('sessionStorage.clear()');
    await page.goto('about:blank');
    await page.goto(address);
  };
  const title = () => page.locator('#detail h2');
  /** What a button of the detail copies, once it says so. */
  const copied = async (name: string) => {
    const said = detail().getByRole('button', { name: 'Copied' });
    await said.waitFor({ state: 'detached' });
    await detail().getByRole('button', { name }).click();
    await said.waitFor();
    return page.evaluate<string>('navigator.clipboard.readText()');
  };

  beforeAll(async () => {
    cloud = await serve({ folder: outputFolder() });
    url = `${cloud.url}/_explorer/requests`;
    store = `${cloud.url}/data-api/prod/data`;
    ({ page, complaints, foreign } = await chromium.visit(url, DESKTOP));
  });
  afterAll(() => cloud?.close());

  test('shows requests as they end, the newest first, and all that is known of one', async () => {
    await post('swordfish', { Authorization: SECRET });
    await rows().first().waitFor();
    await fetch(`${store}/none`);
    await rows().nth(1).waitFor();
    expect(await rows().locator('.what').allTextContents()).toEqual([
      'GET /data-api/prod/data/none',
      'POST /data-api/prod/data',
    ]);
    expect(await rows().locator('.status').allTextContents()).toEqual(['404', '201']);

    await rows().nth(1).click();
    await title().waitFor();
    expect(await title().textContent()).toBe('POST /data-api/prod/data');
    expect(await detail().getByText('Answer: 201').count()).toBe(1);
    const invocation = detail().getByRole('region', { name: 'Invocation of StoreDataFunction:live' });
    expect(await invocation.getByRole('region', { name: 'Calls of DynamoDB' }).textContent()).toMatch(
      /PutItemMyDataTable.*ms200/,
    );
    await invocation.getByText(/^IAM: \d+ decisions$/).click();
    const decided = invocation.locator('tr', { hasText: 'dynamodb:PutItem' });
    expect(await decided.textContent()).toMatch(/^allowed.*table\/MyDataTable.*Statement\[\d\]/);
    await invocation.getByText('Event', { exact: true }).click();
    const event = invocation.locator('.json').first();
    expect(await event.textContent()).toContain('httpMethod: "POST"');
  });

  test('holds no credential, neither in the page nor in what it loads', async () => {
    expect(await page.content()).not.toContain('swordfish');
    const list = await (await fetch(`${url}.json`)).text();
    const one = await (await fetch(`${url}/1.json`)).text();
    expect(list + one).not.toContain('swordfish');
    expect(one).toContain('"(hidden)"');
    const stored = await page.evaluate('JSON.stringify(sessionStorage) + JSON.stringify(localStorage)');
    expect(stored).not.toContain('swordfish');
  });

  test('folds objects of the event', async () => {
    const members = detail().locator('.json details', { hasText: 'requestContext: ' }).last();
    expect(await members.getAttribute('open')).not.toBeNull();
    await members.locator('summary').first().click();
    expect(await members.getAttribute('open')).toBeNull();
  });

  test('is as it was after a reload', async () => {
    await page.getByLabel('Filter', { exact: true }).fill('none');
    await page.reload();
    await rows().first().waitFor();
    await title().waitFor();
    expect(await rows().count()).toBe(1);
    expect(await title().textContent()).toBe('POST /data-api/prod/data');
    expect(await page.locator('#count').textContent()).toBe('1 of 2 requests');
  });

  test('filters by text and by status', async () => {
    const filter = page.getByLabel('Filter', { exact: true });
    const status = page.getByLabel('Status');
    for (const [text, chosen, count] of [
      ['StoreData', '', 1],
      ['404', '', 1],
      ['/data-api get', '', 1],
      ['', '4', 1],
      ['', '2', 1],
      ['', 'failed', 0],
      ['', '', 2],
    ] as const) {
      await filter.fill(text);
      await status.selectOption(chosen);
      expect([text, chosen, await rows().count()]).toEqual([text, chosen, count]);
    }
  });

  test('pauses, says how many wait, and goes on', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await fetch(`${store}/paused`);
    const resume = page.getByRole('button', { name: 'Resume (1 waiting)' });
    await resume.waitFor();
    expect(await rows().count()).toBe(2);
    await resume.click();
    expect(await rows().first().textContent()).toContain('/data/paused');
    expect(await rows().count()).toBe(3);
  });

  test('sends a request again, edited, and shows what came of it', async () => {
    await rows().last().click();
    await page.locator('h2', { hasText: 'POST' }).waitFor();
    await detail().getByRole('button', { name: 'Send again…' }).click();
    const form = detail().getByRole('form', { name: 'Send again' });
    expect(await form.getByLabel('Method').inputValue()).toBe('POST');
    expect(await form.getByLabel('Path').inputValue()).toBe('/data-api/prod/data');
    expect(await form.getByLabel('Headers').inputValue()).not.toMatch(/authorization/i);
    expect(await form.textContent()).toContain('Hidden, and not sent: Authorization.');
    expect(await form.textContent()).toContain('Write the credential in the place of (hidden) in the body.');

    await form.getByLabel('Body').fill('{"data": "edited"}');
    await form.getByRole('button', { name: 'Send' }).click();
    await detail().getByText('"edited"').first().waitFor();
    expect(await rows().count()).toBe(4);
    expect(await page.locator('#requests a[aria-current]').textContent()).toContain(
      'POST /data-api/prod/data',
    );
  });

  test('copies a request as curl, which does it again', async () => {
    const { stdout } = await run('/bin/sh', ['-c', `${await copied('Copy as curl')} --silent`]);
    expect(JSON.parse(stdout)).toMatchObject({ data: 'edited' });
  });

  test('copies the event and a command, with which the AWS CLI invokes the function', async () => {
    await detail().getByText('Event', { exact: true }).click();
    const event = await copied('Copy event');
    expect(JSON.parse(event)).toMatchObject({ httpMethod: 'POST', body: '{"data": "edited"}' });
    const command = await copied('Copy command of the AWS CLI');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      detail().getByRole('link', { name: 'Save event.json' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('event.json');

    const folder = mkdtempSync(path.join(os.tmpdir(), 'event-'));
    writeFileSync(path.join(folder, 'event.json'), event);
    // Version 1 of the CLI has no such option, and takes JSON as it is.
    const isSecond = (await run('aws', ['--version'])).stdout.startsWith('aws-cli/2');
    const known = isSecond ? command : command.replace('--cli-binary-format raw-in-base64-out ', '');
    const { stdout } = await run('/bin/sh', ['-c', `${known} | cat`], { cwd: folder });
    rmSync(folder, { recursive: true });
    expect(stdout).toContain('"StatusCode": 200');
    expect(stdout).toContain('\\"data\\":\\"edited\\"');
    await rows().filter({ hasText: '/2015-03-31/functions/' }).waitFor();
  });

  test('is worked with the keyboard alone', async () => {
    await page.goto(url);
    await rows().first().waitFor();
    const reached: string[] = [];
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none');
      reached.push(
        await page.evaluate<string>('document.activeElement.id || document.activeElement.textContent.trim()'),
      );
    }
    expect(reached.slice(0, 7)).toEqual([
      'Skip to the requests',
      'Local cloud',
      'Rights in use',
      'filter-text',
      'filter-status',
      'pause',
      'clear',
    ]);
    // One row is reached by Tab, the others by the arrows.
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.locator('h2', { hasText: 'GET /data-api/prod/data/none' }).waitFor();
    await page.waitForFunction('document.activeElement.tagName === "H2"');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Send again…');
    await page.keyboard.press('Escape');
    await page.waitForFunction('document.activeElement.classList.contains("row")');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('/data/none');
  });

  test('is cleared, also for later, while the server keeps what others look at', async () => {
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await rows().count()).toBe(0);
    expect(await page.locator('#count').textContent()).toContain('No requests yet');
    await page.reload();
    await page.locator('#count', { hasText: 'No requests yet' }).waitFor();
    const { requests } = (await (await fetch(`${url}.json`)).json()) as {
      requests: object[];
    };
    expect(requests.length).toBeGreaterThan(4);
    await fetch(`${store}/after`);
    await rows().first().waitFor();
    expect(await rows().count()).toBe(1);
  });

  test('complains of nothing, and asks nobody else', () => {
    // The browser itself tells of what was answered 404.
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    expect(foreign).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('is legible in the %s scheme', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await opened(`${url}#1`);
    await page.getByRole('button', { name: 'Send again…' }).click();
    await page.evaluate('document.querySelectorAll("#detail details").forEach((one) => (one.open = true))');
    for (const selector of [
      '.row .what',
      '.row .functions',
      '.status.good',
      '.status.warn',
      '.count',
      '#detail h2',
      '.facts dt',
      '.headers dt',
      '.headers dd',
      '.json .name',
      '.json .string',
      '.json .number',
      '.invocation small',
      '#detail .table td',
      '.again label span',
      '.warning',
      '.primary',
    ]) {
      expect([selector, (await contrast(page, selector)) >= 4.5]).toEqual([selector, true]);
    }
  });

  test('fits a phone, with everything open', async () => {
    await page.setViewportSize(PHONE);
    await opened(url);
    const overflow = () => page.evaluate('document.documentElement.scrollWidth - innerWidth');
    await page.locator('#requests a').first().waitFor();
    expect(await overflow()).toBe(0);
    await page.locator('#requests a').last().click();
    await page.getByRole('button', { name: 'Send again…' }).click();
    await page.evaluate('document.querySelectorAll("#detail details").forEach((one) => (one.open = true))');
    expect(await overflow()).toBe(0);
    expect(await page.locator('#requests').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'All requests' }).click();
    await page.locator('#requests').waitFor();
    expect(await page.locator('#detail').isVisible()).toBe(false);
  });
});

describe('the page of another project', () => {
  let project: ServedProject | undefined;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    ({ page, complaints } = await chromium.visit('about:blank', DESKTOP));
  });
  afterEach(() => project?.close());

  test('sends a key of the local cloud in the place of one that is hidden', async () => {
    project = await serveProject('rest-cognito-usage-plan');
    const [stack] = project.model().stacks;
    const [api] = stack!.apis;
    const plans = api?.kind === 'rest' ? (api.usagePlans ?? []) : [];
    const key = plans.flatMap(({ keys }) => keys).find(({ enabled }) => enabled)!.value;
    const url = `${project.url}/rest-cognito-usage-plan/${api!.stageName}/reports`;
    expect((await fetch(url, { headers: { 'x-api-key': key } })).status).toBe(200);

    await page.goto(`${project.url}/_explorer/requests#1`);
    await page.getByRole('button', { name: 'Send again…' }).click();
    expect(await page.content()).not.toContain(key);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('#requests li').nth(1).waitFor();
    expect(await page.locator('#requests .status').allTextContents()).toEqual(['200', '200']);
  });

  test('batches of a stream appear, with the state of the stream', async () => {
    project = await serveProject('order-stream');
    await page.goto(`${project.url}/_explorer/requests`);
    const mapping = page.getByRole('region', { name: 'Event source mappings' });
    await mapping.getByText('No records processed').waitFor();
    const client = new DynamoDBClient({
      endpoint: project.databaseEndpoint,
      region: 'eu-west-1',
      credentials: OPERATOR,
    });
    const put = (id: string, rest = {}) =>
      client.send(
        new PutItemCommand({ TableName: 'orders', Item: { id: { S: id }, state: { S: 'paid' }, ...rest } }),
      );
    await put('a', { address: { S: 'somewhere' } });
    const row = page.locator('#requests li', { hasText: 'aws_lambda_event_source_mapping.orders' });
    await row.filter({ hasText: 'done' }).waitFor();
    await mapping.getByText('OK').waitFor();
    await put('bad');
    client.destroy();
    const failed = row.filter({ hasText: 'failed' });
    await failed.first().waitFor();
    await mapping.getByText('Error: no address').waitFor();

    await failed.first().click();
    const invocation = page.getByRole('region', { name: 'Invocation of ship' });
    const stack = invocation.locator('pre', { hasText: 'Invoke Error' });
    expect(await stack.textContent()).toMatch(/Error: no address\n\s+at handler \(/);
    expect(await invocation.getByRole('button', { name: 'Invoke again…' }).count()).toBe(1);
    await page.getByLabel('Status').selectOption('failed');
    expect(await page.locator('#requests li:not([hidden]) .status').allTextContents()).not.toContain('done');
  });

  test('a schedule is fired by its button, and its event appears', async () => {
    project = await serveProject('reports');
    complaints.length = 0;
    await page.goto(project.url);
    const fire = page.getByRole('button', { name: 'Fire nightly-report' });
    await fire.focus();
    await page.keyboard.press('Enter');
    await page.locator('button.fire', { hasText: 'Fired' }).waitFor();
    await page.locator('#log-toggle').click();
    await page.locator('#log-entries a', { hasText: 'schedule' }).click();

    await page.locator('#detail h2', { hasText: 'aws_cloudwatch_event_rule.nightly' }).waitFor();
    const invocation = page.getByRole('region', { name: 'Invocation of report' });
    expect(await invocation.locator('pre.line').count()).toBeGreaterThan(0);
    expect(await page.locator('.facts').textContent()).toContain('Sourceschedule');
    expect(complaints).toEqual([]);
  });
});
