import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Checkout } from '../support/checkout';

const NAME = '.terraform.lock.hcl';
const STACKS = ['data-api', 'dynamodb-manager', 'items-api', 'order-api'];

describe('the lock file of providers', () => {
  const checkout = new Checkout();
  const beside = (stack: string): string => path.join(checkout.root, 'cdktf.out', 'stacks', stack, NAME);
  afterAll(() => {
    checkout.remove();
  });

  it('is nowhere where the project has none', async () => {
    expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });
    expect(STACKS.filter((stack) => existsSync(beside(stack)))).toEqual([]);
  });

  it('is laid beside every stack by synth where the project has one', async () => {
    checkout.write(NAME, '# of the project\n');
    expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });
    for (const stack of STACKS) expect(readFileSync(beside(stack), 'utf8')).toBe('# of the project\n');
  });
});
