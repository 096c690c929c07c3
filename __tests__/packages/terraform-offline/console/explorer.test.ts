import { Readable } from 'node:stream';
import { createExplorer } from '../../../../packages/terraform-offline/console/explorer';
import { stack } from './model';

const signToken = (claims: object) => Promise.resolve(JSON.stringify(claims));
const tableBrowser = { url: () => Promise.resolve('http://127.0.0.1:8001'), close: () => undefined };
const accessReport = {
  roles: [
    {
      role: 'arn:aws:iam::000000000000:role/notes-role',
      functions: ['CreateNote'],
      used: [
        {
          action: 'dynamodb:PutItem',
          resource: 'arn:aws:dynamodb:::table/n',
          times: 7,
          grantedBy: ['p Statement[0]'],
        },
      ],
      unused: [{ statement: 'p Statement[1]', actions: ['dynamodb:Scan'], resources: ['*'] }],
      undecided: [{ statement: 'p Statement[2]', actions: ['sqs:SendMessage'], resources: ['*'] }],
      denied: [
        {
          action: 'dynamodb:GetItem',
          resource: 'arn:aws:dynamodb:::table/n',
          times: 1,
          reason: 'because <so>',
        },
      ],
      smallestPolicy: { Version: '2012-10-17', Statement: [] },
    },
  ],
} as const;
const mappingStates = () => [];
const explorer = createExplorer({
  tableBrowser,
  signToken,
  accessReport: () => accessReport,
  mappingStates,
});
const pages = explorer.pages({ stacks: [stack()] });

afterAll(() => {
  explorer.close();
});

function request(rawPath: string, { method = 'GET', to = pages } = {}) {
  return to({
    method,
    rawPath,
    prefix: '',
    rawQuery: '',
    rawHeaders: ['Host', 'localhost:3000'],
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  });
}

async function read(path: string, to = pages) {
  const response = await request(path, { to });
  if (!response) throw new Error(`nothing answers at ${path}`);
  const body = response.body instanceof Readable ? '' : response.body.toString();
  return { status: response.status, body, headers: new Map(response.headers) };
}

describe('the page', () => {
  test('shows a system that the project does not know', async () => {
    const { status, headers, body } = await read('/');
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(body).toMatch(/<h2 id="notes-heading">notes<\/h2>/);
    for (const text of [
      'CreateNote',
      'dynamodb:PutItem',
      'table/notes',
      'http://127.0.0.1:3000/notes/prod',
    ]) {
      expect(body).toContain(text);
    }
  });

  test('refers to nothing that is not there', async () => {
    const { body } = await read('/');
    const references = [...body.matchAll(/(?:href|src|data-openapi)="(\/[^"]*)"/g)].map(
      ([, path = '']) => path,
    );
    expect(references.length).toBeGreaterThan(8);
    for (const path of references)
      expect([path, (await read(path)).status]).toEqual([path, path.endsWith('tables') ? 303 : 200]);
    const scripts = references.filter((path) => path.endsWith('.js'));
    for (const script of scripts) {
      const imports = [...(await read(script)).body.matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => name);
      for (const name of imports) expect((await read(`/_explorer/${name}`)).status).toBe(200);
    }
  });

  test('has an address for each route, and says where everything is declared', async () => {
    const { body } = await read('/');
    expect(body).toMatch(/<li id="notes\/prod:post-notes">\s*<a\s+href="#notes\/prod:post-notes"/);
    const declared = explorer.pages({
      stacks: [
        {
          ...stack(),
          declarations: [
            { kind: 'Function', name: 'CreateNote', address: 'main.tf: aws_lambda_function.create' },
            { kind: 'Table', name: 'notes', address: 'main.tf: aws_dynamodb_table.notes' },
          ],
          unserved: [
            { address: 'main.tf: aws_dynamodb_table.notes', reason: 'why', effect: 'the table answers 501' },
          ],
        },
      ],
    });
    const { body: page } = await read('/', declared);
    expect(page).toContain('<code>main.tf: aws_lambda_function.create</code>');
    expect(page.match(/<strong class="deny">501<\/strong>/g)).toHaveLength(1);
  });

  test('lets the browser load and connect to nothing but this server', async () => {
    const policy = (await read('/')).headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect((await read('/')).body).not.toMatch(/ style=| on[a-z]+=|<script>|https:\/\//);
  });

  test('says where a custom domain answers', async () => {
    const domains = [{ name: 'api.example.com', mappings: [] }];
    const to = explorer.pages({ stacks: [stack({ domains })] });
    expect((await request('/', { to }))?.body).toMatch(/>\/notes\/api\.example\.com\/</);
  });

  test('works without any stack', async () => {
    const empty = explorer.pages({ stacks: [] });
    expect((await request('/', { to: empty }))?.status).toBe(200);
  });
});

describe('other requests', () => {
  test.each([
    '/notes',
    '/favicon.ico',
    '/_explorer',
    '/_explorer/',
    '/_explorer/page.ts',
    '/_explorer/toString',
    '/_explorer/../package.json',
    '/_explorer/openapi/none.json',
  ])('%s is not there', (path) => {
    expect(request(path)).toBeUndefined();
  });

  test.each(['/', '/_explorer/tables', '/_explorer/openapi/notes/prod.json'])(
    '%s cannot be written to',
    async (path) => {
      expect(await request(path, { method: 'POST' })).toMatchObject({ status: 405 });
    },
  );

  test('the table browser that does not start is told', async () => {
    const url = () => Promise.reject(new Error('no port left'));
    const broken = createExplorer({
      tableBrowser: { url, close: () => undefined },
      signToken,
      accessReport: () => ({ roles: [] }),
      mappingStates,
    });
    const response = await request('/_explorer/tables', { to: broken.pages({ stacks: [] }) });
    expect(response).toMatchObject({ status: 500, body: 'Error: no port left\n' });
  });
});

describe('the page of rights in use', () => {
  test('shows what was used, never used, denied and not decided', async () => {
    const { status, headers, body } = await read('/_explorer/iam');
    expect([status, headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const text of [
      'notes-role',
      'CreateNote',
      'Granted and used',
      'dynamodb:PutItem',
      'Granted and never used',
      'dynamodb:Scan',
      'Needed and denied',
      'because &#60;so&#62;',
      'not served here',
      'sqs:SendMessage',
      'smallest policy',
    ]) {
      expect(body).toContain(text);
    }
  });

  test('is JSON too', async () => {
    const { headers, body } = await read('/_explorer/iam.json');
    expect(headers.get('Content-Type')).toBe('application/json');
    expect(JSON.parse(body)).toEqual(accessReport);
  });
});
