import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resourcesOf, synthesized, type Configuration } from '../support/synth';

/** Every stack of release 0.1, as it was synthesized. */
const RELEASE = path.resolve('__tests__/terraform/fixtures/last-release');

const addresses = ({ resource = {} }: Configuration): string[] =>
  Object.keys(resource).flatMap((type) =>
    Object.keys(resourcesOf({ resource }, type)).map((name) => `${type}.${name}`),
  );

describe.each(['data-api', 'items-api', 'dynamodb-manager', 'order-api'])('whoever deployed %s', (stack) => {
  const before = JSON.parse(
    readFileSync(path.join(RELEASE, `${stack}.cdk.tf.json`), 'utf8'),
  ) as Configuration;
  const now = synthesized(stack);
  const moved = (now.moved ?? []) as unknown as { from: string; to: string }[];
  const removed = (now.removed ?? []) as unknown as { from: string }[];

  it('has every address of the last release still, moved, or let go of', () => {
    const known = [...addresses(now), ...[...moved, ...removed].map(({ from }) => from)];
    expect(known).toEqual(expect.arrayContaining(addresses(before)));
  });

  it('has moved what there was to what there is', () => {
    expect(addresses(before)).toEqual(expect.arrayContaining(moved.map(({ from }) => from)));
    expect(addresses(now)).toEqual(expect.arrayContaining(moved.map(({ to }) => to)));
  });
});
