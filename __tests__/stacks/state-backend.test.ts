import { environment } from '../../stacks/environment';
import { synthesize } from '../support/synth';

const empty = (): void => undefined;

it('keeps the state in a file outside cdktf.out, by a relative path', () => {
  expect(synthesize(empty).terraform?.backend).toEqual({
    local: { path: '../../../terraform.test.tfstate' },
  });
});

it('keeps the state of every environment in a file of its own', () => {
  expect(synthesize(empty, environment('staging')).terraform?.backend).toEqual({
    local: { path: '../../../terraform.test-staging.tfstate' },
  });
});

it('keeps the state in a bucket by setting, encrypted, with a lock file', () => {
  expect(synthesize(empty, environment('staging', 'my-state')).terraform?.backend).toEqual({
    s3: {
      bucket: 'my-state',
      key: 'staging/test.tfstate',
      region: 'us-east-1',
      encrypt: true,
      use_lockfile: true,
    },
  });
});

it.each(['My-State', 'a', 's3://my-state', 'my_state'])(
  'refuses %s, which is no name of a bucket',
  (name) => {
    expect(() => environment('default', name)).toThrow('environment setting stateBucket');
  },
);
