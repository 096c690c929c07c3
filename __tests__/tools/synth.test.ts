import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { build } from 'esbuild';
import { synthesize } from '../../tools/build/synthesize';
import { departedStacks } from '../../tools/terraform/departed-stacks';
import { Checkout } from '../support/checkout';

const STACK = 'stacks/data-api.ts';

const checkout = new Checkout();
const program = () => checkout.run('tools/synth.ts');
/** What the program does with functions that are built. */
const synth = () => synthesize(checkout.project, build);

/** What the app that is not synthesized says. */
const refusal = (): Promise<string> =>
  synth().then(
    () => 'it was synthesized',
    (error: unknown) => stripVTControlCharacters((error as Error).message),
  );

/** How it went without any other program to be found. */
let first: Awaited<ReturnType<typeof program>>;

beforeAll(async () => {
  const { PATH } = process.env;
  process.env.PATH = '';
  first = await program();
  process.env.PATH = PATH;
});
afterEach(() => {
  checkout.restore();
});
afterAll(() => {
  checkout.remove();
});

test('neither terraform nor anything else is looked for on the PATH', () => {
  expect(first).toMatchObject({ code: 0, stdout: '' });
  expect(checkout.files('cdktf.out')).toHaveProperty(['stacks/data-api/cdk.tf.json']);
});

/** One line for each system, in the environment that all start with. */
const PUBLIC = ['data-api', 'dynamodb-manager', 'items-api', 'order-api']
  .map(
    (system) =>
      `${system}/api: whoever knows the URL can call it; set authorization in stacks/environment.ts to close it\n`,
  )
  .join('');

test('routes that are public are warned of', () => {
  expect(first.stderr).toBe(PUBLIC);
});

test('an app that throws is told with the line of the source, and what was synthesized before stays', async () => {
  const good = checkout.files('cdktf.out');
  checkout.write(
    STACK,
    "export class DataApi {\n  constructor() {\n    throw new Error('not today');\n  }\n}\n",
  );

  const said = await refusal();

  expect(said).toContain('Error: not today');
  expect(said).toContain(`${STACK}:3:`);
  expect(checkout.files('cdktf.out')).toEqual(good);
});

test('a package is found however it is imported', async () => {
  const stack = readFileSync(STACK, 'utf8');
  const construct = 'new SnsTopic(this, "topic", { name: "news" });';
  checkout.write(
    STACK,
    `import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";\n${stack.replace(/(super\(.*\);\n)/, `$1    ${construct}\n`)}`,
  );

  await synth();

  expect(checkout.files('cdktf.out')['stacks/data-api/cdk.tf.json']).toContain('"aws_sns_topic"');
});

const state = (...resources: object[]) => JSON.stringify({ version: 4, resources });
const NOTES =
  'main.ts has no stack notes-api any more, but terraform.notes-api.tfstate holds 2 resources of it, which stay on ' +
  'AWS and cost: put the stack back, run "npx cdktf destroy notes-api", and remove it then';

test('a stack that left the app while its state has resources is named, with how to destroy it', () => {
  checkout.write(
    'terraform.notes-api.tfstate',
    state({ mode: 'managed' }, { mode: 'managed' }, { mode: 'data' }),
  );
  checkout.write('terraform.empty-api.tfstate', state());
  checkout.write('terraform.data-api.tfstate', state({ mode: 'managed' }));
  checkout.write('terraform.data-api-staging.tfstate', state({ mode: 'managed' }));

  expect(departedStacks(checkout.project)).toEqual([NOTES]);
});

test('what an app that succeeds has to say is shown, however much it is, and then who left it', async () => {
  checkout.write('main.ts', `${readFileSync('main.ts', 'utf8')}\nconsole.error('x'.repeat(300_000));\n`);
  checkout.write('terraform.notes-api.tfstate', state({ mode: 'managed' }, { mode: 'managed' }));

  expect(await program()).toEqual({
    code: 0,
    stdout: '',
    stderr: `${'x'.repeat(300_000)}\n${PUBLIC}${NOTES}\n`,
  });
});

test('an environment that is not there is told with those that are', async () => {
  process.env.ENVIRONMENT = 'nowhere';
  const { code, stderr } = await program();
  delete process.env.ENVIRONMENT;

  expect(code).toBe(1);
  expect(stderr).toContain(
    'unknown environment "nowhere": set ENVIRONMENT to one of default, staging, production',
  );
});
