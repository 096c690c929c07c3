import { readFileSync } from 'node:fs';
import { Checkout } from '../support/checkout';

const STACK = 'stacks/data-api.ts';

const checkout = new Checkout();
const synth = () => checkout.run('tools/synth.ts');

afterEach(() => {
  checkout.restore();
});
afterAll(() => {
  checkout.remove();
});

test('neither terraform nor anything else is looked for on the PATH', async () => {
  const { PATH } = process.env;
  process.env.PATH = '';

  const answer = await synth();

  process.env.PATH = PATH;
  expect(answer).toMatchObject({ code: 0, stderr: '' });
});

test('an app that throws is told with the line of the source, and what was synthesized before stays', async () => {
  expect(await synth()).toMatchObject({ code: 0, stderr: '' });
  const good = checkout.files('cdktf.out');
  checkout.write(
    STACK,
    "export class DataApi {\n  constructor() {\n    throw new Error('not today');\n  }\n}\n",
  );

  const { code, stderr } = await synth();

  expect(code).toBe(1);
  expect(stderr).toContain('Error: not today');
  expect(stderr).toContain(`${STACK}:3:`);
  expect(checkout.files('cdktf.out')).toEqual(good);
});

test('what an app that succeeds has to say is shown, however much it is', async () => {
  checkout.write('main.ts', `${readFileSync('main.ts', 'utf8')}\nconsole.error('x'.repeat(300_000));\n`);

  const { code, stderr } = await synth();

  expect(code).toBe(0);
  expect(stderr).toMatch(/^x{300000}\n$/);
});

test('a package is found however it is imported', async () => {
  const stack = readFileSync(STACK, 'utf8');
  const construct = 'new SnsTopic(this, "topic", { name: "news" });';
  checkout.write(
    STACK,
    `import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";\n${stack.replace(/(super\(.*\);\n)/, `$1    ${construct}\n`)}`,
  );

  expect(await synth()).toMatchObject({ code: 0, stderr: '' });

  expect(checkout.files('cdktf.out')['stacks/data-api/cdk.tf.json']).toContain('"aws_sns_topic"');
});

test('a stack that left the app while its state has resources is named, with how to destroy it', async () => {
  const state = (...resources: object[]) => JSON.stringify({ version: 4, resources });
  checkout.write(
    'terraform.notes-api.tfstate',
    state({ mode: 'managed' }, { mode: 'managed' }, { mode: 'data' }),
  );
  checkout.write('terraform.empty-api.tfstate', state());
  checkout.write('terraform.data-api.tfstate', state({ mode: 'managed' }));
  checkout.write('terraform.data-api-staging.tfstate', state({ mode: 'managed' }));

  const { code, stderr } = await synth();

  expect(code).toBe(0);
  expect(stderr).toBe(
    'main.ts has no stack notes-api any more, but terraform.notes-api.tfstate holds 2 resources of it, which stay on ' +
      'AWS and cost: put the stack back, run "npx cdktf destroy notes-api", and remove it then\n',
  );
});

test('an environment that is not there is told with those that are', async () => {
  process.env.ENVIRONMENT = 'nowhere';
  try {
    const { code, stderr } = await synth();

    expect(code).toBe(1);
    expect(stderr).toContain(
      'unknown environment "nowhere": set ENVIRONMENT to one of default, staging, production',
    );
  } finally {
    delete process.env.ENVIRONMENT;
  }
});
