import path from 'node:path';
import { terraform } from '../../../tools/terraform/terraform';
import { Checkout } from '../../support/checkout';
import { adapt } from '../support/adapt';

describe('one checkout', () => {
  const checkout = new Checkout();
  const printed = new Set<string>();
  const folder = path.join(checkout.root, 'cdktf.out', 'stacks', 'data-api');
  afterAll(() => checkout.remove());

  async function initialise(environment: string, bucket?: string): Promise<string> {
    process.env.ENVIRONMENT = environment;
    delete process.env.STATE_BUCKET;
    if (bucket) process.env.STATE_BUCKET = bucket;
    expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });
    adapt(folder, printed);
    return terraform(['init', '-input=false'], folder);
  }

  it.each(['default', 'staging', 'default'])('can be initialised for each environment in turn: %s', (name) =>
    expect(initialise(name)).resolves.toContain('Successfully configured the backend "local"'),
  );

  it('does not lose the state of an environment that moves to S3 unnoticed', () =>
    expect(initialise('default', 'terraform-state')).rejects.toThrow('-migrate-state'));
});
